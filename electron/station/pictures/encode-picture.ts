import { PNG } from 'pngjs'
import type { Picture } from './picture.ts'

/** Rows of a PNG differ little from pixel to pixel: each byte is written as its difference from the one before ('Sub'). */
const subFilter = 1
const grey = 0
const colour = 2

/** A PNG of 8 bits a sample, compressed outside the main thread. */
export async function encodePng({ rows, columns, samplesPerPixel, pixels }: Picture): Promise<Buffer> {
  const colorType = samplesPerPixel === 3 ? colour : grey
  const png = new PNG({
    width: columns,
    height: rows,
    colorType,
    inputColorType: colorType,
    inputHasAlpha: false,
    bitDepth: 8,
    filterType: subFilter,
    deflateLevel: 3,
  })
  png.data = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.length)
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    const stream = png.pack()
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('error', reject)
    stream.on('end', () => resolve(Buffer.concat(parts)))
  })
}
