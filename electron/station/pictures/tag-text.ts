import type { DataSetEncoding } from '../../../shared/dicom/transfer-syntax.ts'
import { decodeText } from '../../../shared/text/character-sets.ts'
import { isBinary, jsonOfValue } from '../archive/json-values.ts'

const longest = 200
const longestBinary = 16
/** Whatever the encoding, 200 characters are within these bytes; escape sequences of names too. */
const mostBytes = 4096
/** SpecificCharacterSet applies to these (PS3.5 6.1.2.3); UN may be a private text. */
const extended = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT'])
const numeric = new Set(['AT', 'FD', 'FL', 'SL', 'SS', 'SV', 'UL', 'US', 'UV'])
const control = /(?![\t\n\f\r])\p{Cc}|\ufffd/u
const hiding = /(?![\t\n\f\r])\p{Cc}|\p{Bidi_Control}/gu

/** A value as a person reads it, at most 200 characters and then '…'. Several values keep their backslashes; bytes are hexadecimal. */
export function tagText(
  vr: string,
  value: Buffer,
  encoding: DataSetEncoding,
  characterSets: readonly string[],
): string {
  const bytes = value.subarray(0, mostBytes)
  const isCut = bytes.length < value.length
  if (numeric.has(vr)) return within((jsonOfValue(vr, bytes, encoding, ['']).Value ?? []).join('\\'), isCut)
  const isText = !isBinary(vr) || vr === 'UN'
  if (isText) {
    const isExtended = extended.has(vr) || vr === 'UN'
    const text = isExtended ? decodeText(bytes, characterSets, vr === 'PN') : bytes.toString('latin1')
    const trimmed = text.replace(/[\0 ]+$/u, '')
    if (vr !== 'UN' || !control.test(isCut ? trimmed.slice(0, -4) : trimmed))
      return within(withoutControls(trimmed), isCut)
  }
  const shown = bytes.subarray(0, longestBinary)
  const hex = [...shown].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
  return shown.length < value.length ? `${hex} … (${value.length})` : hex
}

function within(text: string, isCut: boolean): string {
  const characters = [...text.slice(0, 2 * longest)]
  return characters.length > longest || isCut ? `${characters.slice(0, longest).join('')}…` : text
}

/** What would turn or hide the words around it is shown as a box (bidirectional controls, and those of a terminal). */
const withoutControls = (text: string): string => text.replace(hiding, '\u25a1')
