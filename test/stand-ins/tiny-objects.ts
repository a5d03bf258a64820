import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7'
const explicitLittle = '1.2.840.10008.1.2.1'

/** One element in Explicit VR Little Endian, PS3.5 7.1.2, with its padding. */
export function element(tag: number, vr: string, value: string | Buffer): Buffer {
  let bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value
  if (bytes.length % 2 === 1) bytes = Buffer.concat([bytes, Buffer.from([vr === 'UI' || vr === 'OB' ? 0 : 0x20])])
  const isLong = ['OB', 'OW', 'SQ', 'UN', 'UT'].includes(vr)
  const head = Buffer.alloc(isLong ? 12 : 8)
  head.writeUInt16LE(tag >>> 16, 0)
  head.writeUInt16LE(tag & 0xffff, 2)
  head.write(vr, 4, 'latin1')
  if (isLong) head.writeUInt32LE(bytes.length, 8)
  else head.writeUInt16LE(bytes.length, 6)
  return Buffer.concat([head, bytes])
}

/** A file of PS3.10 around elements that are already in bytes, in the order of their tags. */
export function part10(sopClassUid: string, sopInstanceUid: string, elements: readonly Buffer[]): Buffer {
  const meta = Buffer.concat([
    element(0x00020001, 'OB', Buffer.from([0, 1])),
    element(0x00020002, 'UI', sopClassUid),
    element(0x00020003, 'UI', sopInstanceUid),
    element(0x00020010, 'UI', explicitLittle),
    element(0x00020012, 'UI', '1.2.826.0.1.3680043.9.9'),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(meta.length)
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), element(0x00020000, 'UL', length), meta, ...elements])
}

/** The data set of a file: what travels in a C-STORE. */
export const dataSetOf = (file: Buffer): Buffer => file.subarray(144 + file.readUInt32LE(140))

export type TinyObject = {
  readonly studyInstanceUid: string
  readonly number: number
  readonly sopClassUid?: string
  readonly patientId?: string
  readonly patientName?: string | Buffer
  readonly accessionNumber?: string
  readonly characterSet?: string
  readonly modality?: string
}

/** An object without pixels, a few hundred bytes. Its UIDs follow from the study's and its number. */
export function tinyObject(of: TinyObject): { readonly sopInstanceUid: string; readonly file: Buffer } {
  const sopClassUid = of.sopClassUid ?? secondaryCapture
  const sopInstanceUid = `${of.studyInstanceUid}.3.${of.number}`
  const elements = [
    element(0x00080005, 'CS', of.characterSet ?? 'ISO_IR 192'),
    element(0x00080016, 'UI', sopClassUid),
    element(0x00080018, 'UI', sopInstanceUid),
    element(0x00080020, 'DA', '20261120'),
    element(0x00080050, 'SH', of.accessionNumber ?? ''),
    element(0x00080060, 'CS', of.modality ?? 'OT'),
    element(0x00100010, 'PN', of.patientName ?? 'Tiny'),
    element(0x00100020, 'LO', of.patientId ?? 'TINY'),
    element(0x0020000d, 'UI', of.studyInstanceUid),
    element(0x0020000e, 'UI', `${of.studyInstanceUid}.2`),
    element(0x00200013, 'IS', String(of.number)),
  ]
  return { sopInstanceUid, file: part10(sopClassUid, sopInstanceUid, elements) }
}

/** A folder of such files of one study, numbered from 1; gives their SOP instance UIDs. */
export function writeTinyStudy(folder: string, count: number, of: Omit<TinyObject, 'number'>): string[] {
  mkdirSync(folder, { recursive: true })
  return Array.from({ length: count }, (_, index) => {
    const { sopInstanceUid, file } = tinyObject({ ...of, number: index + 1 })
    writeFileSync(join(folder, `${String(index + 1).padStart(5, '0')}.dcm`), file)
    return sopInstanceUid
  })
}
