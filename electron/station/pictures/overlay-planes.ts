import type { ImageDescription } from '../archive/image-description.ts'
import type { Surroundings } from './locate-pixels.ts'
import { packBits, unpackBits } from './one-bit-pixels.ts'
import type { Samples } from './sample-range.ts'

/** What a device drew over an image, as it is to be drawn: a pixel that is set is white. */
export type OverlayPlane = {
  readonly rows: number
  readonly columns: number
  /** Where its first pixel lies in the image, from 0; it may begin outside. */
  readonly top: number
  readonly left: number
  /** A bit a pixel, row by row without padding, from the least significant bit of each byte on. */
  readonly bits: Uint8Array
}

type Image = Pick<
  ImageDescription,
  'rows' | 'columns' | 'samplesPerPixel' | 'bitsAllocated' | 'bitsStored' | 'highBit' | 'numberOfFrames'
>

const groups = Array.from({ length: 16 }, (_, at) => 0x6000 + at * 2)
const mostPixels = 64 * 1024 * 1024

/**
 * The overlay planes (PS3.3 C.9.2) of one frame, from 0, that have anything set: graphics as they are, of a region its outline, because the
 * region itself would hide what it names. `samples`: the stored values with all their bits, where older devices keep planes
 * (OverlayBitPosition; retired in PS3.3-2004).
 */
export function overlayPlanes(
  around: Surroundings,
  image: Image,
  frame: number,
  samples: Samples | undefined,
): readonly OverlayPlane[] {
  return groups.flatMap((group) => {
    const plane = planeOf(around, group * 0x10000, image, frame, samples)
    if (!plane || plane.bits.every((byte) => byte === 0)) return []
    const isRegion = around.values.text(group * 0x10000 + 0x0040) === 'R'
    return [isRegion ? { ...plane, bits: outlineOf(plane) } : plane]
  })
}

function planeOf(
  around: Surroundings,
  group: number,
  image: Image,
  frame: number,
  samples: Samples | undefined,
): OverlayPlane | undefined {
  const { elements, values, header, encoding } = around
  const words = (element: number) => {
    const found = elements.get(group + element)
    const bytes = found ? header.subarray(found.offset, found.end) : Buffer.alloc(0)
    // Read as bytes: an implicit data set does not say that they are numbers.
    return Array.from({ length: Math.floor(bytes.length / 2) }, (_, at) =>
      encoding.littleEndian ? bytes.readInt16LE(at * 2) : bytes.readInt16BE(at * 2),
    )
  }
  const data = elements.get(group + 0x3000)
  if (!data) return samples && embeddedPlane(words(0x0100)[0], words(0x0102)[0], image, samples)
  const [rows, columns] = [(words(0x0010)[0] ?? 0) & 0xffff, (words(0x0011)[0] ?? 0) & 0xffff]
  const [top = 1, left = 1] = words(0x0050)
  const at = ownFrame(values.number(group + 0x0015), words(0x0051)[0], frame)
  const count = rows * columns
  if (at === undefined || count < 1 || count > mostPixels) return undefined
  const isSwapped = !encoding.littleEndian && data.vr === 'OW'
  const value = header.subarray(data.offset, data.end)
  const packed = isSwapped ? Buffer.from(value.subarray(0, value.length & ~1)).swap16() : value
  const [first, last] = [at * count, (at + 1) * count]
  if (Math.ceil(last / 8) > packed.length) return undefined
  const bits =
    first % 8 === 0 ? packed.subarray(first / 8, Math.ceil(last / 8)) : packBits(unpackBits(packed, first, count))
  return { rows, columns, top: top - 1, left: left - 1, bits: withoutRest(bits, count) }
}

/** Which frame of the overlay lies over a frame of the image; one overlay without numbers lies over all of them. */
function ownFrame(frames: number | undefined, origin: number | undefined, frame: number): number | undefined {
  if (frames === undefined && origin === undefined) return 0
  const at = frame - ((origin ?? 1) - 1)
  return at >= 0 && at < (frames ?? 1) ? at : undefined
}

/** The last byte may begin with something else. */
function withoutRest(bits: Uint8Array, count: number): Uint8Array {
  const rest = count % 8
  if (rest === 0) return bits
  const own = Uint8Array.from(bits)
  own[own.length - 1]! &= (1 << rest) - 1
  return own
}

/** A plane in bits of the pixels that hold no grey. */
function embeddedPlane(
  allocated: number | undefined,
  position: number | undefined,
  image: Image,
  samples: Samples,
): OverlayPlane | undefined {
  const { rows, columns, bitsAllocated, bitsStored, highBit, samplesPerPixel } = image
  if (allocated !== bitsAllocated || position === undefined || position < 0 || position >= bitsAllocated)
    return undefined
  if (samplesPerPixel !== 1 || (position <= highBit && position > highBit - bitsStored)) return undefined
  const pixels = new Uint8Array(rows * columns)
  for (let at = 0; at < pixels.length; at++) pixels[at] = (samples[at]! >> position) & 1
  return { rows, columns, top: 0, left: 0, bits: packBits(pixels) }
}

/** What is set and has something beside it that is not. */
function outlineOf({ rows, columns, bits }: OverlayPlane): Uint8Array {
  const pixels = unpackBits(bits, 0, rows * columns)
  const isSet = (row: number, column: number) =>
    row >= 0 && row < rows && column >= 0 && column < columns && pixels[row * columns + column] === 1
  const outline = pixels.map((pixel, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns]
    const isInside =
      isSet(row - 1, column) && isSet(row + 1, column) && isSet(row, column - 1) && isSet(row, column + 1)
    return pixel === 1 && !isInside ? 1 : 0
  })
  return packBits(outline)
}
