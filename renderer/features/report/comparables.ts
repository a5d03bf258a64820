import type { ReportDraft, ReportHistoryStep, ReportVersion, SubmittedWords } from '../../../shared/models/report.ts'

/** A text that the report had: a version as it is, or as it was when it was submitted. */
export type Comparable = {
  readonly key: string
  readonly version: number
  /** Absent: the version as it is now. */
  readonly submittedAt?: number
  readonly draft: ReportDraft
}

/** In what a reader sees; who is named as doctor is no change of the report. */
export const same = (a: ReportDraft, b: ReportDraft) =>
  a.findings === b.findings &&
  a.impression === b.impression &&
  (a.advice ?? '') === (b.advice ?? '') &&
  a.positive === b.positive &&
  a.critical === b.critical &&
  a.infectious === b.infectious

/** The version as it was when these words were submitted. */
function asSubmitted(version: ReportVersion, text: SubmittedWords): ReportDraft {
  const { positive = version.positive, critical = version.critical, infectious = version.infectious } = text
  return { ...version, ...text, positive, critical, infectious }
}

/** Newest first. What was submitted is left out where the version still says the same: nobody compares a text with itself. */
export function comparables(
  reports: readonly ReportVersion[],
  steps: readonly ReportHistoryStep[],
): readonly Comparable[] {
  return [...reports]
    .sort((a, b) => b.version - a.version)
    .flatMap((version): Comparable[] => {
      const submitted = steps.flatMap(({ step, version: of, text, at }): Comparable[] => {
        if (step !== 'submit' || of !== version.version || !text) return []
        const draft = asSubmitted(version, text)
        if (same(draft, version)) return []
        return [{ key: `submitted ${of} ${at}`, version: of, submittedAt: at, draft }]
      })
      return [{ key: `version ${version.version}`, version: version.version, draft: version }, ...submitted]
    })
}

/** What an auditor holds a report against. */
export type AuditBase = { readonly draft: ReportDraft } & (
  | { readonly kind: 'returned'; readonly at: number; readonly byName: string; readonly reason: string }
  | { readonly kind: 'amended'; readonly version: number }
)

/**
 * For a report that waits for its audit or release: the text that was sent back last, else the released version that it amends;
 * undefined for one that comes for the first time. Both lists newest first.
 */
export function auditBase(
  reports: readonly ReportVersion[],
  steps: readonly ReportHistoryStep[],
): AuditBase | undefined {
  const newest = reports[0]
  if (newest?.state !== 'awaiting-audit' && newest?.state !== 'approved') return undefined
  const own = steps.filter(({ version }) => version === newest.version)
  const index = own.findIndex(({ step }) => step === 'return')
  const returned = own[index]
  const text = own.slice(index + 1).find(({ step }) => step === 'submit')?.text
  if (returned && text) {
    const { at, by, byName, reason = '' } = returned
    return { kind: 'returned', at, byName: byName || by, reason, draft: asSubmitted(newest, text) }
  }
  const amended = reports.find(({ version, state }) => version < newest.version && state === 'released')
  return amended && { kind: 'amended', version: amended.version, draft: amended }
}
