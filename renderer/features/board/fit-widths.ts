/** The columns' widths in pixels, made wider in proportion where there is room for more; never narrower. */
export function fitWidths(widths: readonly number[], room: number): readonly number[] {
  const sum = widths.reduce((all, width) => all + width, 0)
  if (sum >= room) return widths
  const wider = widths.map((width) => Math.floor((width * room) / sum))
  const rest = room - wider.reduce((all, width) => all + width, 0)
  return wider.with(-1, wider.at(-1)! + rest)
}
