import { type FileHandle, open } from 'node:fs/promises'
import { type ElementsRead, item, pixelData, readHead } from '../../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf } from '../../../shared/dicom/transfer-syntax.ts'

/** Where the reading of a header ended, and what stands there. */
export type HeaderEnd = {
  readonly kind: ElementsRead['kind']
  /** Offset in the data set. */
  readonly at: number
  /** So many bytes of the data set were looked at. */
  readonly looked: number
  /** The bytes at `at`: the head of the next element, as far as it is there. */
  readonly next: Buffer
}

export type DataSetPlace = {
  readonly path: string
  /** Of the data set in the file, and its length, bytes. */
  readonly offset: number
  readonly length: number
}

export const longestHead = 12
const mostElements = 10_000
const mostFragments = 100_000
const sequenceEnd = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0])
const floatPixelData = 0x7fe00008
const undefinedLength = 0xffffffff
const windowLength = 4096

/**
 * Was the data set cut short: does it end within an element, or without the delimiter of its encapsulated pixel data (PS3.5 7.1, A.4)?
 * Only the heads of top-level elements and of fragments are looked at, values are stepped over, at most 10 000 and 100 000 of them. An
 * object that ends with pixel data of definite length is judged without its file. What cannot be judged so (a deflated data set,
 * one that is not well formed) is not called cut short.
 */
export async function isCutShort(end: HeaderEnd, transferSyntaxUid: string, place: DataSetPlace): Promise<boolean> {
  const encoding = dataSetEncodingOf(transferSyntaxUid)
  if (encoding.deflated || end.kind === 'malformed' || end.kind === 'too-deep') return false
  if (end.kind === 'truncated' && end.looked >= place.length) return isPieceOfElement(end.next, encoding)
  const file = createReader(place)
  try {
    let at = end.at
    let isBehindPixels = false
    let last = 0
    for (let elements = 0; at < place.length && elements < mostElements; elements++) {
      const isKnown = elements === 0 && end.next.length === Math.min(longestHead, place.length - at)
      const bytes = isKnown ? end.next : await file.read(at, longestHead)
      const head = readHead(bytes, 0, bytes.length, encoding)
      // Less than a head behind the pixels is padding.
      if (head === 'truncated') return !isBehindPixels && isPieceOfElement(bytes, encoding)
      if (typeof head === 'string' || (isBehindPixels && head.tag <= last)) return false
      last = head.tag
      isBehindPixels ||= head.tag >= floatPixelData
      at += head.offset
      if (head.length !== undefinedLength) at += head.length
      else if (head.tag !== pixelData) return false
      else {
        if ((await file.read(place.length - sequenceEnd.length, sequenceEnd.length)).equals(sequenceEnd)) return false
        const behind = await behindFragments(file, at, place.length, encoding)
        if (typeof behind === 'string') return behind === 'truncated'
        at = behind
      }
    }
    return at > place.length
  } finally {
    await file.close()
  }
}

type Encoding = ReturnType<typeof dataSetEncodingOf>

/** The bytes end with these: a piece of an element, not zeros that fill up a block, and not an UN whose content nobody can step over. */
function isPieceOfElement(rest: Buffer, encoding: Encoding): boolean {
  const head = readHead(rest, 0, rest.length, encoding)
  if (typeof head === 'string') return head === 'truncated' && rest.some((byte) => byte !== 0)
  return !(head.vr === 'UN' && head.length === undefinedLength)
}

async function behindFragments(
  file: Reader,
  start: number,
  length: number,
  encoding: Encoding,
): Promise<number | 'truncated' | 'malformed'> {
  let at = start
  for (let fragments = 0; fragments < mostFragments; fragments++) {
    const bytes = await file.read(at, 8)
    if (bytes.length < 8) return 'truncated'
    if (bytes.equals(sequenceEnd)) return at + 8
    const head = readHead(bytes, 0, 8, encoding)
    if (typeof head === 'string' || head.tag !== item || head.length === undefinedLength) return 'malformed'
    at += 8 + head.length
    if (at > length) return 'truncated'
  }
  return 'malformed'
}

type Reader = ReturnType<typeof createReader>

/** The file is opened when something of it is asked, and read in small windows: heads that stand close together cost one read. */
function createReader({ path, offset, length }: DataSetPlace) {
  let file: FileHandle | undefined
  let window: Buffer = Buffer.alloc(0)
  let from = 0
  return {
    /** Fewer bytes than asked for where the data set ends. */
    async read(at: number, count: number): Promise<Buffer> {
      const end = Math.min(at + count, length)
      if (at < 0 || at >= end) return Buffer.alloc(0)
      if (at < from || end > from + window.length) {
        file ??= await open(path, 'r')
        const bytes = Buffer.alloc(Math.min(windowLength, length - at))
        const { bytesRead } = await file.read(bytes, 0, bytes.length, offset + at)
        window = bytes.subarray(0, bytesRead)
        from = at
      }
      return window.subarray(at - from, end - from)
    },
    close: async () => file?.close(),
  }
}
