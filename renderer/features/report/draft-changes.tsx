import type { ReportDraft } from '../../../shared/models/report.ts'
import { ChangedText } from '../../clinic/changed-text.tsx'
import { reportFields } from '../../clinic/report-pen.ts'
import { useText } from '../../text/use-text.tsx'

type Draft = Pick<ReportDraft, 'findings' | 'impression' | 'advice' | 'positive' | 'critical' | 'infectious'>
type Props = {
  readonly before: Draft
  readonly after: Draft
  readonly labels: { readonly findings: string; readonly impression: string }
  /** Where the whole text stands beside it: without the fields that stayed. */
  readonly onlyChanged?: boolean
}

/** How one text of a report differs from another, field by field. */
export function DraftChanges({ before, after, labels, onlyChanged = false }: Props) {
  const { common, report, words } = useText()
  const marksOf = ({ positive, critical, infectious }: Draft) =>
    [words.positive[positive], critical ? report.critical : '', infectious ? report.infectious : '']
      .filter(Boolean)
      .join(common.comma)
  const names = { ...labels, advice: report.advice }
  return (
    <div className="draft-changes">
      {reportFields
        .filter((field) => {
          const [was, is] = [before[field] ?? '', after[field] ?? '']
          return onlyChanged ? was !== is : field !== 'advice' || was !== '' || is !== ''
        })
        .map((field) => (
          <section key={field} data-changed-field={field}>
            <h4>{names[field]}</h4>
            <ChangedText before={before[field] ?? ''} after={after[field] ?? ''} />
          </section>
        ))}
      {marksOf(before) !== marksOf(after) ? (
        <section data-changed-field="marks">
          <h4>{report.marks}</h4>
          <ChangedText before={marksOf(before)} after={marksOf(after)} />
        </section>
      ) : null}
    </div>
  )
}
