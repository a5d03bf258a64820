/** The rows to draw, 0-based; `end` is the first that is not drawn. */
export type RowWindow = { readonly first: number; readonly end: number }

/** Rows above and below that are drawn before they are seen, so that a turn of the wheel shows no empty place. */
const beyond = 3

/** Lengths in pixels. All rows have the same height. */
export function windowAt(top: number, height: number, rowHeight: number, rows: number): RowWindow {
  const seen = Math.ceil(height / rowHeight) + 1
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight), rows - seen))
  return { first: Math.max(0, first - beyond), end: Math.min(rows, first + seen + beyond) }
}

/** Where the list must be scrolled to, so that a row is wholly in sight; where it is already, nothing moves. */
export function topToSee(index: number, top: number, height: number, rowHeight: number): number {
  const from = index * rowHeight
  if (from < top) return from
  return from + rowHeight > top + height ? from + rowHeight - height : top
}

/** How far an exam moves at most between two answers for its place to be kept: farther, the list is another one. */
const nearby = 60

/**
 * Where the list must be scrolled to, so that the first exam in sight stays where it is while others come or go above it. At the top
 * nothing is held: what is new is to be seen there. Keys of the rows before and after, in their order; lengths in pixels.
 */
export function heldTop(before: readonly string[], after: readonly string[], top: number, rowHeight: number): number {
  const from = Math.floor(top / rowHeight)
  const key = before[from]
  if (from === 0 || key === undefined || after[from] === key) return top
  for (let step = 1; step <= nearby; step += 1) {
    if (after[from + step] === key) return top + step * rowHeight
    if (after[from - step] === key) return top - step * rowHeight
  }
  return top
}
