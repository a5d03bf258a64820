import { writeFileSync } from 'node:fs'
import { part10Beginning } from '../../electron/station/archive/part10.ts'
import { packBits } from '../../electron/station/pictures/one-bit-pixels.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'

export const [rows, columns] = [48, 64] as const

export type OverlayInFile = {
  /** 0 is group 6000, 1 is 6002 … */
  readonly number?: number
  readonly rows: number
  readonly columns: number
  /** OverlayOrigin: row and column, the first is 1. */
  readonly origin?: readonly [number, number]
  readonly type?: 'G' | 'R'
  /** As many frames as there are lists; which pixels are set. */
  readonly frames: readonly ((row: number, column: number) => boolean)[]
  readonly imageFrameOrigin?: number
  readonly isMultiframe?: boolean
}

export type ImageWithOverlays = {
  readonly overlays?: readonly OverlayInFile[]
  /** Bits of the pixels themselves, by OverlayBitPosition: in a 12 bit image of 16. */
  readonly embedded?: readonly { readonly number: number; readonly bit: number; readonly type?: 'G' | 'R' }[]
  readonly frames?: number
  readonly photometric?: 'MONOCHROME1' | 'MONOCHROME2' | 'RGB'
}

const word = (tag: number, vr: 'US' | 'SS', ...values: readonly number[]): ElementToWrite => {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [at, value] of values.entries()) bytes.writeUInt16LE(value & 0xffff, at * 2)
  return { tag, vr, value: bytes }
}

function overlayElements(overlay: OverlayInFile): ElementToWrite[] {
  const { number = 0, rows: height, columns: width, origin = [1, 1], type = 'G', frames, imageFrameOrigin } = overlay
  const group = (0x6000 + number * 2) * 0x10000
  const pixels = Uint8Array.from({ length: height * width * frames.length }, (_, at) => {
    const within = at % (height * width)
    return frames[Math.floor(at / (height * width))]!(Math.floor(within / width), within % width) ? 1 : 0
  })
  const packed = packBits(pixels)
  const even = Buffer.concat([packed, Buffer.alloc(packed.length % 2)])
  return [
    word(group + 0x0010, 'US', height),
    word(group + 0x0011, 'US', width),
    ...(overlay.isMultiframe ? [{ tag: group + 0x0015, vr: 'IS', value: String(frames.length) }] : []),
    { tag: group + 0x0040, vr: 'CS', value: type },
    word(group + 0x0050, 'SS', ...origin),
    ...(imageFrameOrigin === undefined ? [] : [word(group + 0x0051, 'US', imageFrameOrigin)]),
    word(group + 0x0100, 'US', 1),
    word(group + 0x0102, 'US', 0),
    { tag: group + 0x3000, vr: 'OW', value: even },
  ]
}

/** A Part 10 file of a gradient that is nowhere white, in explicit little endian, with what lies over it. Embedded bits are set where row + column is a multiple of bit + 1. */
export function writeImageWithOverlays(path: string, image: ImageWithOverlays): void {
  const { overlays = [], embedded = [], frames = 1, photometric = 'MONOCHROME2' } = image
  const samples = photometric === 'RGB' ? 3 : 1
  const is16 = embedded.length > 0
  const count = rows * columns * samples * frames
  const pixels = Buffer.alloc(count * (is16 ? 2 : 1))
  for (let at = 0; at < count; at++) {
    const [row, column] = [Math.floor((at % (rows * columns)) / columns), at % columns]
    const grey = is16 ? (row * 64 + column * 8) & 0xfff : (row * 3 + column + (at % samples) * 20) % 250
    const bits = embedded.reduce((sum, { bit }) => sum | ((row + column) % (bit + 1) === 0 ? 1 << bit : 0), 0)
    if (is16) pixels.writeUInt16LE(grey | bits, at * 2)
    else pixels[at] = grey
  }
  const bitsStored = is16 ? 12 : 8
  const object = {
    callingAeTitle: 'TEST',
    sopClassUid: '1.2.840.10008.5.1.4.1.1.7',
    sopInstanceUid: '2.25.4711',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
  }
  const elements: ElementToWrite[] = [
    { tag: 0x00080016, vr: 'UI', value: object.sopClassUid },
    { tag: 0x00080018, vr: 'UI', value: object.sopInstanceUid },
    word(0x00280002, 'US', samples),
    { tag: 0x00280004, vr: 'CS', value: photometric },
    ...(samples === 3 ? [word(0x00280006, 'US', 0)] : []),
    ...(frames > 1 ? [{ tag: 0x00280008, vr: 'IS', value: String(frames) }] : []),
    word(0x00280010, 'US', rows),
    word(0x00280011, 'US', columns),
    word(0x00280100, 'US', is16 ? 16 : 8),
    word(0x00280101, 'US', bitsStored),
    word(0x00280102, 'US', bitsStored - 1),
    word(0x00280103, 'US', 0),
    ...overlays.flatMap(overlayElements),
    ...embedded.flatMap(({ number, bit, type = 'G' }) => {
      const group = (0x6000 + number * 2) * 0x10000
      return [
        word(group + 0x0010, 'US', rows),
        word(group + 0x0011, 'US', columns),
        { tag: group + 0x0040, vr: 'CS', value: type },
        word(group + 0x0050, 'SS', 1, 1),
        word(group + 0x0100, 'US', 16),
        word(group + 0x0102, 'US', bit),
      ]
    }),
    { tag: 0x7fe00010, vr: 'OW', value: pixels },
  ]
  writeFileSync(
    path,
    Buffer.concat([part10Beginning(object), encodeDataSet(elements, { explicitVr: true, text: 'ascii' })]),
  )
}
