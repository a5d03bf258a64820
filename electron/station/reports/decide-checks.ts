import type { ReportCheck, ReportStep } from '../../../shared/models/report.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { isForRelease } from '../../../shared/reports/check-report.ts'

export type Checked = {
  readonly checks: readonly ReportCheck[]
  /** Keys of the warnings that the person confirmed; undefined: whoever asks does not know of warnings. */
  readonly acknowledged: readonly string[] | undefined
  /** Reasons by the key of what stops and may be gone on with. */
  readonly overrides?: Readonly<Record<string, string>> | undefined
}

export type Judged = {
  /** What the audit log keeps. */
  readonly details: Readonly<Record<string, unknown>>
  /** What stopped, and why it was gone on with: kept with the report. */
  readonly overridden: readonly { readonly key: string; readonly words: string; readonly reason: string }[]
}

/** Of what was found in a report, what these steps must look at: its text on the way to approval, the notice of a critical finding at release. */
export function checksOf(steps: readonly ReportStep[], checks: readonly ReportCheck[]): readonly ReportCheck[] {
  const ofText = steps.includes('submit') || steps.includes('approve')
  const ofRelease = steps.includes('release')
  return checks.filter((check) => (isForRelease(check) ? ofRelease : ofText))
}

/**
 * What stops, stops, unless it may be gone on with and a reason is given. A warning must be confirmed by who knows of warnings; a program
 * that names none goes on, and that nobody confirmed is noted with the step.
 */
export function judgeChecks({ checks, acknowledged, overrides = {} }: Checked): Outcome<Judged> {
  const reasonOf = ({ key, mayOverride }: ReportCheck) =>
    mayOverride && Object.hasOwn(overrides, key) ? overrides[key] : undefined
  const stops = checks.filter((check) => check.level === 'stop' && !reasonOf(check))
  if (stops.length > 0) return refuse('REPORT-CHECK-STOP', stops)
  const warnings = checks.filter(({ level }) => level === 'warn')
  const open = warnings.filter(({ key }) => !acknowledged?.includes(key))
  if (acknowledged !== undefined && open.length > 0) return refuse('REPORT-CHECK-CONFIRM', open)
  const confirmed = warnings.filter((check) => !open.includes(check))
  const overridden = checks.flatMap((check) => {
    const reason = check.level === 'stop' ? reasonOf(check) : undefined
    return reason ? [{ key: check.key, words: check.words, reason }] : []
  })
  const details = {
    ...(confirmed.length > 0 && { acknowledged: confirmed.map(({ words }) => words) }),
    ...(open.length > 0 && { notConfirmed: open.map(({ words }) => words) }),
    ...(overridden.length > 0 && { overridden: overridden.map(({ words, reason }) => ({ words, reason })) }),
  }
  return ok({ details, overridden })
}

function refuse(code: 'REPORT-CHECK-STOP' | 'REPORT-CHECK-CONFIRM', checks: readonly ReportCheck[]) {
  const detail = checks.map(({ words }) => words).join('；')
  const detailInEnglish = checks.map(({ english }) => english).join('; ')
  const words = { detail: detail.slice(0, 300), detailInEnglish: detailInEnglish.slice(0, 600) }
  return fail(code, words, Object.fromEntries(checks.map((check) => [check.key, check.words])))
}
