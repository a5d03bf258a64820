const icon = 15
const gap = 6
const padding = 16
/** A red lamp has a frame and heavier letters. */
const redLamp = 10

/** How wide the lamps' words are in letters of 13 pixels, with room for a red one: none may stand behind the next column. */
export function lampsWidth(names: readonly string[]): number {
  const words = names.map((name) => [...name].reduce((sum, letter) => sum + widthOf(letter), icon))
  const all = words.reduce((sum, width) => sum + width, 0) + gap * Math.max(0, names.length - 1)
  return Math.ceil(all + padding + redLamp)
}

function widthOf(letter: string): number {
  if (/[\u2e80-\uffef]/.test(letter) || letter.length > 1) return 13
  if (/[A-Z0-9]/.test(letter)) return 8.4
  return /[filjt.,' ]/.test(letter) ? 4.2 : 6.8
}
