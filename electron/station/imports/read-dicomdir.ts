import { valuesOf } from '../../../shared/dicom/element-values.ts'
import { readElements } from '../../../shared/dicom/read-elements.ts'
import { mediaStorageDirectory } from '../../../shared/dicom/sop-class.ts'
import { dataSetEncodingOf } from '../../../shared/dicom/transfer-syntax.ts'
import { readPart10Beginning } from '../archive/part10.ts'

const directoryRecordSequence = 0x00041220
const mostRecords = 200_000
/** The directory of a medium (PS3.3 F.3) is never larger in honest use. */
export const largestDicomdir = 64 * 1024 * 1024

/**
 * The files that a DICOMDIR names, 'IMAGES/IM1': ReferencedFileID (0004,1500) of all records in use, in order. They are compared
 * with what is there and never opened by name. Undefined: it is no DICOMDIR.
 */
export function readDicomdir(bytes: Buffer): readonly string[] | undefined {
  const beginning = readPart10Beginning(bytes)
  if (beginning?.object.sopClassUid !== mediaStorageDirectory) return undefined
  const encoding = dataSetEncodingOf(beginning.object.transferSyntaxUid)
  const { elements } = readElements(bytes, encoding, { start: beginning.dataSetOffset })
  const records = valuesOf(bytes, elements, encoding).items(directoryRecordSequence)
  const files = records.slice(0, mostRecords).flatMap((record) => {
    const isInactive = record.has(0x00041410) && record.number(0x00041410) === 0
    const file = record
      .text(0x00041500)
      .split('\\')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .join('/')
    return isInactive || file === '' ? [] : [file]
  })
  return [...new Set(files)]
}

/** File systems change case and add versions: 'images/im1.;1' is 'IMAGES/IM1'. */
export function comparableFileId(path: string): string {
  return path
    .toUpperCase()
    .replace(/;\d+$/u, '')
    .replace(/\.(?=\/|$)/gu, '')
}
