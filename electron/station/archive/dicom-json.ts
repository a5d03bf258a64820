import { elementOfTag } from '../../../shared/dicom/data-dictionary.ts'
import { type Element, type Elements, itemsOf, pixelData } from '../../../shared/dicom/read-elements.ts'
import type { DataSetEncoding } from '../../../shared/dicom/transfer-syntax.ts'
import { characterSetsOf } from '../../../shared/text/character-sets.ts'
import type { StoredDataSet } from './archive.ts'
import { type DicomJson, hexOf, isBinary, type JsonElement, jsonOfValue } from './json-values.ts'
import { type StoredElement, withStoredElements } from './stored-elements.ts'

export type JsonOptions = {
  /** The address of a value that is not written into the JSON. `path`: tag, or tag, item, tag … */
  readonly bulkDataUri: (path: readonly number[]) => string
  /** Read text as this, whatever the data set declares (a device that declares the wrong character set). */
  readonly readAs?: readonly string[] | undefined
}

const specificCharacterSet = 0x00080005
/** Longer binary values, and text, are given by reference. */
const longestInline = 16 * 1024
const longestText = 1024 * 1024
const deepest = 16

type Level = JsonOptions & {
  readonly encoding: DataSetEncoding
  readonly characterSets: readonly string[]
  readonly isSigned: boolean
  readonly path: readonly number[]
}

/**
 * A stored data set in the DICOM JSON model, PS3.18 F: every element, long values and pixel data by BulkDataURI. What cannot be
 * read ends it; throws only when the file is gone.
 */
export async function dicomJsonOf(stored: StoredDataSet, options: JsonOptions): Promise<DicomJson> {
  return withStoredElements(stored, async ({ elements, encoding }) => {
    const level: Level = {
      ...options,
      encoding,
      path: [],
      characterSets: options.readAs ?? declaredIn(elements) ?? [''],
      isSigned: shortOf(elements, 0x00280103, encoding) === 1,
    }
    const json: Record<string, JsonElement> = {}
    for (const element of elements) {
      if (isLeftOut(element.tag)) continue
      json[hexOf(element.tag)] = element.inMemory
        ? jsonOfElement(element.inMemory.bytes, element.tag, element.inMemory.element, level)
        : { vr: vrOf(element.tag, element.vr, level), BulkDataURI: options.bulkDataUri([element.tag]) }
    }
    return inOrder(json)
  })
}

function declaredIn(elements: readonly StoredElement[]): readonly string[] | undefined {
  const declared = elements.find(({ tag }) => tag === specificCharacterSet)?.inMemory
  return declared && termsOf(declared.bytes, declared.element)
}

function termsOf(bytes: Buffer, { offset, end }: Element): readonly string[] {
  return characterSetsOf(bytes.toString('latin1', offset, end).replace(/[\0 ]+$/u, ''))
}

function shortOf(elements: readonly StoredElement[], wanted: number, { littleEndian }: DataSetEncoding) {
  const found = elements.find(({ tag }) => tag === wanted)?.inMemory
  if (found?.element.length !== 2) return undefined
  return littleEndian ? found.bytes.readUInt16LE(found.element.offset) : found.bytes.readUInt16BE(found.element.offset)
}

/** Group lengths and file meta information are no part of the model (PS3.18 F.2.2). */
const isLeftOut = (tag: number): boolean => tag % 0x10000 === 0 || Math.floor(tag / 0x10000) <= 2

function jsonOfElement(bytes: Buffer, tag: number, element: Element, level: Level): JsonElement {
  const vr = element.length === undefined && tag !== pixelData ? 'SQ' : vrOf(tag, element.vr, level)
  const path = [...level.path, tag]
  if (vr === 'SQ') return { vr, ...itemsJson(bytes, element, { ...level, path }) }
  // PS3.18 F.2.2: the model is UTF-8, and its SpecificCharacterSet says so.
  if (tag === specificCharacterSet) return { vr, Value: ['ISO_IR 192'] }
  const length = element.end - element.offset
  if (tag === pixelData || length > (isBinary(vr) ? longestInline : longestText)) {
    return { vr, BulkDataURI: level.bulkDataUri(path) }
  }
  return jsonOfValue(vr, bytes.subarray(element.offset, element.end), level.encoding, level.characterSets)
}

function itemsJson(bytes: Buffer, sequence: Element, level: Level) {
  if (level.path.length > 2 * deepest) return {}
  const items = itemsOf(bytes, sequence, level.encoding)
  const encoding = { ...level.encoding, explicitVr: sequence.explicitVr }
  const Value = items.map((item, index) => itemJson(bytes, item, { ...level, encoding, path: [...level.path, index] }))
  return Value.length > 0 ? { Value } : {}
}

function itemJson(bytes: Buffer, item: Elements, level: Level): DicomJson {
  const declared = item.get(specificCharacterSet)
  const characterSets = declared && !level.readAs ? termsOf(bytes, declared) : level.characterSets
  const json: Record<string, JsonElement> = {}
  for (const [tag, element] of item) {
    if (!isLeftOut(tag)) json[hexOf(tag)] = jsonOfElement(bytes, tag, element, { ...level, characterSets })
  }
  return inOrder(json)
}

/** Implicit VR: what PS3.6 says; a private creator is LO, other private elements are not known (PS3.5 7.8.1, 6.2.2). */
function vrOf(tag: number, written: string, { isSigned }: Pick<Level, 'isSigned'>): string {
  if (written !== '' && written !== 'UN') return written
  const known = elementOfTag(tag)?.vr
  if (known === 'XS') return isSigned ? 'SS' : 'US'
  if (known) return known
  const isCreator = Math.floor(tag / 0x10000) % 2 === 1 && tag % 0x10000 >= 0x10 && tag % 0x10000 <= 0xff
  return isCreator ? 'LO' : 'UN'
}

function inOrder(json: Record<string, JsonElement>): DicomJson {
  return Object.fromEntries(Object.entries(json).sort(([one], [other]) => (one < other ? -1 : 1)))
}
