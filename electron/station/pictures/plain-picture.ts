import { decodePng, mostPixels } from './decode-png.ts'
import type { Picture } from './picture.ts'
import type { PixelReader } from './read-pixels.ts'
import { decodeUsualJpeg } from './shrink-jpeg.ts'

/** Pixels of a PNG or JPEG that a person uploads, on white; undefined where it is neither, broken, or too large. Never throws. */
export async function readPlainPicture(
  pixels: Pick<PixelReader, 'decodeJpeg'>,
  bytes: Buffer,
): Promise<Picture | undefined> {
  if (bytes.subarray(1, 4).toString('latin1') !== 'PNG') return decodeUsualJpeg(pixels, bytes)
  if (bytes.length < 33 || bytes.readUInt32BE(16) * bytes.readUInt32BE(20) > mostPixels / 4) return undefined
  const decoded = await decodePng(bytes)
  if (decoded.kind === 'cannot' || decoded.bitsAllocated !== 8) return undefined
  const { rows, columns, samplesPerPixel } = decoded
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3) return undefined
  return { rows, columns, samplesPerPixel, pixels: decoded.pixels }
}
