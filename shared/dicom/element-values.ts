import { characterSetsOf, decodeText } from '../text/character-sets.ts'
import { type Element, type Elements, itemsOf } from './read-elements.ts'
import type { DataSetEncoding } from './transfer-syntax.ts'

/** The longest LT in any encoding (10,240 characters, PS3.5 table 6.2-1); of a longer UT the rest stays in the file. */
const longestText = 64 * 1024

/** The values of one level of a data set, read when asked. Absent elements are '' or undefined. */
export type ElementValues = {
  /** Decoded, without the padding of PS3.5 6.2 at the end. Several values keep their backslashes. */
  text(tag: number): string
  /** PN: empty component groups at the end are left out. */
  personName(tag: number): string
  /** The first value of an IS, DS, US, SS, UL, SL, FL or FD. */
  number(tag: number): number | undefined
  numbers(tag: number): readonly number[]
  items(tag: number): readonly ElementValues[]
  /** The bytes of a text as they came, without padding; undefined where the element is absent. */
  rawText(tag: number): Buffer | undefined
  /** (0008,0005) as it stands at this level, or as it is inherited; '' where none is declared. */
  readonly declaredCharacterSet: string
  has(tag: number): boolean
  tags(): readonly number[]
}

const specificCharacterSet = 0x00080005

/**
 * Text is decoded by (0008,0005) of its own level; an item that declares none has that of the level above (PS3.3 C.12.1.1.2).
 * `readAs`: terms that hold instead, at every level, whatever is declared.
 */
export function valuesOf(
  bytes: Buffer,
  elements: Elements,
  encoding: DataSetEncoding,
  inheritedCharacterSets: readonly string[] = [''],
  readAs?: readonly string[],
): ElementValues {
  const declared = elements.get(specificCharacterSet)
  const declaredCharacterSet = declared
    ? trimmed(raw(bytes, declared).toString('latin1'))
    : inheritedCharacterSets.join('\\')
  const declaredSets = declared ? characterSetsOf(declaredCharacterSet) : inheritedCharacterSets
  const characterSets = readAs ?? declaredSets

  const decoded = (tag: number, isName: boolean): string => {
    const element = elements.get(tag)
    return element ? trimmed(decodeText(raw(bytes, element), characterSets, isName)) : ''
  }
  const numbers = (tag: number): readonly number[] => {
    const element = elements.get(tag)
    return element ? numbersIn(raw(bytes, element), element.vr || (implicitVr[tag] ?? 'IS'), encoding) : []
  }
  return {
    text: (tag) => decoded(tag, false).trim(),
    personName: (tag) => decoded(tag, true).replace(/[=^\s]+$/u, ''),
    numbers,
    number: (tag) => numbers(tag)[0],
    items: (tag) =>
      itemsOf(bytes, elements.get(tag), encoding).map((inner) =>
        valuesOf(bytes, inner, { ...encoding, explicitVr: elements.get(tag)!.explicitVr }, declaredSets, readAs),
      ),
    rawText(tag) {
      const element = elements.get(tag)
      return element && withoutPadding(raw(bytes, element))
    },
    declaredCharacterSet,
    has: (tag) => elements.has(tag),
    tags: () => [...elements.keys()],
  }
}

/**
 * Values of a question (the identifier of a C-FIND, C-MOVE or C-GET). Where SpecificCharacterSet is absent, or empty because the device
 * only asks for it, its text is in the sets of `assumed`.
 */
export function valuesOfQuestion(
  bytes: Buffer,
  elements: Elements,
  encoding: DataSetEncoding,
  assumed: readonly string[],
): ElementValues {
  const values = valuesOf(bytes, elements, encoding, assumed)
  return values.text(specificCharacterSet) === '' ? valuesOf(bytes, elements, encoding, assumed, assumed) : values
}

/** Binary numbers that are read here and whose VR an implicit data set does not write. */
const implicitVr: Readonly<Record<number, string>> = {
  2621442: 'US', // SamplesPerPixel
  2621446: 'US', // PlanarConfiguration
  2621456: 'US', // Rows
  2621457: 'US', // Columns
  2621696: 'US', // BitsAllocated
  2621697: 'US', // BitsStored
  2621698: 'US', // HighBit
  2621699: 'US', // PixelRepresentation
  2625793: 'US', // RedPaletteColorLookupTableDescriptor
  2625794: 'US', // GreenPaletteColorLookupTableDescriptor
  2625795: 'US', // BluePaletteColorLookupTableDescriptor
  1597464: 'UL', // RegionLocationMinX0
  1597466: 'UL', // RegionLocationMinY0
  1597468: 'UL', // RegionLocationMaxX1
  1597470: 'UL', // RegionLocationMaxY1
  1597476: 'US', // PhysicalUnitsXDirection
  1597478: 'US', // PhysicalUnitsYDirection
  1597484: 'FD', // PhysicalDeltaX
  1597486: 'FD', // PhysicalDeltaY
}

function raw(bytes: Buffer, element: Element): Buffer {
  const end = element.length === undefined ? element.offset : element.end
  return bytes.subarray(element.offset, Math.min(end, element.offset + longestText))
}

function withoutPadding(bytes: Buffer): Buffer {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0x20)) end--
  return bytes.subarray(0, end)
}

function trimmed(text: string): string {
  return text.replace(/[\0 ]+$/u, '')
}

const sizes: Readonly<Record<string, number>> = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8 }

function numbersIn(bytes: Buffer, vr: string, { littleEndian }: DataSetEncoding): readonly number[] {
  const size = sizes[vr]
  if (size === undefined) {
    return bytes
      .toString('latin1')
      .split('\\')
      .map((part) => Number(part.replaceAll('\0', '').trim() || Number.NaN))
      .filter((value) => Number.isFinite(value))
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length - (bytes.length % size))
  return Array.from({ length: view.byteLength / size }, (_, index) => readNumber(view, index * size, vr, littleEndian))
}

/** One US, SS, UL, SL, FL or FD (PS3.5 6.2). */
export function readNumber(view: DataView, at: number, vr: string, littleEndian: boolean): number {
  switch (vr) {
    case 'US':
      return view.getUint16(at, littleEndian)
    case 'SS':
      return view.getInt16(at, littleEndian)
    case 'UL':
      return view.getUint32(at, littleEndian)
    case 'SL':
      return view.getInt32(at, littleEndian)
    case 'FL':
      return view.getFloat32(at, littleEndian)
    default:
      return view.getFloat64(at, littleEndian)
  }
}
