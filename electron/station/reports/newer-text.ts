import type { ReportDraft, ReportVersion } from '../../../shared/models/report.ts'

const fields = ['findings', 'impression', 'positive', 'critical', 'infectious'] as const

/**
 * Whether saving the draft would write over a text that its writer has not seen. `seen`: `writtenAt` of what was on the screen, 0 for nothing;
 * undefined: not said. The same text again is no harm: the answer to an earlier save may have been lost.
 */
export function isUnseen(
  report: ReportVersion | undefined,
  draft: ReportDraft,
  seen: number | undefined,
): report is ReportVersion {
  if (!report || seen === undefined || seen === report.writtenAt) return false
  const isSame =
    fields.every((field) => report[field] === draft[field]) && (report.advice ?? '') === (draft.advice ?? '')
  return !isSame
}
