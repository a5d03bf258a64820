import { deflateRawSync } from 'node:zlib'

export const syntaxes = {
  implicit: '1.2.840.10008.1.2',
  explicit: '1.2.840.10008.1.2.1',
  bigEndian: '1.2.840.10008.1.2.2',
  deflated: '1.2.840.10008.1.2.1.99',
  jpeg: '1.2.840.10008.1.2.4.70',
} as const
export type Syntax = keyof typeof syntaxes

export type TestElement = {
  readonly tag: number
  readonly vr: string
  /** Bytes as they stand in little endian text or raw form; an array makes a sequence of items. */
  readonly value: Buffer | string | readonly (readonly TestElement[])[]
  readonly undefinedLength?: boolean
}

const long = new Set(['OB', 'OW', 'SQ', 'UN', 'UT'])

/** A data set written element by element, on its own: no part of the product takes part in making what it is tested with. */
export function dataSet(elements: readonly TestElement[], syntax: Syntax): Buffer {
  const bytes = Buffer.concat(elements.map((element) => write(element, syntax)))
  return syntax === 'deflated' ? evenZero(deflateRawSync(bytes)) : bytes
}

export const evenZero = (bytes: Buffer) => (bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]))

/** Encapsulated pixel data: an empty offset table and one fragment. */
export const encapsulatedPixels = Buffer.concat([
  Buffer.from('feff00e000000000', 'hex'),
  Buffer.from('feff00e006000000', 'hex'),
  Buffer.from([0xff, 0xd8, 1, 2, 0xff, 0xd9]),
  Buffer.from('feffdde000000000', 'hex'),
])

/** The elements a device writes for one image, in tag order; `more` replaces or adds. */
export function imageElements(syntax: Syntax, more: readonly TestElement[] = []): readonly TestElement[] {
  const uid = (tag: number, value: string) => ({ tag, vr: 'UI', value })
  const base: readonly TestElement[] = [
    { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 100' },
    uid(0x00080016, '1.2.840.10008.5.1.4.1.1.7'),
    uid(0x00080018, '1.2.3.4.5.6.7'),
    { tag: 0x00080050, vr: 'SH', value: 'OLD1' },
    { tag: 0x00080060, vr: 'CS', value: 'OT' },
    { tag: 0x00080090, vr: 'PN', value: 'Doc^Tor' },
    { tag: 0x00090010, vr: 'LO', value: 'OUR DEVICE' },
    { tag: 0x00091001, vr: 'UN', value: Buffer.from([1, 2, 3, 4]) },
    { tag: 0x00100010, vr: 'PN', value: 'LI^SI' },
    { tag: 0x00100020, vr: 'LO', value: 'X9' },
    { tag: 0x00100030, vr: 'DA', value: '19700101' },
    { tag: 0x00100040, vr: 'CS', value: 'F' },
    { tag: 0x00181030, vr: 'LO', value: 'CHEST PA' },
    uid(0x0020000d, '1.2.3.4.5'),
    uid(0x0020000e, '1.2.3.4.5.6'),
    { tag: 0x00280010, vr: 'US', value: short(2, syntax) },
    { tag: 0x00280011, vr: 'US', value: short(4, syntax) },
    {
      tag: 0x00400275,
      vr: 'SQ',
      value: [[{ tag: 0x00080050, vr: 'SH', value: 'INNER' }]],
      undefinedLength: true,
    },
    { tag: 0x7fe00010, vr: syntax === 'jpeg' ? 'OB' : 'OW', ...pixels(syntax) },
  ]
  const tags = new Set(more.map((element) => element.tag))
  return [...base.filter((element) => !tags.has(element.tag)), ...more].sort((a, b) => a.tag - b.tag)
}

function pixels(syntax: Syntax) {
  if (syntax === 'jpeg') return { value: encapsulatedPixels, undefinedLength: true }
  return { value: Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]) }
}

export function short(value: number, syntax: Syntax): Buffer {
  const bytes = Buffer.alloc(2)
  if (syntax === 'bigEndian') bytes.writeUInt16BE(value)
  else bytes.writeUInt16LE(value)
  return bytes
}

function write({ tag, vr, value, undefinedLength = false }: TestElement, syntax: Syntax): Buffer {
  const big = syntax === 'bigEndian'
  let content: Buffer
  if (Buffer.isBuffer(value)) content = value
  else if (typeof value === 'string') content = padded(Buffer.from(value, 'latin1'), vr)
  else content = Buffer.concat(value.map((elements) => item(elements, undefinedLength, syntax)))
  const isSequence = Array.isArray(value)
  const length = undefinedLength ? 0xffffffff : content.length
  const end = undefinedLength && isSequence ? delimiter(0xe0dd, big) : Buffer.alloc(0)
  if (syntax === 'implicit') return Buffer.concat([tagBytes(tag, big), uint32(length, big), content, end])
  if (long.has(vr)) {
    return Buffer.concat([tagBytes(tag, big), Buffer.from(vr), Buffer.alloc(2), uint32(length, big), content, end])
  }
  const shortLength = Buffer.alloc(2)
  if (big) shortLength.writeUInt16BE(content.length)
  else shortLength.writeUInt16LE(content.length)
  return Buffer.concat([tagBytes(tag, big), Buffer.from(vr), shortLength, content])
}

function item(elements: readonly TestElement[], undefinedLength: boolean, syntax: Syntax): Buffer {
  const big = syntax === 'bigEndian'
  const content = Buffer.concat(elements.map((element) => write(element, syntax)))
  const head = Buffer.concat([tagBytes(0xfffee000, big), uint32(undefinedLength ? 0xffffffff : content.length, big)])
  return Buffer.concat([head, content, undefinedLength ? delimiter(0xe00d, big) : Buffer.alloc(0)])
}

const delimiter = (element: number, big: boolean) =>
  Buffer.concat([tagBytes(0xfffe0000 + element, big), uint32(0, big)])

function tagBytes(tag: number, big: boolean): Buffer {
  const bytes = Buffer.alloc(4)
  if (big) bytes.writeUInt32BE(tag)
  else {
    bytes.writeUInt16LE(Math.floor(tag / 0x10000), 0)
    bytes.writeUInt16LE(tag % 0x10000, 2)
  }
  return bytes
}

function uint32(value: number, big: boolean): Buffer {
  const bytes = Buffer.alloc(4)
  if (big) bytes.writeUInt32BE(value)
  else bytes.writeUInt32LE(value)
  return bytes
}

function padded(bytes: Buffer, vr: string): Buffer {
  if (bytes.length % 2 === 0) return bytes
  return Buffer.concat([bytes, Buffer.from([vr === 'UI' ? 0 : 0x20])])
}
