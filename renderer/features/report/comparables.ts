import type { ReportDraft, ReportHistoryStep, ReportVersion } from '../../../shared/models/report.ts'

/** A text that the report had: a version as it is, or as it was when it was submitted. */
export type Comparable = {
  readonly key: string
  readonly version: number
  /** Absent: the version as it is now. */
  readonly submittedAt?: number
  readonly draft: ReportDraft
}

const same = (a: Pick<ReportDraft, 'findings' | 'impression' | 'advice'>, b: typeof a) =>
  a.findings === b.findings && a.impression === b.impression && (a.advice ?? '') === (b.advice ?? '')

/** Newest first. What was submitted is left out where the version still says the same: nobody compares a text with itself. */
export function comparables(
  reports: readonly ReportVersion[],
  steps: readonly ReportHistoryStep[],
): readonly Comparable[] {
  return [...reports]
    .sort((a, b) => b.version - a.version)
    .flatMap((version): Comparable[] => {
      const submitted = steps.flatMap(({ step, version: of, text, at }): Comparable[] =>
        step === 'submit' && of === version.version && text && !same(text, version)
          ? [
              {
                key: `submitted ${version.version} ${at}`,
                version: version.version,
                submittedAt: at,
                draft: { ...version, ...text },
              },
            ]
          : [],
      )
      return [{ key: `version ${version.version}`, version: version.version, draft: version }, ...submitted]
    })
}
