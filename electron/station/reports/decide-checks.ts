import type { ReportCheck, ReportStep } from '../../../shared/models/report.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { isForRelease } from '../../../shared/reports/check-report.ts'

export type Checked = {
  readonly checks: readonly ReportCheck[]
  /** Keys of the warnings that the person confirmed; undefined: whoever asks does not know of warnings. */
  readonly acknowledged: readonly string[] | undefined
}

/** Of what was found in a report, what these steps must look at: its text on the way to approval, the notice of a critical finding at release. */
export function checksOf(steps: readonly ReportStep[], checks: readonly ReportCheck[]): readonly ReportCheck[] {
  const ofText = steps.includes('submit') || steps.includes('approve')
  const ofRelease = steps.includes('release')
  return checks.filter((check) => (isForRelease(check) ? ofRelease : ofText))
}

/**
 * What stops, stops. A warning must be confirmed by who knows of warnings; a program that names none goes on, and that nobody confirmed is
 * noted with the step. The value is what the audit log keeps.
 */
export function judgeChecks({ checks, acknowledged }: Checked): Outcome<Record<string, readonly string[]>> {
  const stops = checks.filter(({ level }) => level === 'stop')
  if (stops.length > 0) return refuse('REPORT-CHECK-STOP', stops)
  const open = checks.filter(({ key }) => !acknowledged?.includes(key))
  if (acknowledged !== undefined && open.length > 0) return refuse('REPORT-CHECK-CONFIRM', open)
  const confirmed = checks.filter((check) => !open.includes(check))
  return ok({
    ...(confirmed.length > 0 && { acknowledged: confirmed.map(({ words }) => words) }),
    ...(open.length > 0 && { notConfirmed: open.map(({ words }) => words) }),
  })
}

function refuse(code: 'REPORT-CHECK-STOP' | 'REPORT-CHECK-CONFIRM', checks: readonly ReportCheck[]) {
  const detail = checks.map(({ words }) => words).join('；')
  return fail(code, { detail: detail.slice(0, 300) }, Object.fromEntries(checks.map(({ key, words }) => [key, words])))
}
