/** The list with one thing at another place; what would leave the list stays at its end. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const taken = list[from]
  if (taken === undefined) return list
  const rest = list.filter((_, index) => index !== from)
  const place = Math.max(0, Math.min(to, rest.length))
  return [...rest.slice(0, place), taken, ...rest.slice(place)]
}
