import { type Cannot, cannot } from './locate-pixels.ts'
import type { Picture } from './picture.ts'
import { readJpeg } from './read-jpeg.ts'
import type { PixelReader } from './read-pixels.ts'
import { drawFrame, type RenderOptions } from './render-frame.ts'
import { shrinkPicture } from './shrink-picture.ts'
import { usualJpegDescription } from './usual-jpeg.ts'

export type PaperPicture = {
  readonly kind: 'paper'
  readonly jpeg: Buffer
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** Eight of them, the fonts and the text stay below the 2 MiB that the provincial cloud takes. Bytes. */
export const largestPaperPicture = 180 * 1024
const longestScreenSide = 8192
/** 1200 pixels over the 90 mm of half an A4 page are 340 dots an inch. Tried in this order until one is small enough. */
const tries = [
  { side: 1200, quality: 88 },
  { side: 1200, quality: 75 },
  { side: 1000, quality: 65 },
  { side: 800, quality: 50 },
  { side: 500, quality: 40 },
] as const

export type PaperPictures = ReturnType<typeof createPaperPictures>

/** Makes pictures that fit on paper, of frames or of what a screen showed. Never throws for what a file holds. */
export function createPaperPictures(pixels: Pick<PixelReader, 'readFrame' | 'encodeJpeg' | 'decodeJpeg'>) {
  async function encode(drawn: (side: number) => Picture): Promise<PaperPicture | Cannot> {
    for (const { side, quality } of tries) {
      const picture = drawn(side)
      const encoded = await pixels.encodeJpeg(picture, quality)
      if (encoded.kind === 'cannot') return encoded
      if (encoded.pixels.length > largestPaperPicture) continue
      const { columns: width, rows: height } = picture
      return { kind: 'paper', jpeg: Buffer.from(encoded.pixels), width, height }
    }
    return cannot('the picture stays too large')
  }

  return {
    /** `frame` from 0; without a window the file's own. */
    async ofFrame(
      instanceId: string,
      frame: number,
      window: Pick<RenderOptions, 'windowCenter' | 'windowWidth'>,
    ): Promise<PaperPicture | Cannot> {
      const image = await pixels.readFrame(instanceId, frame)
      if (image.kind === 'cannot') return image
      return encode((size) => drawFrame(image, { ...window, size }))
    },

    /** A JPEG as a screen made it stays as it is where it is small enough; it is decoded in any case, so that paper never gets a broken one. */
    async ofJpeg(jpeg: Buffer): Promise<PaperPicture | Cannot> {
      if (jpeg.readUInt16BE(0) !== 0xffd8) return cannot('it is no JPEG')
      const facts = readJpeg(jpeg)
      if (facts.kind === 'cannot') return cannot(facts.reason.english)
      const { rows, columns, components, precision, process } = facts
      const isUsual = (process === 'baseline' || process === 'progressive') && precision === 8
      if (!isUsual || (components !== 1 && components !== 3)) return cannot('this kind of JPEG is not taken')
      if (rows < 1 || columns < 1 || Math.max(rows, columns) > longestScreenSide)
        return cannot(`${columns} × ${rows} pixels are not taken`)
      const decoded = await pixels.decodeJpeg(usualJpegDescription(rows, columns, components, facts.isRgb), jpeg)
      if (decoded.kind === 'cannot') return decoded
      if (decoded.pixels.length < rows * columns * components) return cannot('it is cut short')
      if (jpeg.length <= largestPaperPicture && Math.max(rows, columns) <= tries[0].side)
        return { kind: 'paper', jpeg, width: columns, height: rows }
      const whole: Picture = { rows, columns, samplesPerPixel: components, pixels: decoded.pixels }
      return encode((side) => shrinkPicture(whole, side))
    },
  }
}
