import { Alert, Button } from 'antd'
import { z } from 'zod'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { momentWords } from '../../clinic/moment.tsx'
import { useStored } from '../../components/use-stored.ts'
import { useText } from '../../text/use-text.tsx'
import { auditBase, same } from './comparables.ts'
import { DraftChanges } from './draft-changes.tsx'

type Props = {
  readonly page: ExamPage
  readonly labels: { readonly findings: string; readonly impression: string }
}

/** What a report that waits for its audit says otherwise than when it was sent back, or than the version that it amends. */
export function AuditChanges({ page, labels }: Props) {
  const { report: text } = useText()
  const [open, setOpen] = useStored('report-audit-changes', z.boolean(), true)
  const newest = page.reports[0]
  const mayHave = newest?.state === 'awaiting-audit' || newest?.state === 'approved'
  const steps = useStationQuery(routes.reportHistory, { params: { id: page.exam.id }, enabled: mayHave }).data
  const base = steps && auditBase(page.reports, steps)
  if (!newest || !base) return null
  const isSame = same(base.draft, newest)
  const title =
    base.kind === 'amended'
      ? text.changedSinceVersion(base.version)
      : text.changedSinceReturn(base.byName, momentWords(base.at, Date.now()), base.reason)
  return (
    <Alert
      type={isSame ? 'warning' : 'info'}
      showIcon
      data-audit-changes={base.kind}
      title={title}
      description={
        isSame ? (
          text.nothingChanged
        ) : open ? (
          <div className="audit-changes">
            <DraftChanges before={base.draft} after={newest} labels={labels} onlyChanged />
          </div>
        ) : undefined
      }
      action={
        isSame ? undefined : (
          <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? text.hideChanges : text.recoverShow}
          </Button>
        )
      }
    />
  )
}
