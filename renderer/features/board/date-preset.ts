import { chinaDay, readChinaTime } from '../../../shared/text/china-time.ts'

export const datePresets = ['today', 'yesterday', 'week', 'last-week', 'month', 'year', 'everything'] as const
export type DatePreset = (typeof datePresets)[number]

/** A preset, or two days that a person chose: '20261101-20261122'. */
export type DayChoice = DatePreset | `${string}-${string}`

/** First and last day, both included, as 'YYYY-MM-DD' in the clinic's time. */
export type Days = { readonly from?: string; readonly to?: string }

const day = 24 * 60 * 60 * 1000
const compact = (date: string) => date.replaceAll('-', '')
const spread = (date: string) => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`

/** Days since Monday, of a day in China: 0 to 6. */
const sinceMonday = (at: number) => (new Date(`${chinaDay(at)}T00:00:00Z`).getUTCDay() + 6) % 7

function yearBefore(date: string): string {
  const before = `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`
  // The 29th of February has no day a year before.
  return readChinaTime(before) === undefined ? `${before.slice(0, 8)}28` : before
}

export function isDatePreset(text: string): text is DatePreset {
  return (datePresets as readonly string[]).includes(text)
}

/** Undefined for what is neither a preset nor two days in their order: addresses are typed and shared too. */
export function readDayChoice(text: string | null | undefined): DayChoice | undefined {
  if (!text) return undefined
  if (isDatePreset(text)) return text
  const found = /^(\d{8})-(\d{8})$/.exec(text)
  const [from, to] = [found?.[1] ?? '', found?.[2] ?? '']
  const isRange = [from, to].every((date) => readChinaTime(spread(date)) !== undefined) && from <= to
  return isRange ? `${from}-${to}` : undefined
}

/** From two days as 'YYYY-MM-DD'. */
export function rangeChoice(from: string, to: string): DayChoice {
  return `${compact(from)}-${compact(to)}`
}

/** The days of a choice at this moment. A week begins on Monday; a week or month that runs ends today. */
export function daysOf(choice: DayChoice, now: number): Days {
  const today = chinaDay(now)
  switch (choice) {
    case 'today':
      return { from: today, to: today }
    case 'yesterday':
      return { from: chinaDay(now - day), to: chinaDay(now - day) }
    case 'week':
      return { from: chinaDay(now - sinceMonday(now) * day), to: today }
    case 'last-week': {
      const monday = now - (sinceMonday(now) + 7) * day
      return { from: chinaDay(monday), to: chinaDay(monday + 6 * day) }
    }
    case 'month':
      return { from: `${today.slice(0, 8)}01`, to: today }
    case 'year':
      return { from: yearBefore(today), to: today }
    case 'everything':
      return {}
    default: {
      const [from = '', to = ''] = choice.split('-')
      return { from: spread(from), to: spread(to) }
    }
  }
}
