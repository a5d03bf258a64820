import type { ReportCheck } from '../../../shared/models/report.ts'
import { isForRelease } from '../../../shared/reports/check-report.ts'
import type { ReportAction } from './report-actions.ts'

/** What the station will hold against a report at this step: its text on the way to the approval, the notice of a critical finding at the release. */
export function checksFor(action: ReportAction, checks: readonly ReportCheck[]): readonly ReportCheck[] {
  const ofText = action === 'submit' || action === 'approve' || action === 'publish'
  const ofRelease = action === 'release' || action === 'publish'
  return checks.filter((check) => (isForRelease(check) ? ofRelease : ofText))
}
