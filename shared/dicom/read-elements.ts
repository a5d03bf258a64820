import type { DataSetEncoding } from './transfer-syntax.ts'
import { longVrs } from './write-element.ts'

/** Where an element's value stands. `length` is undefined for a value that ends with a delimiter; `end` is where the next begins. */
export type Element = {
  readonly vr: string
  readonly offset: number
  readonly length: number | undefined
  readonly end: number
  /** How items in the value are written (an UN of undefined length is implicit VR, PS3.5 6.2.2). */
  readonly explicitVr: boolean
}

export type Elements = ReadonlyMap<number, Element>

export type ElementsRead = {
  readonly elements: Elements
  /**
   * whole: the bytes ended with an element. reached: the next tag is `until` or beyond (or of another group), at `stoppedAt`. truncated: the bytes end
   * within an element. malformed, too-deep: what came so far is good.
   */
  readonly kind: 'whole' | 'reached' | 'truncated' | 'malformed' | 'too-deep'
  readonly stoppedAt: number
}

export type ReadLimits = {
  readonly until?: number
  readonly onlyGroup?: number
  readonly start?: number
  readonly end?: number
}

export const pixelData = 0x7fe00010
const floatPixelData = 0x7fe00008
export const item = 0xfffee000
const itemEnd = 0xfffee00d
const sequenceEnd = 0xfffee0dd
const deepest = 32
const mostElements = 100_000
const mostItems = 100_000

/** `strict`: where a VR must be written, an element without one is malformed. */
export type HowToRead = Pick<DataSetEncoding, 'explicitVr' | 'littleEndian'> & { readonly strict?: boolean }

export type Failure = 'truncated' | 'malformed' | 'too-deep'
type Head = { readonly tag: number; readonly vr: string; readonly length: number; readonly offset: number }

/**
 * Reads the top level of a data set (PS3.5 7.1), or of an item, without recursion and without looking into values: sequences are
 * stepped over, their items are read when somebody asks (`itemsOf`). Safe on any bytes.
 */
export function readElements(bytes: Buffer, encoding: DataSetEncoding, limits: ReadLimits = {}): ElementsRead {
  const elements = new Map<number, Element>()
  const end = Math.min(limits.end ?? bytes.length, bytes.length)
  const until = limits.until ?? floatPixelData
  let at = limits.start ?? 0
  while (at < end) {
    const head = readHead(bytes, at, end, encoding)
    if (typeof head === 'string') return { elements, kind: head, stoppedAt: at }
    const isElsewhere = limits.onlyGroup !== undefined && Math.floor(head.tag / 0x10000) !== limits.onlyGroup
    if (head.tag >= until || head.tag === itemEnd || isElsewhere) return { elements, kind: 'reached', stoppedAt: at }
    if (elements.size >= mostElements) return { elements, kind: 'malformed', stoppedAt: at }
    const isUndefined = head.length === 0xffffffff
    const next = isUndefined
      ? endOfUndefined(bytes, head.offset, end, encodingWithin(head.vr, true, encoding), 'sequence')
      : head.offset + head.length
    if (typeof next === 'string') return { elements, kind: next, stoppedAt: at }
    if (next > end) return { elements, kind: 'truncated', stoppedAt: at }
    elements.set(head.tag, {
      vr: head.vr,
      offset: head.offset,
      length: isUndefined ? undefined : head.length,
      end: next,
      explicitVr: encoding.explicitVr && !(head.vr === 'UN' && isUndefined),
    })
    at = next
  }
  return { elements, kind: 'whole', stoppedAt: at }
}

/** The items of a sequence, each as its own elements. Gives what is readable. */
export function itemsOf(bytes: Buffer, sequence: Element | undefined, encoding: DataSetEncoding): Elements[] {
  const found: Elements[] = []
  if (!sequence) return found
  const within = encodingWithin(sequence.vr, sequence.length === undefined, encoding)
  const inside = { ...within, explicitVr: sequence.explicitVr }
  let at = sequence.offset
  while (at + 8 <= sequence.end && found.length < mostItems) {
    const tag = readTag(bytes, at, inside)
    if (tag !== item) break
    const length = readUInt32(bytes, at + 4, inside)
    const start = at + 8
    const read = readElements(bytes, inside, {
      start,
      end: length === 0xffffffff ? sequence.end : Math.min(start + length, sequence.end),
      until: itemEnd,
    })
    found.push(read.elements)
    if (length !== 0xffffffff) at = start + length
    else if (read.kind === 'reached') at = read.stoppedAt + 8
    else break
  }
  return found
}

/** PS3.5 7.1.2 and 7.1.3: tag, VR where it is written, length. */
export function readHead(bytes: Buffer, at: number, end: number, encoding: HowToRead): Head | Failure {
  if (at + 8 > end) return 'truncated'
  const tag = readTag(bytes, at, encoding)
  const length32 = readUInt32(bytes, at + 4, encoding)
  if (tag === item || tag === itemEnd || tag === sequenceEnd) return { tag, vr: '', length: length32, offset: at + 8 }
  const first = bytes[at + 4]!
  const second = bytes[at + 5]!
  const hasVr = first >= 0x41 && first <= 0x5a && second >= 0x41 && second <= 0x5a
  // Some devices slip an implicit element into an explicit data set: it has no letters where the VR should be.
  if (encoding.explicitVr && !hasVr && encoding.strict) return 'malformed'
  if (!encoding.explicitVr || !hasVr) return { tag, vr: '', length: length32, offset: at + 8 }
  const vr = String.fromCharCode(first, second)
  if (!longVrs.has(vr)) {
    const length = encoding.littleEndian ? bytes.readUInt16LE(at + 6) : bytes.readUInt16BE(at + 6)
    return { tag, vr, length, offset: at + 8 }
  }
  if (at + 12 > end) return 'truncated'
  return { tag, vr, length: readUInt32(bytes, at + 8, encoding), offset: at + 12 }
}

/** UN of undefined length holds a sequence in implicit VR little endian, whatever the syntax (PS3.5 6.2.2 note 4). */
export function encodingWithin<E extends HowToRead>(vr: string, isUndefined: boolean, encoding: E): E {
  return vr === 'UN' && isUndefined ? { ...encoding, explicitVr: false, littleEndian: true } : encoding
}

/**
 * Behind the delimiter of a value of undefined length that begins at `start`: of a sequence or the fragments of encapsulated pixel data
 * (PS3.5 7.5, A.4), or of one item. `encoding` is that of what is inside.
 */
export function endOfUndefined(
  bytes: Buffer,
  start: number,
  end: number,
  encoding: HowToRead,
  kind: 'sequence' | 'item',
): number | Failure {
  const levels: { readonly kind: 'sequence' | 'item'; readonly encoding: HowToRead }[] = [{ kind, encoding }]
  let at = start
  while (levels.length > 0) {
    const level = levels.at(-1)!
    const inner = readHead(bytes, at, end, level.encoding)
    if (typeof inner === 'string') return inner
    const isUndefined = inner.length === 0xffffffff
    at = inner.offset
    if (level.kind === 'sequence') {
      if (inner.tag === sequenceEnd) levels.pop()
      else if (inner.tag !== item) return 'malformed'
      else if (isUndefined) levels.push({ kind: 'item', encoding: level.encoding })
      else at += inner.length
    } else if (inner.tag === itemEnd) levels.pop()
    else if (inner.tag === item || inner.tag === sequenceEnd) return 'malformed'
    else if (isUndefined) levels.push({ kind: 'sequence', encoding: encodingWithin(inner.vr, true, level.encoding) })
    else at += inner.length
    if (levels.length > 2 * deepest) return 'too-deep'
  }
  return at
}

/** Of the four bytes at `at`, which must be there. */
export function readTag(bytes: Buffer, at: number, encoding: HowToRead): number {
  const group = encoding.littleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)
  const element = encoding.littleEndian ? bytes.readUInt16LE(at + 2) : bytes.readUInt16BE(at + 2)
  return group * 0x10000 + element
}

function readUInt32(bytes: Buffer, at: number, encoding: HowToRead): number {
  return encoding.littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
}
