import type { KeyPicture } from '../../../shared/models/key-picture.ts'
import type { Picture } from './picture.ts'
import { readJpeg } from './read-jpeg.ts'
import type { PixelReader } from './read-pixels.ts'
import { shrinkPicture } from './shrink-picture.ts'
import { usualJpegDescription } from './usual-jpeg.ts'

/** Quality goes before size: a blurred shadow is worse than a coarse one. */
const tries = [
  { side: 1200, quality: 70 },
  { side: 1200, quality: 50 },
  { side: 900, quality: 45 },
  { side: 650, quality: 40 },
  { side: 450, quality: 35 },
  { side: 300, quality: 30 },
] as const

type Codec = Pick<PixelReader, 'encodeJpeg' | 'decodeJpeg'>

/** Grey or colour pixels of a usual JPEG (baseline or progressive, 8 bits); undefined for anything else. */
export async function decodeUsualJpeg(pixels: Pick<Codec, 'decodeJpeg'>, jpeg: Buffer): Promise<Picture | undefined> {
  if (jpeg.length < 4 || jpeg.readUInt16BE(0) !== 0xffd8) return undefined
  const facts = readJpeg(jpeg)
  if (facts.kind === 'cannot' || facts.precision !== 8) return undefined
  const { rows, columns, components } = facts
  if (facts.process !== 'baseline' && facts.process !== 'progressive') return undefined
  if ((components !== 1 && components !== 3) || rows < 1 || columns < 1 || rows * columns > 40_000_000) return undefined
  const decoded = await pixels.decodeJpeg(usualJpegDescription(rows, columns, components, facts.isRgb), jpeg)
  if (decoded.kind === 'cannot' || decoded.pixels.length < rows * columns * components) return undefined
  return { rows, columns, samplesPerPixel: components, pixels: decoded.pixels }
}

/** The same picture in at most `bytes`; undefined where it cannot be read, or stays larger. */
export async function shrinkJpeg(pixels: Codec, picture: KeyPicture, bytes: number): Promise<KeyPicture | undefined> {
  if (picture.jpeg.length <= bytes) return picture
  const whole = await decodeUsualJpeg(pixels, Buffer.from(picture.jpeg))
  if (!whole) return undefined
  for (const { side, quality } of tries) {
    const smaller = shrinkPicture(whole, side)
    const encoded = await pixels.encodeJpeg(smaller, quality)
    if (encoded.kind === 'cannot') return undefined
    if (encoded.pixels.length <= bytes)
      return { ...picture, jpeg: encoded.pixels, width: smaller.columns, height: smaller.rows }
  }
  return undefined
}
