import { isCalendarDay } from '../../../shared/text/dicom-values.ts'

export type TypedAge = { readonly years: number; readonly months: number; readonly days: number }
export type AgeUnit = 'Y' | 'M' | 'D'

const number = '(\\d{1,3})'
const withUnits = new RegExp(
  `^(?:${number}(?:岁|周岁|y))?(?:${number}(?:个月|月龄|月|m))?(?:${number}(?:天|日|d))?$`,
  'i',
)

/** Nobody was ever older. */
const mostYears = 150

/** What staff type as an age: '34' in the unit chosen, '34岁', '2岁3个月', '11月', '5天', '5d'; undefined while it is none. */
export function readAge(text: string, unit: AgeUnit): TypedAge | undefined {
  const typed = text.normalize('NFKC').replace(/\s/g, '').replace(/又|零/g, '')
  if (/^\d{1,3}$/.test(typed)) {
    const value = Number(typed)
    if (unit === 'Y' && value > mostYears) return undefined
    return { years: unit === 'Y' ? value : 0, months: unit === 'M' ? value : 0, days: unit === 'D' ? value : 0 }
  }
  if (typed === '') return undefined
  const parts = withUnits.exec(typed)
  if (!parts) return undefined
  const [years, months, days] = [1, 2, 3].map((index) => Number(parts[index] ?? 0)) as [number, number, number]
  return years <= mostYears ? { years, months, days } : undefined
}

/**
 * The birth date that somebody of this age has on `day`, both 'YYYY-MM-DD': the same day of the month so long ago, or the last day of
 * that month where it has none. The true date is unknown; shown again as an age it says the same.
 */
export function birthDateOfAge({ years, months, days }: TypedAge, day: string): string | undefined {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number)
  const monthsSinceZero = year * 12 + (month - 1) - years * 12 - months
  const [birthYear, birthMonth] = [Math.floor(monthsSinceZero / 12), monthsSinceZero % 12]
  const lastDay = new Date(Date.UTC(birthYear, birthMonth + 1, 0)).getUTCDate()
  const at = Date.UTC(birthYear, birthMonth, Math.min(dayOfMonth, lastDay)) - days * 86_400_000
  const written = new Date(at).toISOString().slice(0, 10)
  return isCalendarDay(written) && birthYear >= 1800 ? written : undefined
}
