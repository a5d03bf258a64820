import { createHash } from 'node:crypto'
import { studyUidOf } from '../../../shared/clouds/exam-facts.ts'
import { encodingOf, explicitLittleEndian } from '../../../shared/dicom/data-set-encoding.ts'
import { evenLength, writeElement, writeText } from '../../../shared/dicom/write-element.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import { chinaCompactDay, chinaCompactTime } from '../../../shared/text/china-time.ts'
import { daOfDay } from '../../../shared/text/dicom-values.ts'
import { personNameValue } from '../../../shared/text/person-name.ts'

export const encapsulatedPdfStorage = '1.2.840.10008.5.1.4.1.1.104.1'

export type EncapsulatedPdf = { readonly sopInstanceUid: string; readonly dataSet: Buffer }

/**
 * The released report as an Encapsulated PDF object, PS3.3 A.45.1, explicit little endian, text in UTF-8. Its UIDs follow from the
 * exam and the report's version, so that a report sent again is the same object and an amended one another.
 */
export function encapsulatedPdf(
  dossier: ExamDossier,
  version: number,
  releasedAt: number,
  pdf: Buffer,
): EncapsulatedPdf {
  const { patient, exam } = dossier
  const encoding = encodingOf(explicitLittleEndian)
  const text = (tag: number, vr: string, value: string) => writeText(tag, vr, Buffer.from(value, 'utf8'), encoding)
  const [day, time] = [chinaCompactDay(releasedAt), chinaCompactTime(releasedAt)]
  const sopInstanceUid = uidOf('report-pdf', exam.id, String(version))
  const dataSet = Buffer.concat([
    text(0x00080005, 'CS', 'ISO_IR 192'),
    text(0x00080016, 'UI', encapsulatedPdfStorage),
    text(0x00080018, 'UI', sopInstanceUid),
    text(0x00080020, 'DA', dossier.studyDateTime.slice(0, 10).replaceAll('-', '')),
    text(0x00080023, 'DA', day),
    text(0x0008002a, 'DT', ''),
    text(0x00080030, 'TM', dossier.studyDateTime.slice(11).replaceAll(':', '')),
    text(0x00080033, 'TM', time),
    text(0x00080050, 'SH', exam.accessionNumber),
    text(0x00080060, 'CS', 'DOC'),
    text(0x00080064, 'CS', 'WSD'),
    text(0x00080070, 'LO', ''),
    text(0x00080090, 'PN', ''),
    text(0x00100010, 'PN', personNameValue(patient)),
    text(0x00100020, 'LO', patient.patientId),
    text(0x00100030, 'DA', daOfDay(patient.birthDate)),
    text(0x00100040, 'CS', patient.sex),
    text(0x0020000d, 'UI', studyUidOf(dossier)),
    text(0x0020000e, 'UI', uidOf('report-series', exam.id)),
    text(0x00200010, 'SH', exam.accessionNumber),
    text(0x00200011, 'IS', '9001'),
    text(0x00200013, 'IS', String(version)),
    text(0x00280301, 'CS', 'YES'),
    writeElement(0x0040a043, 'SQ', Buffer.alloc(0), encoding),
    text(0x00420010, 'ST', '检查报告'),
    writeElement(0x00420011, 'OB', evenLength(pdf, 'OB'), encoding),
    text(0x00420012, 'LO', 'application/pdf'),
  ])
  return { sopInstanceUid, dataSet }
}

/** A UID that follows from its words, PS3.5 B.2: 2.25 and a UUID of version 8 (RFC 9562). */
function uidOf(...words: readonly string[]): string {
  const bytes = createHash('sha256').update(words.join('\0')).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return `2.25.${BigInt(`0x${bytes.toString('hex')}`)}`
}
