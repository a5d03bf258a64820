import type { DataSetEncoding } from './transfer-syntax.ts'

/** VRs with two reserved bytes and a length of 32 bits, PS3.5 7.1.2. */
export const longVrs = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'])

export type ElementEncoding = Pick<DataSetEncoding, 'explicitVr' | 'littleEndian'>

/** Tag, VR where it is written, and length of the value that follows, PS3.5 7.1.2 and 7.1.3. */
export function elementHead(tag: number, vr: string, length: number, encoding: ElementEncoding): Buffer {
  const isLong = encoding.explicitVr && longVrs.has(vr)
  const head = Buffer.alloc(isLong ? 12 : 8)
  writeTag(head, tag, encoding)
  if (!encoding.explicitVr) writeUint32(head, length, 4, encoding)
  else {
    head.write(vr, 4, 'latin1')
    if (isLong) writeUint32(head, length, 8, encoding)
    else if (encoding.littleEndian) head.writeUInt16LE(length, 6)
    else head.writeUInt16BE(length, 6)
  }
  return head
}

/** One element whose value is in bytes already, an even number of them. */
export function writeElement(tag: number, vr: string, value: Buffer, encoding: ElementEncoding): Buffer {
  return Buffer.concat([elementHead(tag, vr, value.length, encoding), value])
}

/** Text is padded with a space to an even length, UIDs and bytes with NUL (PS3.5 6.2). */
export function evenLength(value: Buffer, vr: string): Buffer {
  if (value.length % 2 === 0) return value
  return Buffer.concat([value, Buffer.from([vr === 'UI' || vr === 'OB' || vr === 'UN' ? 0 : 0x20])])
}

export function writeText(tag: number, vr: string, text: string | Buffer, encoding: ElementEncoding): Buffer {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'ascii') : text
  return writeElement(tag, vr, evenLength(bytes, vr), encoding)
}

/** An item of defined length around elements, PS3.5 7.5.1. */
export function writeItem(elements: readonly Buffer[], encoding: ElementEncoding): Buffer {
  const content = Buffer.concat(elements)
  const head = Buffer.alloc(8)
  writeTag(head, 0xfffee000, encoding)
  writeUint32(head, content.length, 4, encoding)
  return Buffer.concat([head, content])
}

function writeTag(head: Buffer, tag: number, encoding: ElementEncoding): void {
  const group = Math.floor(tag / 0x10000)
  const element = tag % 0x10000
  if (encoding.littleEndian) {
    head.writeUInt16LE(group, 0)
    head.writeUInt16LE(element, 2)
  } else {
    head.writeUInt16BE(group, 0)
    head.writeUInt16BE(element, 2)
  }
}

function writeUint32(head: Buffer, value: number, at: number, encoding: ElementEncoding): void {
  if (encoding.littleEndian) head.writeUInt32LE(value, at)
  else head.writeUInt32BE(value, at)
}
