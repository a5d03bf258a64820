import type { Point } from './geometry.ts'
import type { ShownPixels } from './viewport.ts'

export type Probe = {
  readonly x: number
  readonly y: number
  /** After rescale, as the window counts; a colour as 'R,G,B'. */
  readonly value: string
}

/** The pixel in which a point of the image lies, from (0, 0); undefined outside. */
export function probeAt({ x, y }: Point, shown: ShownPixels): Probe | undefined {
  const [column, row] = [Math.floor(x), Math.floor(y)]
  if (column < 0 || row < 0 || column >= shown.width || row >= shown.height) return undefined
  const at = (row * shown.width + column) * (shown.isColour ? 4 : 1)
  const value = shown.isColour
    ? [...shown.pixels.slice(at, at + 3)].join()
    : inDigits((shown.pixels[at] ?? 0) * shown.slope + shown.intercept)
  return { x: column, y: row, value }
}

/** Fractions keep digits that count; what rescaling leaves of nothing is 0. */
function inDigits(value: number): string {
  if (Math.abs(value) < 1e-9) return '0'
  return String(Number(Math.abs(value) < 1 ? value.toPrecision(3) : value.toFixed(2)))
}
