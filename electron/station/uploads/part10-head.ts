import { implementationClassUid, implementationVersionName } from '../../../shared/dicom/implementation.ts'
import { dataSetEncodingOf, explicitVrLittleEndian } from '../../../shared/dicom/transfer-syntax.ts'
import { writeElement, writeText } from '../../../shared/dicom/write-element.ts'

/** What stands before the data set in a file, PS3.10 7.1: a preamble of zeros, 'DICM', and the meta group in explicit little endian. */
export function part10Head(meta: {
  readonly sopClassUid: string
  readonly sopInstanceUid: string
  readonly transferSyntaxUid: string
  readonly sourceAeTitle: string
}): Buffer {
  const encoding = dataSetEncodingOf(explicitVrLittleEndian)
  const uid = (tag: number, value: string) => writeText(tag, 'UI', value, encoding)
  const group = Buffer.concat([
    writeElement(0x00020001, 'OB', Buffer.from([0, 1]), encoding),
    uid(0x00020002, meta.sopClassUid),
    uid(0x00020003, meta.sopInstanceUid),
    uid(0x00020010, meta.transferSyntaxUid),
    uid(0x00020012, implementationClassUid),
    writeText(0x00020013, 'SH', implementationVersionName, encoding),
    writeText(0x00020016, 'AE', meta.sourceAeTitle, encoding),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(group.length)
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM', 'ascii'),
    writeElement(0x00020000, 'UL', length, encoding),
    group,
  ])
}
