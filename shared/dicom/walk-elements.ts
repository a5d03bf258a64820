import type { DataSetEncoding } from './transfer-syntax.ts'
import { longVrs } from './write-element.ts'

/** Where one element lies in the bytes: [start, valueStart) is its tag, VR and length, [valueStart, end) its value. */
export type ElementSpan = {
  readonly tag: number
  /** '' in implicit VR. */
  readonly vr: string
  readonly start: number
  readonly valueStart: number
  readonly end: number
  readonly undefinedLength: boolean
}

export type Walk =
  /** Elements up to the last wanted tag; `rest` is where the first later element begins, or the end of the data set. */
  | { readonly kind: 'walked'; readonly elements: readonly ElementSpan[]; readonly rest: number }
  /** The bytes end too early, more of the data set is needed. */
  | { readonly kind: 'needs-more' }
  | { readonly kind: 'malformed'; readonly what: string }

const item = 0xfffee000
const itemEnd = 0xfffee00d
const sequenceEnd = 0xfffee0dd
const undefinedLength = 0xffffffff
const deepest = 32

class Stop extends Error {
  readonly walk: Walk
  constructor(walk: Walk) {
    super(walk.kind)
    this.walk = walk
  }
}
const malformed = (what: string) => new Stop({ kind: 'malformed', what })
const needsMore = () => new Stop({ kind: 'needs-more' })

/**
 * The top-level elements of a data set up to and including `lastTag`, in file order, PS3.5 7.1 and 7.5. Values are neither read
 * nor decoded: only their places are found. `whole` says that `bytes` is all there is, so that an early end is an error.
 */
export function walkElements(bytes: Buffer, encoding: DataSetEncoding, lastTag: number, whole: boolean): Walk {
  const elements: ElementSpan[] = []
  let at = 0
  try {
    while (true) {
      if (at === bytes.length && whole) break
      const tag = tagAt(bytes, at, encoding.littleEndian)
      if (tag > lastTag) break
      const previous = elements.at(-1)
      if (previous && tag <= previous.tag) throw malformed(`${nameOfTag(tag)} comes after ${nameOfTag(previous.tag)}`)
      const element = spanAt(bytes, at, encoding, 0)
      elements.push(element)
      at = element.end
    }
    return { kind: 'walked', elements, rest: at }
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    if (error.walk.kind !== 'needs-more' || !whole) return error.walk
    return { kind: 'malformed', what: 'the data set ends in the middle of an element' }
  }
}

/** The contents of a sequence's items; undefined where they can't be read. `encoding` is that of the items. */
export function readItems(
  bytes: Buffer,
  sequence: ElementSpan,
  encoding: DataSetEncoding,
): readonly Buffer[] | undefined {
  const items: Buffer[] = []
  const end = sequence.undefinedLength ? sequence.end - 8 : sequence.end
  try {
    for (let at = sequence.valueStart; at < end; ) {
      if (tagAt(bytes, at, encoding.littleEndian) !== item) return undefined
      const length = uint32(bytes, at + 4, encoding.littleEndian)
      const next = length === undefinedLength ? endOfItem(bytes, at + 8, encoding, 0) : at + 8 + length
      if (next > end) return undefined
      items.push(bytes.subarray(at + 8, length === undefinedLength ? next - 8 : next))
      at = next
    }
    return items
  } catch (error) {
    if (error instanceof Stop) return undefined
    throw error
  }
}

export function nameOfTag(tag: number): string {
  const hex = tag.toString(16).padStart(8, '0').toUpperCase()
  return `(${hex.slice(0, 4)},${hex.slice(4)})`
}

function spanAt(bytes: Buffer, start: number, encoding: DataSetEncoding, depth: number): ElementSpan {
  if (depth > deepest) throw malformed('sequences are nested too deeply')
  const little = encoding.littleEndian
  const tag = tagAt(bytes, start, little)
  let vr = ''
  let valueStart = start + 8
  let length: number
  if (encoding.explicitVr) {
    if (start + 8 > bytes.length) throw needsMore()
    vr = bytes.toString('latin1', start + 4, start + 6)
    if (!/^[A-Z]{2}$/.test(vr)) throw malformed(`${nameOfTag(tag)} has no VR`)
    if (longVrs.has(vr)) {
      valueStart = start + 12
      length = uint32(bytes, start + 8, little)
    } else {
      length = little ? bytes.readUInt16LE(start + 6) : bytes.readUInt16BE(start + 6)
    }
  } else {
    length = uint32(bytes, start + 4, little)
  }
  if (length !== undefinedLength) {
    const end = valueStart + length
    if (end > bytes.length) throw needsMore()
    return { tag, vr, start, valueStart, end, undefinedLength: false }
  }
  // UN of undefined length holds a sequence in implicit VR little endian, whatever the syntax (PS3.5 6.2.2 note 4).
  const inner = vr === 'UN' ? { ...encoding, explicitVr: false, littleEndian: true } : encoding
  return { tag, vr, start, valueStart, end: endOfItems(bytes, valueStart, inner, depth), undefinedLength: true }
}

/** Behind the delimiter of a sequence, or of encapsulated fragments, of undefined length. */
function endOfItems(bytes: Buffer, start: number, encoding: DataSetEncoding, depth: number): number {
  let at = start
  while (true) {
    const tag = tagAt(bytes, at, encoding.littleEndian)
    const length = uint32(bytes, at + 4, encoding.littleEndian)
    at += 8
    if (tag === sequenceEnd) return at
    if (tag !== item) throw malformed(`${nameOfTag(tag)} stands where an item should`)
    at = length === undefinedLength ? endOfItem(bytes, at, encoding, depth) : at + length
    if (at > bytes.length) throw needsMore()
  }
}

function endOfItem(bytes: Buffer, start: number, encoding: DataSetEncoding, depth: number): number {
  let at = start
  while (tagAt(bytes, at, encoding.littleEndian) !== itemEnd) at = spanAt(bytes, at, encoding, depth + 1).end
  if (at + 8 > bytes.length) throw needsMore()
  return at + 8
}

function tagAt(bytes: Buffer, at: number, little: boolean): number {
  if (at + 4 > bytes.length) throw needsMore()
  const group = little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)
  const element = little ? bytes.readUInt16LE(at + 2) : bytes.readUInt16BE(at + 2)
  return group * 0x10000 + element
}

function uint32(bytes: Buffer, at: number, little: boolean): number {
  if (at + 4 > bytes.length) throw needsMore()
  return little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
}
