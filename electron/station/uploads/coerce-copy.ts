import { encodeExactly, type TextEncoding } from '../../../shared/dicom/encode-text.ts'
import type { DataSetEncoding } from '../../../shared/dicom/transfer-syntax.ts'
import { type ElementSpan, walkElements } from '../../../shared/dicom/walk-elements.ts'
import { evenLength, writeElement, writeText } from '../../../shared/dicom/write-element.ts'
import { redeclareItems } from './declared-in-items.ts'
import { type CoercionStamp, originalAttributes } from './original-attributes.ts'
import { encodingDeclaredBy, textIn } from './specific-character-set.ts'

/** What the copy must say about whose exam it is. Absent or empty: left as received. */
export type WantedElements = {
  /** The set in which the bytes are, where the device declares another: said at the top and in every item, the text stays. */
  readonly SpecificCharacterSet?: string
  readonly AccessionNumber?: string
  readonly PatientName?: string
  readonly PatientID?: string
  /** DA. */
  readonly PatientBirthDate?: string
  readonly PatientSex?: string
  readonly StudyInstanceUID?: string
}
export type CoercedElement = keyof WantedElements

export type ElementChange = { readonly element: CoercedElement; readonly from: string; readonly to: string }

export type Coercion =
  /** The copy is the original, byte for byte. */
  | { readonly kind: 'same' }
  /** `head` takes the place of the first `rest` bytes; from there on the original's bytes follow. */
  | {
      readonly kind: 'coerced'
      readonly head: Buffer
      readonly rest: number
      readonly changes: readonly ElementChange[]
    }
  | { readonly kind: 'needs-more' }
  | { readonly kind: 'malformed'; readonly what: string }
  /** The value holds characters that the data set's character set can't carry. */
  | { readonly kind: 'cannot-write'; readonly element: CoercedElement }

const coercible: readonly { readonly keyword: CoercedElement; readonly tag: number; readonly vr: string }[] = [
  { keyword: 'AccessionNumber', tag: 0x00080050, vr: 'SH' },
  { keyword: 'PatientName', tag: 0x00100010, vr: 'PN' },
  { keyword: 'PatientID', tag: 0x00100020, vr: 'LO' },
  { keyword: 'PatientBirthDate', tag: 0x00100030, vr: 'DA' },
  { keyword: 'PatientSex', tag: 0x00100040, vr: 'CS' },
  { keyword: 'StudyInstanceUID', tag: 0x0020000d, vr: 'UI' },
]
const specificCharacterSet = 0x00080005
const sopInstanceUid = 0x00080018
const originalAttributesSequence = 0x04000561
/** Behind it are waveforms, spectra, overlays and pixels. */
const lastWithItems = 0x5200ffff
const gb2312Escape = '\x1b$)A'
/** Length to End (0008,0001), retired: the length of what follows. */
const lengthToEnd = 0x00080001

type Written = { readonly tag: number; readonly element: Buffer }
type Replacement = {
  readonly tag: number
  readonly vr: string
  readonly element: Buffer
  readonly original: ElementSpan | undefined
}

/**
 * Coercion of a copy, as PS3.4 allows a sender that knows the patient better than the modality did: the wanted elements are
 * replaced or put in their place in the data set's own character set, OriginalAttributesSequence (0400,0561) keeps what stood
 * there (PS3.3 C.12.1), and every other element stays the very same bytes. Only top-level elements before (0400,0561) are
 * looked at; where another character set is to be declared, items of sequences up to group 5200 too, and what (0400,0561) held stays. Group lengths of the groups that changed are left out (retired, PS3.5 7.2), because they would be wrong.
 *
 * `bytes`: the first bytes of the data set, not deflated; `whole` says that they are all of it.
 */
export function coerceElements(
  bytes: Buffer,
  encoding: DataSetEncoding,
  whole: boolean,
  wanted: WantedElements,
  stamp: CoercionStamp,
): Coercion {
  const deep = wanted.SpecificCharacterSet ? walkElements(bytes, encoding, lastWithItems, whole) : undefined
  if (deep?.kind === 'needs-more') return deep
  // A fault behind what must be changed keeps no image back: the top is put right all the same.
  const walk = deep?.kind === 'walked' ? deep : walkElements(bytes, encoding, originalAttributesSequence, whole)
  if (walk.kind !== 'walked') return walk
  if (!walk.elements.some(({ tag }) => tag === sopInstanceUid)) return { kind: 'malformed', what: 'no SOPInstanceUID' }
  const spans = new Map(walk.elements.map((element) => [element.tag, element]))
  const valueIn = (span: ElementSpan | undefined) =>
    span ? bytes.subarray(span.valueStart, span.end) : Buffer.alloc(0)
  const declared = valueIn(spans.get(specificCharacterSet))
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
  const truth = truthOf(wanted.SpecificCharacterSet, bytes.subarray(0, walk.rest))
  const writtenIn = encodingDeclaredBy(truth ?? declared)

  const replacements: Replacement[] = []
  const changes: ElementChange[] = []
  if (truth !== undefined && truth !== declared) {
    const element = writeText(specificCharacterSet, 'CS', truth, encoding)
    replacements.push({ tag: specificCharacterSet, vr: 'CS', original: spans.get(specificCharacterSet), element })
    changes.push({ element: 'SpecificCharacterSet', from: declared, to: truth })
  }
  const redeclared = truth === undefined ? [] : sequencesToRedeclare(bytes, walk.elements, encoding, truth)
  for (const from of new Set(redeclared.flatMap(({ former }) => former))) {
    const isSaid = changes.some((change) => change.from === from)
    if (truth !== undefined && !isSaid) changes.push({ element: 'SpecificCharacterSet', from, to: truth })
  }
  for (const { keyword, tag, vr } of coercible) {
    const to = wanted[keyword]
    if (to === undefined || to === '') continue
    const original = spans.get(tag)
    const from = textIn(valueIn(original), writtenIn).replace(/[\0 ]+$/, '')
    const decision = keyword === 'PatientName' ? decideName(from, to, writtenIn) : decideText(from, to, writtenIn)
    if (decision.kind === 'keep') continue
    if (decision.kind === 'cannot-write') return { kind: 'cannot-write', element: keyword }
    replacements.push({ tag, vr, original, element: writeElement(tag, vr, evenLength(decision.bytes, vr), encoding) })
    changes.push({ element: keyword, from, to: decision.text })
  }
  if (changes.length === 0) return { kind: 'same' }

  const previous = replacements.map(({ tag, vr, original }) => ({
    tag,
    vr: original?.vr || vr,
    value: valueIn(original),
  }))
  const former = spans.get(originalAttributesSequence)
  const written: Written[] = [...replacements, ...redeclared]
  if (replacements.length > 0) {
    const element = originalAttributes(previous, stamp, encoding, bytes, former)
    written.push({ tag: originalAttributesSequence, element })
  }
  return { kind: 'coerced', head: merged(bytes, walk.elements, written), rest: walk.rest, changes }
}

/** Of GB 2312 that a device writes without its escape sequences (PS3.5 annex K), GBK is what is true: it contains it. */
function truthOf(wanted: string | undefined, header: Buffer): string | undefined {
  if (!wanted) return undefined
  return /ISO 2022 IR 58/.test(wanted) && !header.includes(gb2312Escape, 0, 'latin1') ? 'GBK' : wanted
}

function sequencesToRedeclare(
  bytes: Buffer,
  elements: readonly ElementSpan[],
  encoding: DataSetEncoding,
  term: string,
) {
  return elements
    .filter(({ tag }) => tag !== originalAttributesSequence)
    .flatMap((element) => {
      const found = redeclareItems(bytes, element, encoding, term)
      return found ? [{ tag: element.tag, ...found }] : []
    })
}

type ElementDecision =
  | { readonly kind: 'keep' }
  | { readonly kind: 'write'; readonly bytes: Buffer; readonly text: string }
  | { readonly kind: 'cannot-write' }

function decideText(from: string, to: string, writtenIn: TextEncoding): ElementDecision {
  if (from.trim() === to.trim()) return { kind: 'keep' }
  const bytes = encodeExactly(to, writtenIn)
  return bytes ? { kind: 'write', bytes, text: to } : { kind: 'cannot-write' }
}

/**
 * A name that says the same stays as the device wrote it. Where the character set can't carry the Chinese name, a Latin one that
 * agrees stays, and otherwise the alphabetic group alone is written: pinyin is right in every character set, mojibake in none.
 */
function decideName(from: string, to: string, writtenIn: TextEncoding): ElementDecision {
  if (comparable(from) === comparable(to)) return { kind: 'keep' }
  const bytes = encodeExactly(to, writtenIn, true)
  if (bytes) return { kind: 'write', bytes, text: to }
  const alphabetic = to.split('=')[0] ?? ''
  const latin = /^[\x20-\x7e]+$/.test(alphabetic) ? encodeExactly(alphabetic, writtenIn, true) : undefined
  if (!latin) return { kind: 'cannot-write' }
  // A name beside it in another group may be another person's: only a name that is Latin alone can agree.
  if (/^[\x20-\x7e]*$/.test(from) && lettersOf(from) === lettersOf(alphabetic)) return { kind: 'keep' }
  return { kind: 'write', bytes: latin, text: alphabetic }
}

/** PS3.5 6.2.1: trailing delimiters and spaces mean nothing; upper and lower case of Latin letters are a device's habit. */
function comparable(name: string): string {
  const groups = name.split('=').map((group) =>
    group
      .split('^')
      .map((component) => component.trim())
      .join('^')
      .replace(/\^+$/, ''),
  )
  return groups.join('=').replace(/=+$/, '').toUpperCase()
}

const lettersOf = (name: string) => name.toUpperCase().replace(/[^A-Z]/g, '')

/** The head with the written elements in tag order among those that stay. */
function merged(bytes: Buffer, elements: readonly ElementSpan[], written: readonly Written[]): Buffer {
  const tags = new Set(written.map(({ tag }) => tag))
  const groups = new Set([...tags].map((tag) => Math.floor(tag / 0x10000)))
  const stays = ({ tag }: ElementSpan) => {
    if (tags.has(tag) || tag === lengthToEnd) return false
    return tag % 0x10000 !== 0 || !groups.has(Math.floor(tag / 0x10000))
  }
  const kept = elements.filter(stays).map(({ tag, start, end }) => ({ tag, element: bytes.subarray(start, end) }))
  return Buffer.concat([...kept, ...written].sort((a, b) => a.tag - b.tag).map(({ element }) => element))
}
