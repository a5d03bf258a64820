import type { CheckOverride, ReportCheck } from '../models/report.ts'

/**
 * Pure. What a doctor has gone on with for a reason stops no longer: it is a warning that tells who said what, and whoever takes the next
 * step confirms it like any other. Other words, or the same in another field, stop again.
 */
export function withOverrides(
  checks: readonly ReportCheck[],
  overrides: readonly CheckOverride[] | undefined,
): readonly ReportCheck[] {
  if (!overrides?.length) return checks
  return checks.map((check) => {
    const said = check.mayOverride && overrides.find(({ key }) => key === check.key)
    if (!said) return check
    const { mayOverride: _, ...rest } = check
    return {
      ...rest,
      level: 'warn' as const,
      words: `${check.words}（${said.name}已说明：${said.reason}）`,
      english: `${check.english} (${said.name} says: ${said.reason})`,
    }
  })
}
