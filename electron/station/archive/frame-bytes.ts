import type { FileHandle } from 'node:fs/promises'
import type { ImageDescription } from './image-description.ts'

/** Where bytes can be read from: a stored file, or what a deflated data set became. */
export type ByteSource = { read(offset: number, length: number): Promise<Buffer> }

export function fileSource(file: FileHandle): ByteSource {
  return {
    async read(offset, length) {
      const bytes = Buffer.alloc(length)
      const { bytesRead } = await file.read(bytes, 0, length, offset)
      return bytes.subarray(0, bytesRead)
    },
  }
}

/** More than any clinic's device makes of one frame. */
export const largestFrame = 256 * 1024 * 1024
const mostFragments = 100_000

export type FrameBytes =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'cannot'; readonly reason: string }

/** Size of one frame as native pixels in bits, undefined where it is none or too large; in numbers that cannot overflow. */
export function nativeFrameBits(image: ImageDescription): number | undefined {
  const { rows, columns, samplesPerPixel, bitsAllocated, photometricInterpretation } = image
  if (![1, 8, 16, 32].includes(bitsAllocated) || ![1, 3].includes(samplesPerPixel)) return undefined
  if (bitsAllocated === 1 && samplesPerPixel !== 1) return undefined
  const samples = photometricInterpretation === 'YBR_FULL_422' ? 2 : samplesPerPixel
  const size = rows * columns * Math.max(samples, 1) * bitsAllocated
  const shown = (rows * columns * samplesPerPixel * Math.max(bitsAllocated, 8)) / 8
  return size > 0 && shown <= largestFrame ? size : undefined
}

/** One frame of native pixel data, PS3.5 8.1.1: frames stand one after another, those of one bit without padding between them. */
export async function nativeFrame(
  source: ByteSource,
  valueOffset: number,
  bits: number,
  frame: number,
  swap: (words: Buffer) => void,
): Promise<FrameBytes & { readonly firstBit?: number }> {
  const start = Math.floor((bits * frame) / 8)
  const firstBit = (bits * frame) % 8
  const size = Math.ceil((firstBit + bits) / 8)
  // A frame of odd length begins or ends within a word, and words may have to be swapped: whole ones are read.
  const before = start % 2
  const words = await source.read(valueOffset + start - before, before + size + ((before + size) % 2))
  if (words.length < before + size) return { kind: 'cannot', reason: 'the pixel data is shorter than the image' }
  swap(words)
  return { kind: 'bytes', bytes: words.subarray(before, before + size), firstBit }
}

/**
 * Where an object's fragments lie, and where its frames begin among them. A film is asked for frame by frame: going through all its items
 * each time would be quadratic.
 */
export type Fragments = {
  readonly fragments: readonly Fragment[]
  /** Offsets of frames from the first fragment's item; undefined where each fragment is a frame, or all of them are one. */
  readonly starts: readonly number[] | undefined
}
export type FragmentMemory = {
  readonly read: () => Fragments | undefined
  readonly keep: (found: Fragments) => void
}

type Fragment = { readonly at: number; readonly offset: number; readonly length: number }

/**
 * One frame of encapsulated pixel data, PS3.5 A.4: a Basic Offset Table, then fragments. A frame is one fragment, or all of them,
 * or what a table says, or what lies between two starts of a picture. `extended`: the Extended Offset Table (7FE0,0001), where there is one.
 */
export async function encapsulatedFrame(
  source: ByteSource,
  itemsOffset: number,
  frames: number,
  frame: number,
  known: FragmentMemory | undefined,
  extended?: readonly number[],
): Promise<FrameBytes> {
  const found = known?.read() ?? (await indexed(source, itemsOffset, frames, extended))
  known?.keep(found)
  if (found.fragments.length === 0) return { kind: 'cannot', reason: 'the pixel data holds no fragment' }
  const own = fragmentsOfFrame(found, frames, frame)
  if (own.length === 0) return { kind: 'cannot', reason: `frame ${frame + 1} cannot be found in the pixel data` }
  if (own.reduce((sum, { length }) => sum + length, 0) > largestFrame) {
    return { kind: 'cannot', reason: 'the compressed frame is too large' }
  }
  const parts: Buffer[] = []
  for (const { offset, length } of own) parts.push(await source.read(offset, length))
  return { kind: 'bytes', bytes: Buffer.concat(parts) }
}

async function indexed(
  source: ByteSource,
  itemsOffset: number,
  frames: number,
  extended: readonly number[] | undefined,
): Promise<Fragments> {
  const { table, fragments } = await readFragments(source, itemsOffset)
  if (frames === 1 || fragments.length === frames) return { fragments, starts: undefined }
  if (extended?.length === frames) return { fragments, starts: extended }
  return { fragments, starts: table.length === frames ? table : await pictureStarts(source, fragments) }
}

async function readFragments(source: ByteSource, itemsOffset: number) {
  const fragments: Fragment[] = []
  let table: readonly number[] = []
  let at = itemsOffset
  let start = 0
  for (let index = 0; index <= mostFragments; index++) {
    const head = await source.read(at, 8)
    if (head.length < 8 || head.readUInt32LE(0) !== 0xe000fffe) break
    const length = head.readUInt32LE(4)
    const offset = at + 8
    if (index === 0) {
      const bytes = await source.read(offset, Math.min(length, 4 * mostFragments))
      table = Array.from({ length: Math.floor(bytes.length / 4) }, (_, entry) => bytes.readUInt32LE(entry * 4))
      start = offset + length
    } else fragments.push({ at: at - start, offset, length })
    at = offset + length
  }
  return { table, fragments }
}

function fragmentsOfFrame({ fragments, starts }: Fragments, frames: number, frame: number): readonly Fragment[] {
  if (frames === 1) return fragments
  if (!starts) return fragments.slice(frame, frame + 1)
  const from = starts[frame]
  const to = starts[frame + 1] ?? Number.POSITIVE_INFINITY
  return from === undefined ? [] : fragments.filter(({ at }) => at >= from && at < to)
}

/** Fragments that begin a JPEG or JPEG-LS (SOI), or a JPEG 2000 codestream (SOC). */
async function pictureStarts(source: ByteSource, fragments: readonly Fragment[]): Promise<readonly number[]> {
  const starts: number[] = []
  for (const fragment of fragments) {
    const marker = await source.read(fragment.offset, 2)
    if (marker[0] === 0xff && (marker[1] === 0xd8 || marker[1] === 0x4f)) starts.push(fragment.at)
  }
  return starts
}
