import {
  encodingWithin,
  endOfUndefined,
  type Failure,
  type HowToRead,
  item,
  readHead,
  readTag,
} from './read-elements.ts'
import type { DataSetEncoding } from './transfer-syntax.ts'

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

/**
 * The top-level elements of a data set up to and including `lastTag`, in file order, PS3.5 7.1 and 7.5. Values are neither read
 * nor decoded: only their places are found. `whole` says that `bytes` is all there is, so that an early end is an error.
 */
export function walkElements(bytes: Buffer, encoding: DataSetEncoding, lastTag: number, whole: boolean): Walk {
  const strictly = { ...encoding, strict: true }
  const elements: ElementSpan[] = []
  let at = 0
  while (!(whole && at === bytes.length)) {
    if (at + 4 > bytes.length) return failure('truncated', 0, whole)
    const tag = readTag(bytes, at, encoding)
    if (tag > lastTag) break
    const previous = elements.at(-1)
    if (previous && tag <= previous.tag) return malformed(`${nameOfTag(tag)} comes after ${nameOfTag(previous.tag)}`)
    const element = spanAt(bytes, at, strictly)
    if (typeof element === 'string') return failure(element, tag, whole)
    elements.push(element)
    at = element.end
  }
  return { kind: 'walked', elements, rest: at }
}

const malformed = (what: string): Walk => ({ kind: 'malformed', what })

function failure(kind: Failure, tag: number, whole: boolean): Walk {
  if (kind === 'too-deep') return malformed('sequences are nested too deeply')
  if (kind === 'malformed') return malformed(`${nameOfTag(tag)} cannot be read`)
  return whole ? malformed('the data set ends in the middle of an element') : { kind: 'needs-more' }
}

function spanAt(bytes: Buffer, start: number, encoding: HowToRead): ElementSpan | Failure {
  const head = readHead(bytes, start, bytes.length, encoding)
  if (typeof head === 'string') return head
  const { tag, vr, offset: valueStart } = head
  if (tag >= item) return 'malformed'
  const undefinedLength = head.length === 0xffffffff
  const end = undefinedLength
    ? endOfUndefined(bytes, valueStart, bytes.length, encodingWithin(vr, true, encoding), 'sequence')
    : valueStart + head.length
  if (typeof end === 'string') return end
  return end > bytes.length ? 'truncated' : { tag, vr, start, valueStart, end, undefinedLength }
}

/** The contents of a sequence's items; undefined where they can't be read. `encoding` is that of the items. */
export function readItems(
  bytes: Buffer,
  sequence: ElementSpan,
  encoding: DataSetEncoding,
): readonly Buffer[] | undefined {
  const strictly = { ...encoding, strict: true }
  const items: Buffer[] = []
  const end = sequence.undefinedLength ? sequence.end - 8 : sequence.end
  for (let at = sequence.valueStart; at < end; ) {
    const head = readHead(bytes, at, end, strictly)
    if (typeof head === 'string' || head.tag !== item) return undefined
    const isUndefined = head.length === 0xffffffff
    const next = isUndefined ? endOfUndefined(bytes, head.offset, end, strictly, 'item') : head.offset + head.length
    if (typeof next === 'string' || next > end) return undefined
    items.push(bytes.subarray(head.offset, isUndefined ? next - 8 : next))
    at = next
  }
  return items
}

export function nameOfTag(tag: number): string {
  const hex = tag.toString(16).padStart(8, '0').toUpperCase()
  return `(${hex.slice(0, 4)},${hex.slice(4)})`
}
