import { Alert, App, Button } from 'antd'
import type { ExamPage } from '../../../shared/api/views.ts'
import { momentWords } from '../../clinic/moment.tsx'
import { useText } from '../../text/use-text.tsx'
import { AuditChanges } from './audit-changes.tsx'
import { NewerReport } from './newer-report.tsx'
import { Recovery } from './recovery.tsx'
import type { ReportWriting } from './use-report-writing.tsx'

type Props = {
  readonly page: ExamPage
  readonly writing: ReportWriting
  readonly mayWrite: boolean
  readonly labels: { readonly findings: string; readonly impression: string }
}

/** What a person must know before writing: who writes, what came back, what was kept. */
export function ReportNotices({ page, writing, mayWrite, labels }: Props) {
  const { common, report: text } = useText()
  const { modal } = App.useApp()
  const { newest, lock, recovery, foreign } = writing
  const { holder } = lock
  const { kept } = recovery
  const takeOver = () =>
    holder &&
    modal.confirm({
      title: text.takeOverTitle(holder.displayName),
      content: text.takeOverHint,
      okText: text.takeOver,
      cancelText: common.cancel,
      onOk: writing.takeOver,
    })
  return (
    <>
      {newest?.state === 'returned' && newest.returnReason ? (
        <Alert type="error" showIcon title={text.returnedBecause(newest.returnReason)} />
      ) : null}
      {newest?.amendReason && newest.state !== 'released' ? (
        <Alert type="info" showIcon title={text.amendedBecause(newest.amendReason)} />
      ) : null}
      <AuditChanges page={page} labels={labels} />
      {holder ? (
        <Alert
          type="warning"
          showIcon
          data-lock-holder={holder.username}
          title={text.writesNow(holder.displayName, momentWords(holder.since, Date.now()))}
          description={text.writesNowHint}
          action={
            <Button size="small" onClick={takeOver}>
              {text.takeOver}
            </Button>
          }
        />
      ) : null}
      {kept ? (
        <Recovery
          kept={kept}
          shown={writing.station()}
          isOlder={(newest?.writtenAt ?? 0) > kept.keptAt || (newest?.version ?? 1) > (kept.typedInto?.version ?? 1)}
          canWrite={holder === undefined}
          labels={labels}
          onRecover={writing.recover}
          onDiscard={writing.discard}
        />
      ) : null}
      {foreign ? (
        <NewerReport
          theirs={foreign}
          mine={writing.read()}
          labels={labels}
          onMine={writing.useMine}
          onTheirs={writing.useTheirs}
        />
      ) : null}
      {page.imageCount === 0 && mayWrite ? <Alert type="info" showIcon title={text.noImages} /> : null}
    </>
  )
}
