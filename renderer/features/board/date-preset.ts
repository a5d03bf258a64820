import { chinaDay } from '../../../shared/text/china-time.ts'

export const datePresets = ['today', 'yesterday', 'week', 'everything'] as const
export type DatePreset = (typeof datePresets)[number]

const day = 24 * 60 * 60 * 1000

/** First and last day of a preset, both included, as 'YYYY-MM-DD' in the clinic's time. */
export function daysOf(preset: DatePreset, now: number): { readonly from?: string; readonly to?: string } {
  switch (preset) {
    case 'today':
      return { from: chinaDay(now), to: chinaDay(now) }
    case 'yesterday':
      return { from: chinaDay(now - day), to: chinaDay(now - day) }
    case 'week':
      return { from: chinaDay(now - 6 * day), to: chinaDay(now) }
    case 'everything':
      return {}
  }
}
