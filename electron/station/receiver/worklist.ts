import { elementOfTag } from '../../../shared/dicom/data-dictionary.ts'
import { type ElementToWrite, encodeDataSet } from '../../../shared/dicom/data-set-writer.ts'
import { type ElementValues, valuesOf, valuesOfQuestion } from '../../../shared/dicom/element-values.ts'
import { specificCharacterSetOf } from '../../../shared/dicom/encode-text.ts'
import { matchesKey, rangeOf } from '../../../shared/dicom/match-key.ts'
import { readElements } from '../../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf } from '../../../shared/dicom/transfer-syntax.ts'
import type { Device, ReadAs } from '../../../shared/models/settings.ts'
import type { WorklistItem } from '../../../shared/models/worklist-item.ts'
import { termsReadAs } from '../../../shared/text/charset-doctor.ts'
import { dayOfDa } from '../../../shared/text/dicom-values.ts'
import type { WorklistScope } from '../exams/exams.ts'
import {
  type Attribute,
  type Attributes,
  textEncodings,
  type WorklistAttributes,
  worklistAttributes,
} from './worklist-attributes.ts'

/** The identifier of a worklist C-FIND (PS3.4 K.4.1.1.2): keys to match and to return, of the request and of its one step. */
export type WorklistQuery = {
  readonly request: ReadonlyMap<number, string>
  /** Undefined: the sequence was not asked for. An empty map: asked for whole. */
  readonly step: ReadonlyMap<number, string> | undefined
  /** (0008,0005) of the identifier, '' when it has none. */
  readonly characterSet: string
}

export const scheduledProcedureStepSequence = 0x00400100
const scheduledDate = 0x00400002
const accessionNumber = 0x00080050
const specificCharacterSet = 0x00080005

/**
 * Undefined: the bytes are no identifier. `assumed`: the device's own character set, for text in one that declares none. `readAs`: what staff
 * know its text to be written in, whatever is declared.
 */
export function readWorklistQuery(
  bytes: Buffer,
  transferSyntaxUid: string,
  assumed: Device['characterSet'],
  readAs: ReadAs = 'declared',
): WorklistQuery | undefined {
  const encoding = dataSetEncodingOf(transferSyntaxUid)
  const read = readElements(bytes, encoding)
  if (read.kind !== 'whole') return undefined
  const terms = assumed === 'pinyin' ? [''] : (termsReadAs(assumed) ?? [''])
  const known = termsReadAs(readAs)
  const values = known
    ? valuesOf(bytes, read.elements, encoding, known, known)
    : valuesOfQuestion(bytes, read.elements, encoding, terms)
  const keysOf = (level: ElementValues, tags: readonly number[]) => new Map(tags.map((tag) => [tag, keyOf(level, tag)]))
  const isPlain = (tag: number) => tag % 0x10000 !== 0 && tag !== scheduledProcedureStepSequence
  const step = values.items(scheduledProcedureStepSequence)[0]
  return {
    request: keysOf(values, [...read.elements.keys()].filter(isPlain)),
    step: read.elements.has(scheduledProcedureStepSequence)
      ? keysOf(step ?? values, step ? step.tags() : [])
      : undefined,
    characterSet: values.text(specificCharacterSet),
  }
}

/** A sequence is asked for as it is, whatever it is asked with. */
function keyOf(level: ElementValues, tag: number): string {
  const vr = elementOfTag(tag)?.vr
  if (vr === 'SQ') return ''
  return vr === 'PN' ? level.personName(tag) : level.text(tag)
}

/** The days, or the one exam, asked for, so that the exams room need not hand out every exam there ever was. */
export function scopeOf(query: WorklistQuery): WorklistScope {
  const { from, to } = rangeOf(query.step?.get(scheduledDate) ?? '')
  const number = query.request.get(accessionNumber)?.trim() ?? ''
  return {
    fromDay: dayOfDa(from) || undefined,
    toDay: dayOfDa(to) || undefined,
    accessionNumber: number === '' || /[*?\\]/.test(number) ? undefined : number,
  }
}

const modality = 0x00080060
const stepStatus = 0x00400020
/** Other words by which a value is found too; it is answered with the word it was asked by. */
const otherWords: Readonly<Record<number, Readonly<Record<string, readonly string[]>>>> = {
  // DR is what clinics say; DX is the standard's word for the same devices (PS3.3 C.7.3.1.1.1).
  [modality]: { DR: ['DX'], DX: ['DR'] },
  // Who is registered here has come and may be examined (PS3.3 C.4.10).
  [stepStatus]: { SCHEDULED: ['ARRIVED', 'READY'] },
}

/** Pure: do all keys match, PS3.4 C.2.2.2? Keys that are not supported match everything (K.2.2.1.2, optional keys). */
export function matchesWorklist(query: WorklistQuery, attributes: WorklistAttributes): boolean {
  return matchesLevel(query.request, attributes.request) && matchesLevel(query.step ?? new Map(), attributes.step)
}

function matchesLevel(keys: ReadonlyMap<number, string>, attributes: Attributes): boolean {
  for (const [tag, key] of keys) {
    const attribute = attributes.get(tag)
    if (!attribute || matchesKey(attribute.vr, key, attribute.value)) continue
    const words = otherWords[tag]?.[attribute.value] ?? []
    if (!words.some((word) => matchesKey(attribute.vr, key, word))) return false
  }
  return true
}

/**
 * Pure: whether every key is matched and comes back (PS3.4 table K.4-1, 0xFF01 otherwise). One that is not known here and only asked for
 * comes back empty; one that is asked by matches everything.
 */
export function isWhollySupported(query: WorklistQuery, attributes: WorklistAttributes): boolean {
  const isSupported = (known: Attributes) => (key: string, tag: number) =>
    tag === specificCharacterSet || known.has(tag) || (key === '' && elementOfTag(tag) !== undefined)
  const every = (keys: ReadonlyMap<number, string>, known: Attributes) =>
    [...keys].every(([tag, key]) => isSupported(known)(key, tag))
  return every(query.request, attributes.request) && every(query.step ?? new Map(), attributes.step)
}

/** Answers of a query in bytes, in the words and the character set of the device that asks. */
export function answerWorklist(
  query: WorklistQuery,
  items: readonly WorklistItem[],
  device: { readonly aeTitle: string; readonly characterSet: Device['characterSet'] },
  write: { readonly explicitVr: boolean; readonly most: number },
): Buffer[] {
  const answers: Buffer[] = []
  for (const item of items) {
    const attributes = worklistAttributes(item, device.characterSet, device.aeTitle)
    if (answers.length >= write.most) break
    // What is asked for in Chinese finds an exam whose Chinese this device cannot show whole.
    const inFull = () => worklistAttributes(item, 'utf-8', device.aeTitle)
    if (!matchesWorklist(query, attributes) && !matchesWorklist(query, inFull())) continue
    answers.push(encodeAnswer(query, attributes, device.characterSet, write.explicitVr))
  }
  return answers
}

function encodeAnswer(
  query: WorklistQuery,
  attributes: WorklistAttributes,
  characterSet: Device['characterSet'],
  explicitVr: boolean,
): Buffer {
  const text = textEncodings[characterSet]
  const elements: ElementToWrite[] = requested(query.request, attributes.request)
  // Type 1C: the default repertoire alone is not declared (PS3.3 C.12.1.1.2).
  const declares = specificCharacterSetOf[text]
  if (declares !== '') elements.push({ tag: specificCharacterSet, vr: 'CS', value: declares })
  if (query.step) {
    // An empty item asks for all of it (PS3.4 C.2.2.2.6).
    const wanted = query.step.size > 0 ? query.step : new Map([...attributes.step.keys()].map((tag) => [tag, '']))
    elements.push({ tag: scheduledProcedureStepSequence, vr: 'SQ', value: [requested(wanted, attributes.step)] })
  }
  return encodeDataSet(elements, { explicitVr, text })
}

/** Each return key, in the word it was asked by; what is not known here comes back empty (PS3.4 K.2.2.1.2). */
function requested(keys: ReadonlyMap<number, string>, attributes: Attributes): ElementToWrite[] {
  return [...keys].flatMap(([tag, key]) => {
    if (tag === specificCharacterSet) return []
    const attribute = attributes.get(tag)
    if (!attribute) return emptyElement(tag)
    return [
      elementOf(tag, otherWords[tag]?.[attribute.value]?.includes(key) ? { ...attribute, value: key } : attribute),
    ]
  })
}

function elementOf(tag: number, { vr, value, items }: Attribute): ElementToWrite {
  if (!items) return { tag, vr, value }
  return { tag, vr, value: items.map((item) => [...item].map(([inner, attribute]) => elementOf(inner, attribute))) }
}

const textVrs = new Set([
  'AE',
  'AS',
  'CS',
  'DA',
  'DS',
  'DT',
  'IS',
  'LO',
  'LT',
  'PN',
  'SH',
  'ST',
  'TM',
  'UC',
  'UI',
  'UT',
])

/** Of a standard element; a private one is left out. */
function emptyElement(tag: number): ElementToWrite[] {
  const vr = elementOfTag(tag)?.vr
  if (vr === undefined) return []
  if (textVrs.has(vr)) return [{ tag, vr, value: '' }]
  return [{ tag, vr: vr === 'XS' ? 'US' : vr, value: vr === 'SQ' ? [] : Buffer.alloc(0) }]
}
