import { chinaDay, readChinaTime } from '../../../shared/text/china-time.ts'

export const statisticPresets = ['week', 'month', 'last-month', 'year'] as const
export type StatisticPreset = (typeof statisticPresets)[number]
export type StatisticDays = { readonly from: string; readonly to: string }

const day = 86_400_000

/** First and last day, 'YYYY-MM-DD' in China, both included; what runs ends today. A week begins on Monday. */
export function statisticDays(preset: StatisticPreset, now: number): StatisticDays {
  const today = chinaDay(now)
  switch (preset) {
    case 'week': {
      const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
      return { from: chinaDay(now - sinceMonday * day), to: today }
    }
    case 'month':
      return { from: `${today.slice(0, 8)}01`, to: today }
    case 'last-month': {
      const first = Date.parse(`${today.slice(0, 8)}01T00:00:00Z`)
      const to = new Date(first - day).toISOString().slice(0, 10)
      return { from: `${to.slice(0, 8)}01`, to }
    }
    case 'year':
      return { from: `${today.slice(0, 5)}01-01`, to: today }
  }
}

/** The days of an address; this month where it names none that are days in their order. */
export function readDays(search: URLSearchParams, now: number): StatisticDays {
  const [from, to] = [search.get('from') ?? '', search.get('to') ?? '']
  const areDays = [from, to].every((one) => one.length === 10 && readChinaTime(one) !== undefined)
  return areDays && from <= to ? { from, to } : statisticDays('month', now)
}

/** Of the exams whose report says either, how many say positive: percent with one digit; undefined where none says. */
export function positiveRate({ positive, negative }: { positive: number; negative: number }): string | undefined {
  const said = positive + negative
  return said === 0 ? undefined : ((positive / said) * 100).toFixed(1)
}

type Counted = { readonly exams: number }

/** What the table of days lists: the newest first, and only days that had exams; `empty`: how many days it leaves out. */
export function listedDays<Day extends Counted>(
  days: readonly Day[],
): { readonly rows: readonly Day[]; readonly empty: number } {
  const rows = days.filter(({ exams }) => exams > 0).toReversed()
  return { rows, empty: days.length - rows.length }
}
