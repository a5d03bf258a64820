import { readNumber } from '../../../shared/dicom/element-values.ts'
import type { DataSetEncoding } from '../../../shared/dicom/transfer-syntax.ts'
import { decodeText } from '../../../shared/text/character-sets.ts'

/** The values of an element in the DICOM JSON model, PS3.18 F.2.2 to F.2.5: a null stands for an empty value among others. */
export type JsonValue = string | number | PersonNameJson | DicomJson | null
export type PersonNameJson = { readonly Alphabetic?: string; readonly Ideographic?: string; readonly Phonetic?: string }
export type JsonElement = {
  readonly vr: string
  readonly Value?: readonly JsonValue[]
  readonly BulkDataURI?: string
  readonly InlineBinary?: string
}
/** Eight hexadecimal digits, upper case → element. */
export type DicomJson = Readonly<Record<string, JsonElement>>

const binary = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN'])
const single = new Set(['LT', 'ST', 'UT', 'UR'])
/** SpecificCharacterSet applies to these (PS3.5 6.1.2.3). */
const extended = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT'])
const wordSizes: Readonly<Record<string, number>> = { OW: 2, OF: 4, OL: 4, OD: 8, OV: 8 }

export const isBinary = (vr: string): boolean => binary.has(vr)
/** Bytes of the word in which a binary value is written; 1 where byte order is no question. */
export const wordSizeOf = (vr: string): number => wordSizes[vr] ?? 1

/** `vr` is one of PS3.5 6.2, not SQ. `bytes` is the value as stored. */
export function jsonOfValue(
  vr: string,
  bytes: Buffer,
  encoding: DataSetEncoding,
  characterSets: readonly string[],
): JsonElement {
  if (bytes.length === 0) return { vr }
  if (binary.has(vr)) return { vr, InlineBinary: littleEndian(bytes, vr, encoding).toString('base64') }
  const numbers = numbersOf(vr, bytes, encoding)
  if (numbers) return numbers.length > 0 ? { vr, Value: numbers } : { vr }
  const text = extended.has(vr) ? decodeText(bytes, characterSets, vr === 'PN') : bytes.toString('latin1')
  const values = (single.has(vr) ? [text] : text.split('\\')).map((one) => oneValue(vr, one))
  return values.every((value) => value === null) ? { vr } : { vr, Value: values }
}

/** A copy in little endian, the byte order of every representation on the web (PS3.18 F.2.7 and 8.7.3). */
export function littleEndian(bytes: Buffer, vr: string, encoding: DataSetEncoding): Buffer {
  const size = wordSizeOf(vr)
  if (encoding.littleEndian || size === 1) return bytes
  const copy = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % size)))
  return size === 2 ? copy.swap16() : size === 4 ? copy.swap32() : copy.swap64()
}

function oneValue(vr: string, text: string): JsonValue {
  const kept = single.has(vr) ? text.replace(/[\0 ]+$/u, '') : text.replace(/^ +|[\0 ]+$/gu, '')
  if (kept === '') return null
  if (vr === 'PN') return personName(kept)
  if (vr !== 'DS' && vr !== 'IS') return kept
  const number = Number(kept)
  return Number.isFinite(number) ? number : kept
}

/** PS3.18 F.2.2: each component group under its name. */
export function personName(text: string): PersonNameJson | null {
  const [alphabetic, ideographic, phonetic] = text.split('=').map((group) => group.replace(/[\^ ]+$/u, ''))
  const name = {
    ...(alphabetic && { Alphabetic: alphabetic }),
    ...(ideographic && { Ideographic: ideographic }),
    ...(phonetic && { Phonetic: phonetic }),
  }
  return Object.keys(name).length > 0 ? name : null
}

const numberSizes: Readonly<Record<string, number>> = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8, UV: 8, SV: 8, AT: 4 }

function numbersOf(vr: string, bytes: Buffer, { littleEndian: le }: DataSetEncoding): JsonValue[] | undefined {
  const size = numberSizes[vr]
  if (size === undefined) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, index) => {
    const at = index * size
    switch (vr) {
      case 'UV':
        return safe(view.getBigUint64(at, le))
      case 'SV':
        return safe(view.getBigInt64(at, le))
      case 'AT':
        return hexOf(view.getUint16(at, le) * 0x10000 + view.getUint16(at + 2, le))
      default:
        return finite(readNumber(view, at, vr, le))
    }
  })
}

/** JSON has no NaN and no infinity: they are written as text. */
const finite = (value: number): number | string => (Number.isFinite(value) ? value : String(value))
const safe = (value: bigint): number | string =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value)

export const hexOf = (tag: number): string => tag.toString(16).toUpperCase().padStart(8, '0')
