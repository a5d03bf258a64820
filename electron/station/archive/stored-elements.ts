import { open } from 'node:fs/promises'
import { type Element, itemsOf, pixelData, readElements, readHead } from '../../../shared/dicom/read-elements.ts'
import { type DataSetEncoding, dataSetEncodingOf } from '../../../shared/dicom/transfer-syntax.ts'
import type { StoredDataSet } from './archive.ts'
import { type ByteSource, fileSource } from './frame-bytes.ts'
import { inflateBeginning } from './read-header.ts'

/** One element of the top level, with the bytes in which it stands; without them where its value is too long to be read along. */
export type StoredElement = {
  readonly tag: number
  readonly vr: string
  /** Where the value begins in the data set (inflated, if it was deflated), and its length; undefined length: encapsulated. */
  readonly offset: number
  readonly length: number | undefined
  readonly inMemory?: { readonly bytes: Buffer; readonly element: Element }
}

export type StoredElements = {
  readonly elements: readonly StoredElement[]
  readonly encoding: DataSetEncoding
  readonly source: ByteSource
}

const windowSize = 4 * 1024 * 1024
const usualLargestSequence = 64 * 1024 * 1024
/** Windows whose elements somebody holds, together: a file made of long sequences ends the list here. */
const mostInMemory = 256 * 1024 * 1024
const longestInflated = 256 * 1024 * 1024
const mostElements = 100_000

/**
 * Every element of a stored data set, also those behind the pixel data, while `use` works with them. Long values are stepped over,
 * so a film of 2 GB costs a few reads. What cannot be read ends the list. Throws only when the file cannot be opened or read.
 */
export async function withStoredElements<T>(
  stored: StoredDataSet,
  use: (found: StoredElements) => Promise<T>,
  { largestSequence = usualLargestSequence }: { readonly largestSequence?: number } = {},
) {
  const file = await open(stored.path, 'r')
  try {
    const whole = fileSource(file)
    const inFile: ByteSource = { read: (offset, length) => whole.read(stored.offset + offset, length) }
    const { deflated, ...rest } = dataSetEncodingOf(stored.transferSyntaxUid)
    const encoding = { ...rest, deflated: false }
    if (!deflated)
      return await use({
        elements: await readAll(inFile, stored.length, encoding, largestSequence),
        encoding,
        source: inFile,
      })
    const bytes = await inflateBeginning(await inFile.read(0, stored.length), longestInflated)
    const source: ByteSource = { read: async (offset, length) => bytes.subarray(offset, offset + length) }
    return await use({ elements: await readAll(source, bytes.length, encoding, largestSequence), encoding, source })
  } finally {
    await file.close()
  }
}

async function readAll(
  source: ByteSource,
  total: number,
  encoding: DataSetEncoding,
  largestSequence: number,
): Promise<StoredElement[]> {
  const all: StoredElement[] = []
  let size = windowSize
  let inMemory = 0
  for (let at = 0; at < total && all.length < mostElements && inMemory <= mostInMemory; ) {
    const bytes = await source.read(at, Math.min(size, total - at))
    if (bytes.length === 0) break
    inMemory += bytes.length
    const found = readElements(bytes, encoding, { until: pixelData })
    for (const [tag, element] of found.elements) {
      const { vr, offset, length } = element
      all.push({ tag, vr, offset: at + offset, length, inMemory: { bytes, element } })
    }
    at += found.stoppedAt
    if (found.kind === 'whole' && found.stoppedAt === bytes.length) continue
    const head = readHead(bytes, found.stoppedAt, bytes.length, encoding)
    if (found.kind === 'malformed' || found.kind === 'too-deep') break
    if (head === 'truncated' && found.stoppedAt > 0) continue
    if (typeof head === 'string' || head.tag >= 0xfffe0000) break
    const offset = at + head.offset - found.stoppedAt
    const isUndefined = head.length === 0xffffffff
    if (isUndefined && head.tag !== pixelData) {
      // A sequence that is longer than what was read: once more from its beginning, and with a larger window if that was the beginning.
      if (found.stoppedAt === 0 && (size >= largestSequence || bytes.length === total - at)) break
      if (found.stoppedAt === 0) size = largestSequence
      continue
    }
    if (head.vr === 'SQ' && head.length <= largestSequence && head.tag < pixelData) {
      if (found.stoppedAt === 0 && (size >= largestSequence || bytes.length === total - at)) break
      if (found.stoppedAt === 0) size = largestSequence
      continue
    }
    all.push({ tag: head.tag, vr: head.vr, offset, length: isUndefined ? undefined : head.length })
    at = isUndefined ? await endOfFragments(source, offset, total) : offset + head.length
    size = windowSize
  }
  return all
}

/** Behind the delimiter of encapsulated pixel data, PS3.5 A.4. */
async function endOfFragments(source: ByteSource, offset: number, total: number): Promise<number> {
  for (let at = offset; at + 8 <= total; ) {
    const head = await source.read(at, 8)
    if (head.readUInt32LE(0) !== 0xe000fffe) return at + 8
    at += 8 + head.readUInt32LE(4)
  }
  return total
}

/** A step into a sequence: which item of it, from 0. */
export type ElementPath = readonly number[]

/**
 * The element that a path names: a tag, or tag, item, tag, item, tag … Undefined where there is none. A value in a sequence is read
 * from memory, at the top level from the file.
 */
export function elementAt(
  { elements, encoding }: Pick<StoredElements, 'elements' | 'encoding'>,
  path: ElementPath,
): StoredElement | undefined {
  const top = elements.find(({ tag }) => tag === path[0])
  if (!top || path.length === 1) return top
  if (!top.inMemory) return undefined
  const { bytes } = top.inMemory
  const base = top.offset - top.inMemory.element.offset
  let element: Element | undefined = top.inMemory.element
  for (let at = 1; at + 1 < path.length + 1 && element; at += 2) {
    const items = itemsOf(bytes, element, { ...encoding, explicitVr: element.explicitVr })
    element = items[path[at]!]?.get(path[at + 1] ?? -1)
  }
  if (!element || path.length % 2 === 0) return undefined
  return {
    tag: path.at(-1)!,
    vr: element.vr,
    offset: base + element.offset,
    length: element.length,
    inMemory: { bytes, element },
  }
}
