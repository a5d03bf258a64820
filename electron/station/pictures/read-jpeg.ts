import { type BothWords, inBoth } from '../../../shared/problems/both-words.ts'

const malformed = inBoth('JPEG 的结构有误', 'the JPEG is not well formed')
const cutShort = inBoth('JPEG 不完整', 'the JPEG is cut short')

export type JpegFacts = {
  readonly kind: 'jpeg'
  readonly rows: number
  readonly columns: number
  /** 1 grey, 3 colour, 4 for print. */
  readonly components: number
  readonly precision: number
  /** By the SOF marker, ITU-T T.81 table B.1. */
  readonly process: 'baseline' | 'extended' | 'progressive' | 'other'
  readonly isSubsampled: boolean
  readonly isRgb: boolean
  /** EXIF tag 0x0112: 1 upright, 2 to 8 mirrored or turned. */
  readonly orientation: number
}

/** Pure: the head of a JPEG up to its first scan. Bounded on any bytes. */
export function readJpeg(bytes: Buffer): JpegFacts | { readonly kind: 'cannot'; readonly reason: BothWords } {
  const cannot = (reason: BothWords) => ({ kind: 'cannot', reason }) as const
  let frame: Omit<JpegFacts, 'orientation'> | undefined
  let orientation = 1
  let adobeTransform: number | undefined
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return cannot(malformed)
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    const length = bytes.readUInt16BE(at + 2)
    const segment = bytes.subarray(at + 4, at + 2 + length)
    if (length < 2 || at + 2 + length > bytes.length) return cannot(cutShort)
    if (isStartOfFrame(marker)) {
      frame = readFrame(marker, segment)
      if (!frame) return cannot(malformed)
    } else if (marker === 0xe1) orientation = orientationOf(segment) ?? orientation
    else if (marker === 0xee && segment.toString('latin1', 0, 5) === 'Adobe') adobeTransform = segment[11]
    else if (marker === 0xda) {
      if (!frame) return cannot(malformed)
      if (bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) < at) return cannot(cutShort)
      const isRgb = frame.components === 3 && (adobeTransform === 0 || (adobeTransform === undefined && frame.isRgb))
      return { ...frame, isRgb, orientation }
    }
    at += 2 + length
  }
  return cannot(cutShort)
}

const isStartOfFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

function readFrame(marker: number, segment: Buffer): Omit<JpegFacts, 'orientation'> | undefined {
  if (segment.length < 6) return undefined
  const components = segment[5]!
  if (segment.length < 6 + components * 3) return undefined
  const list = Array.from({ length: components }, (_, index) => segment.subarray(6 + index * 3, 9 + index * 3))
  const processes = ['baseline', 'extended', 'progressive'] as const
  return {
    kind: 'jpeg',
    precision: segment[0]!,
    rows: segment.readUInt16BE(1),
    columns: segment.readUInt16BE(3),
    components,
    process: processes[marker - 0xc0] ?? 'other',
    isSubsampled: list.length > 1 && list.some((one) => one[1] !== list[0]![1]),
    isRgb: String.fromCharCode(...list.map((one) => one[0]!)) === 'RGB',
  }
}

/** Orientation in the first directory of an EXIF segment (TIFF 6.0). */
function orientationOf(segment: Buffer): number | undefined {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined
  const tiff = segment.subarray(6)
  if (tiff.length < 8) return undefined
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  const u16 = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const start = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (start + 2 > tiff.length) return undefined
  const count = u16(start)
  for (let index = 0; index < count; index++) {
    const at = start + 2 + index * 12
    if (at + 12 > tiff.length) return undefined
    const value = u16(at + 8)
    if (u16(at) === 0x0112) return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}
