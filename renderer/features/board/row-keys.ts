export const rowKeys = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'] as const
export type RowKey = (typeof rowKeys)[number]

/** The place that a key leads to; `last`: of the list, 0-based; `page`: how many rows are in sight. */
export function rowAfter(key: RowKey, from: number, last: number, page: number): number {
  const to = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: last,
  }[key]
  return Math.max(0, Math.min(last, to))
}
