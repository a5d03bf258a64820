import { type FrameHead, frameHeadSchema } from '../../../shared/api/views.ts'
import { type ImageOverlay, overlaysIn } from './image-overlay.ts'
import { narrowPixels } from './narrow-pixels.ts'

export type FramePixels = Uint8Array | Int8Array | Uint16Array | Int16Array
export type Frame = {
  readonly head: FrameHead
  readonly pixels: FramePixels
  /** What the device drew over it. */
  readonly overlays: readonly ImageOverlay[]
}

export class FrameUnreadable extends Error {
  override readonly name = 'FrameUnreadable'
}

/** Typed arrays begin at a multiple of their element's size, and every computer that runs Electron is little-endian. */
function pixelsOf(answer: ArrayBuffer, from: number, length: number, head: FrameHead): Omit<Frame, 'overlays'> {
  const signed = head.pixelRepresentation === 1
  // Bytes may begin anywhere: a film's frames need no copy.
  if (head.bitsAllocated === 8)
    return { head, pixels: signed ? new Int8Array(answer, from, length) : new Uint8Array(answer, from, length) }
  const bytes = answer.slice(from, from + length)
  switch (head.bitsAllocated) {
    case 16:
      return { head, pixels: signed ? new Int16Array(bytes) : new Uint16Array(bytes) }
    case 32: {
      const { pixels, rescale } = narrowPixels(signed ? new Int32Array(bytes) : new Uint32Array(bytes), head)
      return { head: { ...head, ...rescale }, pixels }
    }
    default:
      throw new FrameUnreadable(`BitsAllocated ${head.bitsAllocated}`)
  }
}

/** Reads what GET /api/instances/:id/frames/:frame answers: length of the head, head, pixels, bits of overlays. */
export function readFrame(answer: ArrayBuffer): Frame {
  if (answer.byteLength < 4) throw new FrameUnreadable('no head')
  const headLength = new DataView(answer).getUint32(0, true)
  if (4 + headLength > answer.byteLength) throw new FrameUnreadable('head cut off')
  const head = frameHeadSchema.parse(JSON.parse(new TextDecoder().decode(new Uint8Array(answer, 4, headLength))))
  const expected = head.rows * head.columns * head.samplesPerPixel * (head.bitsAllocated / 8)
  if (answer.byteLength - 4 - headLength < expected) throw new FrameUnreadable('pixels cut off')
  const overlays = overlaysIn(answer, 4 + headLength + expected, head.overlays ?? [])
  if (!overlays) throw new FrameUnreadable('overlays cut off')
  return { ...pixelsOf(answer, 4 + headLength, expected, head), overlays }
}

/** The lookup table is as long as this range, so it is taken from the pixels, not from a header that may be wrong. */
export function rangeOf(pixels: FramePixels): { readonly minimum: number; readonly maximum: number } {
  let minimum = pixels[0] ?? 0
  let maximum = minimum
  for (let index = 1; index < pixels.length; index++) {
    const value = pixels[index] as number
    if (value < minimum) minimum = value
    else if (value > maximum) maximum = value
  }
  return { minimum, maximum }
}

/** Three samples a pixel as four of 8 bits: what a canvas takes. */
export function rgbaOf(pixels: FramePixels): Uint8ClampedArray<ArrayBuffer> {
  const shift = pixels.BYTES_PER_ELEMENT === 2 ? 8 : 0
  const count = Math.floor(pixels.length / 3)
  // A pixel at a time, little-endian: a film waits for this loop thirty times a second.
  const words = new Uint32Array(count)
  for (let pixel = 0, at = 0; pixel < count; pixel++, at += 3) {
    const red = (pixels[at] as number) >> shift
    const green = (pixels[at + 1] as number) >> shift
    const blue = (pixels[at + 2] as number) >> shift
    words[pixel] = (255 << 24) | ((blue & 255) << 16) | ((green & 255) << 8) | (red & 255)
  }
  return new Uint8ClampedArray(words.buffer)
}
