import type { FrameHead } from '../../../shared/api/views.ts'

type Narrowed = {
  readonly pixels: Uint16Array
  readonly rescale: Pick<FrameHead, 'slope' | 'intercept'>
}

const widest = 65_535

/**
 * 32-bit values as 16-bit ones, with a rescale that leads back to the same values as far as 16 bits reach: a lookup table of four
 * thousand million entries cannot be made, and no screen shows more than a few hundred greys.
 */
export function narrowPixels(wide: Int32Array | Uint32Array, { slope, intercept }: FrameHead): Narrowed {
  let [minimum, maximum] = [wide[0] ?? 0, wide[0] ?? 0]
  for (const value of wide) {
    if (value < minimum) minimum = value
    else if (value > maximum) maximum = value
  }
  const step = Math.max(1, (maximum - minimum) / widest)
  const pixels = Uint16Array.from(wide, (value) => Math.round((value - minimum) / step))
  return { pixels, rescale: { slope: slope * step, intercept: intercept + minimum * slope } }
}
