import { encodeText, type TextEncoding } from './encode-text.ts'
import { elementHead, evenLength, writeItem } from './write-element.ts'

/** A value as it is to be written: text and numbers by VR, bytes as they are, items of a sequence. */
export type ElementToWrite = {
  readonly tag: number
  readonly vr: string
  readonly value: string | number | readonly number[] | Buffer | readonly (readonly ElementToWrite[])[]
}

export type WriteAs = { readonly explicitVr: boolean; readonly text: TextEncoding }

const numberSizes: Readonly<Record<string, number>> = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8 }
/** PS3.5 6.2: SpecificCharacterSet applies to these; all others are written in the default repertoire. */
const extendedText = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT'])

/** A data set in little endian, in order of tags, sequences and items with their lengths written (PS3.5 7.1, 7.5). */
export function encodeDataSet(elements: readonly ElementToWrite[], as: WriteAs): Buffer {
  const inOrder = [...elements].sort((a, b) => a.tag - b.tag)
  return Buffer.concat(inOrder.flatMap((element) => encodeElement(element, as)))
}

/** The elements of one group with its length before them, as command sets and file meta information have it (PS3.7 6.3.1, PS3.10 7.1). */
export function encodeGroup(elements: readonly ElementToWrite[], as: WriteAs): Buffer {
  const content = encodeDataSet(elements, as)
  const group = Math.floor((elements[0]?.tag ?? 0) / 0x10000)
  return Buffer.concat([encodeDataSet([{ tag: group * 0x10000, vr: 'UL', value: content.length }], as), content])
}

function encodeElement({ tag, vr, value }: ElementToWrite, as: WriteAs): Buffer[] {
  const bytes = evenLength(encodeValue(vr, value, as), vr)
  return [elementHead(tag, vr, bytes.length, { explicitVr: as.explicitVr, littleEndian: true }), bytes]
}

function encodeValue(vr: string, value: ElementToWrite['value'], as: WriteAs): Buffer {
  if (Buffer.isBuffer(value)) return value
  if (vr === 'SQ') return encodeItems(value as readonly (readonly ElementToWrite[])[], as)
  const size = numberSizes[vr]
  if (size !== undefined) return encodeNumbers(vr, size, typeof value === 'number' ? [value] : (value as number[]))
  const text = Array.isArray(value) ? value.join('\\') : String(value)
  return encodeText(text, extendedText.has(vr) ? as.text : 'ascii', vr === 'PN')
}

function encodeItems(items: readonly (readonly ElementToWrite[])[], as: WriteAs): Buffer {
  const encoding = { explicitVr: as.explicitVr, littleEndian: true }
  return Buffer.concat(items.map((item) => writeItem([encodeDataSet(item, as)], encoding)))
}

function encodeNumbers(vr: string, size: number, numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(size * numbers.length)
  for (const [index, number] of numbers.entries()) {
    const at = index * size
    if (vr === 'US') bytes.writeUInt16LE(number, at)
    else if (vr === 'SS') bytes.writeInt16LE(number, at)
    else if (vr === 'UL') bytes.writeUInt32LE(number, at)
    else if (vr === 'SL') bytes.writeInt32LE(number, at)
    else if (vr === 'FL') bytes.writeFloatLE(number, at)
    else bytes.writeDoubleLE(number, at)
  }
  return bytes
}
