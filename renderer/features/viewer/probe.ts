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
    : String(Number(((shown.pixels[at] ?? 0) * shown.slope + shown.intercept).toFixed(2)))
  return { x: column, y: row, value }
}
