import type { RequestSlip } from '../../../shared/models/registration.ts'

/** A phone's camera at its finest is below both. */
export const slipLimits = { bytes: 10 * 1024 * 1024, pixels: 12_000, perExam: 20 } as const

export type SlipContent = Pick<RequestSlip, 'mediaType' | 'width' | 'height'>
export type SlipJudgement =
  | { readonly kind: 'picture'; readonly content: SlipContent }
  | { readonly kind: 'not-a-picture' }
  | { readonly kind: 'too-large' }

/** What a file is, its bytes say: a whole JPEG (ITU-T T.81) or PNG (ISO/IEC 15948) within the limits, or why not. Its name is not asked. */
export function judgeSlip(bytes: Buffer): SlipJudgement {
  if (bytes.length > slipLimits.bytes) return { kind: 'too-large' }
  const content = readPng(bytes) ?? readJpeg(bytes)
  if (!content || content.width === 0 || content.height === 0) return { kind: 'not-a-picture' }
  return Math.max(content.width, content.height) > slipLimits.pixels
    ? { kind: 'too-large' }
    : { kind: 'picture', content }
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function readPng(bytes: Buffer): SlipContent | undefined {
  const isWhole =
    bytes.length >= 57 &&
    bytes.subarray(0, 8).equals(pngSignature) &&
    bytes.toString('latin1', 12, 16) === 'IHDR' &&
    bytes.lastIndexOf('IEND', bytes.length - 1, 'latin1') > 32
  return isWhole ? { mediaType: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : undefined
}

/** Frame headers SOF0 to SOF15 but those that are DHT, JPG and DAC (T.81 table B.1). */
const isFrameHeader = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function readJpeg(bytes: Buffer): SlipContent | undefined {
  if (bytes.length < 20 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  // Phones add data of their own after the end of the image.
  if (bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) < 4) return undefined
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrameHeader(marker))
      return { mediaType: 'image/jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2 || marker === 0xda) return undefined
    at += 2 + length
  }
  return undefined
}
