import type { ReportCheck, ReportDraft } from '../models/report.ts'
import type { CheckFacts } from './check-facts.ts'
import { checkMeasures } from './check-measures.ts'
import { checkPerson } from './check-person.ts'
import { checkSides } from './check-sides.ts'
import { checkText } from './check-text.ts'
import { checkVerdict } from './check-verdict.ts'

const releaseKey = 'critical-untold'

/** Whether something matters only when the report is released: the notice of a critical finding may come until then. */
export const isForRelease = ({ key }: Pick<ReportCheck, 'key'>): boolean => key.startsWith(releaseKey)

/**
 * What a colleague would send a report back for. Pure: the desk calls it at each pause of typing, the station when the report is submitted,
 * approved or released. In the order of the fields and of the text; each thing once a place, with the same key wherever it stands in a field.
 */
export function checkReport(draft: ReportDraft, facts: CheckFacts): readonly ReportCheck[] {
  const texts = { findings: draft.findings, impression: draft.impression, advice: draft.advice ?? '' }
  const found = [
    ...checkText(texts, facts),
    ...checkPerson(texts, facts),
    ...checkSides(texts, facts),
    ...checkMeasures(texts),
    ...checkVerdict(draft, facts),
  ]
  const order = ['findings', 'impression', 'advice', 'positive', 'critical', 'infectious']
  return found.sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field) || a.from - b.from || a.to - b.to)
}
