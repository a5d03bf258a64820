import { valuesOf } from '../../../shared/dicom/element-values.ts'
import { part10Head, preambleLength } from '../../../shared/dicom/part10-head.ts'
import { readElements } from '../../../shared/dicom/read-elements.ts'
import {
  dataSetEncodingOf,
  explicitVrBigEndian,
  explicitVrLittleEndian,
  implicitVrLittleEndian,
} from '../../../shared/dicom/transfer-syntax.ts'
import type { ObjectAnnouncement } from './store-outcome.ts'

const metaEncoding = dataSetEncodingOf(explicitVrLittleEndian)

/** What stands before the received bytes in their file. */
export function part10Beginning(object: ObjectAnnouncement): Buffer {
  return part10Head({ ...object, sourceAeTitle: object.callingAeTitle })
}

export type Part10Beginning = {
  readonly dataSetOffset: number
  readonly object: ObjectAnnouncement
}

/**
 * Finds the data set in the first bytes of a file: behind File Meta Information, or at the very beginning of a bare data set as
 * some devices write to disks. Undefined: not DICOM. Reading stops at the first element that is not of group 0002: the group
 * length is not believed.
 */
export function readPart10Beginning(bytes: Buffer): Part10Beginning | undefined {
  const hasPreamble = bytes.subarray(preambleLength, preambleLength + 4).toString('latin1') === 'DICM'
  const isMetaOnly = !hasPreamble && bytes.length > 8 && bytes.readUInt32LE(0) === 0x00000002
  const start = hasPreamble ? preambleLength + 4 : 0
  if (!hasPreamble && !isMetaOnly) return bareDataSet(bytes)
  const read = readElements(bytes, metaEncoding, { start, onlyGroup: 2 })
  const meta = valuesOf(bytes, read.elements, metaEncoding)
  const dataSetOffset = read.stoppedAt
  return {
    dataSetOffset,
    object: {
      callingAeTitle: meta.text(0x00020016),
      transferSyntaxUid: meta.text(0x00020010) || guessTransferSyntax(bytes, dataSetOffset),
      sopClassUid: meta.text(0x00020002),
      sopInstanceUid: meta.text(0x00020003),
    },
  }
}

function bareDataSet(bytes: Buffer): Part10Beginning | undefined {
  const object = {
    callingAeTitle: '',
    transferSyntaxUid: guessTransferSyntax(bytes, 0),
    sopClassUid: '',
    sopInstanceUid: '',
  }
  const encoding = dataSetEncodingOf(object.transferSyntaxUid)
  const read = readElements(bytes, encoding)
  const values = valuesOf(bytes, read.elements, encoding)
  const isDicom = values.text(0x00080016).startsWith('1.2.') && values.text(0x00080018) !== ''
  return isDicom ? { dataSetOffset: 0, object } : undefined
}

/** Two letters where the VR would be: explicit. A group that is small only when read the other way round: big endian. */
function guessTransferSyntax(bytes: Buffer, at: number): string {
  if (bytes.length < at + 8) return explicitVrLittleEndian
  if (!/^[A-Z]{2}$/.test(bytes.toString('latin1', at + 4, at + 6))) return implicitVrLittleEndian
  return bytes.readUInt16LE(at) > bytes.readUInt16BE(at) ? explicitVrBigEndian : explicitVrLittleEndian
}
