import type { Point } from './geometry.ts'
import type { FramePixels } from './read-frame.ts'

/** The grey values of an image, row by row; slope and intercept lead to the values that are told (PS3.3 C.11.1). */
export type GreyPixels = {
  readonly width: number
  readonly height: number
  readonly pixels: FramePixels | Uint8ClampedArray
  readonly slope: number
  readonly intercept: number
}

export type RoiStatistics = {
  readonly count: number
  readonly mean: number
  /** Of the whole population, not of a sample. */
  readonly sd: number
  readonly minimum: number
  readonly maximum: number
}

/** Of the pixels whose centres lie in the box between two corners, or in the ellipse in it; undefined where there is none. */
export function roiStatistics(
  kind: 'rectangle' | 'ellipse',
  one: Point,
  other: Point,
  { width, height, pixels, slope, intercept }: GreyPixels,
): RoiStatistics | undefined {
  const [left, right] = [Math.min(one.x, other.x), Math.max(one.x, other.x)]
  const [top, bottom] = [Math.min(one.y, other.y), Math.max(one.y, other.y)]
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2]
  const [radiusX, radiusY] = [(right - left) / 2, (bottom - top) / 2]
  const isIn = (x: number, y: number) =>
    kind === 'rectangle' || ((x - middleX) / radiusX) ** 2 + ((y - middleY) / radiusY) ** 2 <= 1
  // Welford's way: the sums of 16-bit squares would lose digits.
  let [count, mean, squares, minimum, maximum] = [0, 0, 0, Infinity, -Infinity]
  for (let y = Math.max(0, Math.ceil(top - 0.5)); y < height && y + 0.5 <= bottom; y++)
    for (let x = Math.max(0, Math.ceil(left - 0.5)); x < width && x + 0.5 <= right; x++) {
      if (!isIn(x + 0.5, y + 0.5)) continue
      const value = (pixels[y * width + x] ?? 0) * slope + intercept
      count++
      const before = value - mean
      mean += before / count
      squares += before * (value - mean)
      if (value < minimum) minimum = value
      if (value > maximum) maximum = value
    }
  return count > 0 ? { count, mean, sd: Math.sqrt(squares / count), minimum, maximum } : undefined
}
