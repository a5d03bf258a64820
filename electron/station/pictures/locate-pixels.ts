import { open } from 'node:fs/promises'
import { type ElementValues, valuesOf } from '../../../shared/dicom/element-values.ts'
import { type Elements, pixelData, readElements, readHead } from '../../../shared/dicom/read-elements.ts'
import { type DataSetEncoding, dataSetEncodingOf, gePrivateImplicit } from '../../../shared/dicom/transfer-syntax.ts'
import type { StoredDataSet } from '../archive/archive.ts'
import {
  type ByteSource,
  encapsulatedFrame,
  type FragmentMemory,
  fileSource,
  nativeFrame,
  nativeFrameBits,
} from '../archive/frame-bytes.ts'
import { type ImageDescription, imageDescription } from '../archive/image-description.ts'
import { inflateBeginning } from '../archive/read-header.ts'
import { unpackBits } from './one-bit-pixels.ts'

export type Cannot = { readonly kind: 'cannot'; readonly reason: string }
export const cannot = (reason: string): Cannot => ({ kind: 'cannot', reason })

/** The elements before the pixel data, and how they are written. */
export type Surroundings = {
  readonly header: Buffer
  readonly elements: Elements
  readonly values: ElementValues
  readonly encoding: DataSetEncoding
}

/** One frame as it is stored: native pixels in little endian (one bit unpacked to bytes), or what the codec wrote. */
export type StoredFrame = {
  readonly kind: 'native' | 'encapsulated'
  readonly bytes: Buffer
  readonly image: ImageDescription
  readonly around: Surroundings
  readonly transferSyntaxUid: string
}

export type BeforePixels = {
  readonly kind: 'before'
  readonly around: Surroundings
  readonly head: { readonly tag: number; readonly vr: string; readonly length: number; readonly offset: number }
}

/** What was found out about a file and is true for each of its frames. */
export type FileMemory = {
  readonly fragments: FragmentMemory
  readonly before: { readonly read: () => BeforePixels | undefined; readonly keep: (found: BeforePixels) => void }
}

const usualHeader = 64 * 1024
const longestHeader = 4 * 1024 * 1024
const longestInflated = 256 * 1024 * 1024

/** Reads one frame's bytes of a stored data set, `frame` from 0. Never throws for what a file holds. */
export async function readStoredFrame(
  stored: StoredDataSet,
  frame: number,
  known?: FileMemory,
): Promise<StoredFrame | Cannot> {
  try {
    const file = await open(stored.path, 'r')
    try {
      const whole = fileSource(file)
      const source: ByteSource = { read: (offset, length) => whole.read(stored.offset + offset, length) }
      if (!dataSetEncodingOf(stored.transferSyntaxUid).deflated) return await read(stored, source, frame, known)
      const bytes = await inflateBeginning(await source.read(0, stored.length), longestInflated)
      const inflated: ByteSource = { read: async (offset, length) => bytes.subarray(offset, offset + length) }
      return await read({ ...stored, length: bytes.length }, inflated, frame, undefined)
    } finally {
      await file.close()
    }
  } catch (error) {
    return cannot(`the file cannot be read: ${(error as Error).message}`)
  }
}

async function read(
  stored: StoredDataSet,
  source: ByteSource,
  frame: number,
  known: FileMemory | undefined,
): Promise<StoredFrame | Cannot> {
  const { transferSyntaxUid } = stored
  const before = known?.before.read() ?? (await readBefore(stored, source))
  if (before.kind === 'cannot') return before
  known?.before.keep(before)
  const { around, head } = before
  const { encoding, values } = around
  const image = imageDescription(values, frame)
  if (frame < 0 || frame >= image.numberOfFrames) return cannot(`there is no frame ${frame + 1}`)
  const bits = nativeFrameBits(image)
  if (bits === undefined)
    return cannot(`an image of ${image.columns} × ${image.rows}, ${image.bitsAllocated} bits is not shown`)

  if (head.length === 0xffffffff) {
    const extended = offsetsIn(around)
    const encoded = await encapsulatedFrame(
      source,
      head.offset,
      image.numberOfFrames,
      frame,
      known?.fragments,
      extended,
    )
    if (encoded.kind === 'cannot') return encoded
    return { kind: 'encapsulated', bytes: encoded.bytes, image, around, transferSyntaxUid }
  }
  const isBigEndian = !encoding.littleEndian || transferSyntaxUid === gePrivateImplicit
  const wordBits = head.vr === 'OW' ? Math.max(16, image.bitsAllocated) : image.bitsAllocated
  const native = await nativeFrame(source, head.offset, bits, frame, (words) => {
    if (isBigEndian) swapBytes(words, wordBits)
  })
  if (native.kind === 'cannot') return native
  if (image.bitsAllocated !== 1) return { kind: 'native', bytes: native.bytes, image, around, transferSyntaxUid }
  const bytes = Buffer.from(unpackBits(native.bytes, native.firstBit ?? 0, image.rows * image.columns).buffer)
  return { kind: 'native', bytes, image, around, transferSyntaxUid }
}

/** The elements before the pixel data are those of every frame: of a film they are read once. */
async function readBefore(stored: StoredDataSet, source: ByteSource): Promise<BeforePixels | Cannot> {
  const encoding = { ...dataSetEncodingOf(stored.transferSyntaxUid), deflated: false }
  const { header: window, found } = await readUntilPixels(source, stored.length, encoding)
  const head = found.kind === 'reached' ? readHead(window, found.stoppedAt, window.length, encoding) : undefined
  if (!head || typeof head === 'string' || head.tag !== pixelData) return cannot('the object holds no image')
  // A copy: what is kept must not hold on to a window of megabytes.
  const header = Buffer.from(window.subarray(0, found.stoppedAt))
  const values = rememberingItems(valuesOf(header, found.elements, encoding))
  return { kind: 'before', around: { header, elements: found.elements, values, encoding }, head }
}

/** A thousand frames have a thousand items: they are found once, not once a frame. */
function rememberingItems(values: ElementValues): ElementValues {
  const found = new Map<number, readonly ElementValues[]>()
  return {
    ...values,
    items(tag) {
      const known = found.get(tag) ?? values.items(tag)
      found.set(tag, known)
      return known
    },
  }
}

const extendedOffsetTable = 0x7fe00001

/** ExtendedOffsetTable, PS3.3 C.7.6.3.1.8: 64 bits each, little endian like everything encapsulated. */
function offsetsIn({ header, elements }: Surroundings): readonly number[] | undefined {
  const table = elements.get(extendedOffsetTable)
  if (!table) return undefined
  const bytes = header.subarray(table.offset, table.end)
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, at) => Number(bytes.readBigUInt64LE(at * 8)))
}

/** Most headers are short, and a film is asked for frame by frame. */
async function readUntilPixels(source: ByteSource, length: number, encoding: DataSetEncoding) {
  const first = await source.read(0, Math.min(usualHeader, length))
  const found = readElements(first, encoding, { until: pixelData })
  // A head that is cut off is as good as none: a few bytes more may follow the last whole element.
  const isEnough = found.kind === 'reached' && found.stoppedAt + 12 <= first.length
  if (isEnough || length <= usualHeader) return { header: first, found }
  const header = await source.read(0, Math.min(longestHeader, length))
  return { header, found: readElements(header, encoding, { until: pixelData }) }
}

/** Big endian OW is written in words of 16 bits, also when a sample has 8 (PS3.5 8.1.1). */
function swapBytes(bytes: Buffer, bitsAllocated: number): void {
  if (bitsAllocated === 16) bytes.subarray(0, bytes.length - (bytes.length % 2)).swap16()
  else if (bitsAllocated === 32) bytes.subarray(0, bytes.length - (bytes.length % 4)).swap32()
}
