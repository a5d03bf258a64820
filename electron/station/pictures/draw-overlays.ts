import { unpackBits } from './one-bit-pixels.ts'
import type { OverlayPlane } from './overlay-planes.ts'
import type { Picture } from './picture.ts'
import { shrinkSamples } from './shrink-samples.ts'

const white = 255

/**
 * Pure: overlays over the picture of an image of `rows` × `columns`, white. In a smaller picture a line stays as bright as it was, and
 * one pixel wide.
 */
export function drawOverlays(
  picture: Picture,
  overlays: readonly OverlayPlane[],
  image: { readonly rows: number; readonly columns: number },
): Picture {
  if (overlays.length === 0) return picture
  const mask = new Uint8Array(image.rows * image.columns)
  for (const plane of overlays) mark(mask, plane, image)
  const isSmaller = picture.rows < image.rows || picture.columns < image.columns
  const covered = isSmaller ? shrinkSamples(mask, image, picture, 1) : mask
  const brighter = Math.max(image.rows / picture.rows, image.columns / picture.columns)
  const { samplesPerPixel } = picture
  const pixels = Uint8Array.from(picture.pixels)
  for (let at = 0; at < covered.length; at++) {
    const share = Math.min(1, covered[at]! * brighter)
    if (share === 0) continue
    for (let sample = at * samplesPerPixel; sample < (at + 1) * samplesPerPixel; sample++)
      pixels[sample] = Math.round(pixels[sample]! * (1 - share) + white * share)
  }
  return { ...picture, pixels }
}

function mark(
  mask: Uint8Array,
  { rows, columns, top, left, bits }: OverlayPlane,
  image: { readonly rows: number; readonly columns: number },
): void {
  const plane = unpackBits(bits, 0, rows * columns)
  for (let row = Math.max(0, -top); row < rows && row + top < image.rows; row++)
    for (let column = Math.max(0, -left); column < columns && column + left < image.columns; column++)
      if (plane[row * columns + column] === 1) mask[(row + top) * image.columns + column + left] = 1
}
