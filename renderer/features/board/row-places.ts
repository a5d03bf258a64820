/** Which drawn row shows which exam. `places`: by the row's own key, in the order on the screen. */
export type RowPlaces = {
  readonly listKey: string
  readonly places: ReadonlyMap<string, number>
  readonly next: number
}

export const noPlaces: RowPlaces = { listKey: '', places: new Map(), next: 0 }

/**
 * Within a list each exam keeps its drawn row, so that the focus and an open lamp stay with it when others come and go. The answer
 * to another question takes over the rows that are drawn, one after the other: only what differs is drawn anew.
 */
export function placeRows(before: RowPlaces, listKey: string, rowKeys: readonly string[]): RowPlaces {
  const places = new Map<string, number>()
  let { next } = before
  const drawn = before.listKey === listKey ? [] : [...before.places.values()]
  for (const key of rowKeys) {
    const kept = before.listKey === listKey ? before.places.get(key) : drawn.shift()
    places.set(key, kept ?? next++)
  }
  return { listKey, places, next }
}
