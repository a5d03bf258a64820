import { Alert, Button, Modal } from 'antd'
import { useState } from 'react'
import type { ReportDraft, ReportVersion } from '../../../shared/models/report.ts'
import { momentWords } from '../../clinic/moment.tsx'
import { useText } from '../../text/use-text.tsx'
import { DraftChanges } from './draft-changes.tsx'
import { usePersonName } from './use-person-name.ts'

type Props = {
  readonly theirs: ReportVersion
  readonly mine: ReportDraft
  readonly labels: { readonly findings: string; readonly impression: string }
  readonly onMine: () => void
  readonly onTheirs: () => void
}

/** Somebody saved while this text was being written: both are there, and a person chooses. */
export function NewerReport({ theirs, mine, labels, onMine, onTheirs }: Props) {
  const { common, report } = useText()
  const [open, setOpen] = useState(false)
  const title = report.newerTitle(usePersonName()(theirs.writtenBy), momentWords(theirs.writtenAt, Date.now()))
  return (
    <>
      <Alert
        type="error"
        showIcon
        data-newer-report={theirs.writtenAt}
        title={title}
        description={report.newerHint}
        action={
          <span className="row-actions">
            <Button size="small" onClick={() => setOpen(true)}>
              {report.recoverShow}
            </Button>
            <Button size="small" onClick={onTheirs}>
              {report.useTheirs}
            </Button>
            <Button size="small" type="primary" onClick={onMine}>
              {report.useMine}
            </Button>
          </span>
        }
      />
      <Modal
        open={open}
        title={title}
        width={720}
        footer={<Button onClick={() => setOpen(false)}>{common.close}</Button>}
        onCancel={() => setOpen(false)}
      >
        <DraftChanges before={theirs} after={mine} labels={labels} />
      </Modal>
    </>
  )
}
