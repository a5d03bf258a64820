import type { Picture } from './picture.ts'
import { shrinkSamples, sizeWithin } from './shrink-samples.ts'

/** The picture with its longest side at most so many pixels; the same one where it is small enough. */
export function shrinkPicture(picture: Picture, side: number): Picture {
  const size = sizeWithin(picture.rows, picture.columns, side)
  if (size.rows === picture.rows && size.columns === picture.columns) return picture
  const samples = shrinkSamples(picture.pixels, picture, size, picture.samplesPerPixel)
  return { ...size, samplesPerPixel: picture.samplesPerPixel, pixels: Uint8Array.from(samples, Math.round) }
}
