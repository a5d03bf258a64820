import type { ExamRow } from '../../../shared/models/exam.ts'

/** A place in the list whose page is not here yet. */
export type Gap = { readonly gap: number }
export type BoardRow = ExamRow | Gap

export const isGap = (row: BoardRow): row is Gap => 'gap' in row
export const rowKeyOf = (row: BoardRow): string => (isGap(row) ? `gap-${row.gap}` : row.exam.id)

/** How far beyond what was seen the list goes on at once: with all of 100,000 places each change would cost every place. */
const ahead = 1000

/** How many places the list has: all when there are few or the end was asked for, else some more than were seen. */
export function placesShown(total: number, furthest: number): number {
  return Math.min(total, (Math.floor(furthest / ahead) + 2) * ahead)
}

const gaps: Gap[] = []
function gapAt(index: number): Gap {
  for (let next = gaps.length; next <= index; next += 1) gaps.push({ gap: next })
  return gaps[index]!
}

/**
 * The list with the pages that are here in their places. An exam that slipped to the next page between two answers is shown once, at
 * its first place.
 */
export function sparseRows(
  pages: ReadonlyMap<number, readonly ExamRow[]>,
  places: number,
  pageSize: number,
): readonly BoardRow[] {
  const rows: BoardRow[] = []
  for (let index = 0; index < places; index += 1) rows.push(gapAt(index))
  const seen = new Set<string>()
  for (const [page, found] of [...pages].toSorted(([a], [b]) => a - b)) {
    found.forEach((row, place) => {
      const index = (page - 1) * pageSize + place
      if (index >= places || seen.has(row.exam.id)) return
      seen.add(row.exam.id)
      rows[index] = row
    })
  }
  return rows
}

/** The pages that hold the places from the first to the last, 1-based. */
export function pagesOf(first: number, last: number, pageSize: number): readonly number[] {
  const from = Math.floor(Math.max(0, first) / pageSize) + 1
  const to = Math.floor(Math.max(first, last, 0) / pageSize) + 1
  return Array.from({ length: to - from + 1 }, (_, step) => from + step)
}
