import { Alert, App, Button, Modal } from 'antd'
import { useState } from 'react'
import type { ReportDraft } from '../../../shared/models/report.ts'
import type { UnsavedReport } from '../../../shared/models/writing.ts'
import { momentWords } from '../../clinic/moment.tsx'
import { useText } from '../../text/use-text.tsx'
import { DraftChanges } from './draft-changes.tsx'

type Props = {
  readonly kept: UnsavedReport
  readonly shown: ReportDraft
  /** The report was saved after this was typed. */
  readonly isOlder: boolean
  readonly canWrite: boolean
  readonly labels: { readonly findings: string; readonly impression: string }
  readonly onRecover: () => void
  readonly onDiscard: () => void
}

/** What was typed and not saved is offered, with its time and what differs. Nothing comes back silently, nothing goes silently. */
export function Recovery({ kept, shown, isOlder, canWrite, labels, onRecover, onDiscard }: Props) {
  const { common, report } = useText()
  const { modal } = App.useApp()
  const [open, setOpen] = useState(false)
  const at = momentWords(kept.keptAt, Date.now())
  const discard = () =>
    modal.confirm({
      title: report.discardTitle,
      okText: report.discard,
      okButtonProps: { danger: true },
      cancelText: common.cancel,
      onOk: onDiscard,
    })
  const recover = () => {
    setOpen(false)
    onRecover()
  }
  return (
    <>
      <Alert
        type="warning"
        showIcon
        data-recovery={kept.keptAt}
        title={report.recoverTitle(at)}
        description={isOlder ? report.recoverChanged : report.recoverHint}
        action={
          <span className="row-actions">
            <Button size="small" onClick={() => setOpen(true)}>
              {report.recoverShow}
            </Button>
            <Button size="small" type="primary" disabled={!canWrite} onClick={recover}>
              {report.recover}
            </Button>
            <Button size="small" onClick={discard}>
              {report.discard}
            </Button>
          </span>
        }
      />
      <Modal
        open={open}
        title={`${report.recoverCompare} · ${at}`}
        width={720}
        okText={report.recover}
        okButtonProps={{ disabled: !canWrite }}
        cancelText={common.close}
        onOk={recover}
        onCancel={() => setOpen(false)}
      >
        <DraftChanges before={shown} after={kept.draft} labels={labels} />
      </Modal>
    </>
  )
}
