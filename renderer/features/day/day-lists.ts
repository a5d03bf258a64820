import type { DayPage } from '../../../shared/models/board.ts'

export const openLists = [
  'untold',
  'unmatched',
  'unexamined',
  'unwritten',
  'unaudited',
  'undelivered',
  'unreconciled',
] as const
export type OpenListName = (typeof openLists)[number]

/** How much the day left open, over all lists. */
export function leftOpen(page: DayPage): number {
  return openLists.reduce((sum, name) => sum + (page[name]?.total ?? 0), 0)
}

/** 'YYYY-MM-DD', so many days later (or, negative, earlier). */
export function dayBy(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10)
}
