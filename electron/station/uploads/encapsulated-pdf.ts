import { studyUidOf } from '../../../shared/clouds/exam-facts.ts'
import { encodeDataSet } from '../../../shared/dicom/data-set-writer.ts'
import { derivedUid } from '../../../shared/dicom/derived-uid.ts'
import { encapsulatedPdfElements } from '../../../shared/dicom/encapsulated-document.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import { chinaCompactDay, chinaCompactTime } from '../../../shared/text/china-time.ts'
import { daOfDay } from '../../../shared/text/dicom-values.ts'
import { personNameValue } from '../../../shared/text/person-name.ts'

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
  const sopInstanceUid = derivedUid('report-pdf', exam.id, String(version))
  const dataSet = encodeDataSet(
    [
      ...encapsulatedPdfElements({
        title: '检查报告',
        pdf,
        contentDate: chinaCompactDay(releasedAt),
        contentTime: chinaCompactTime(releasedAt),
        instanceNumber: version,
        conversionType: 'WSD',
      }),
      { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' },
      { tag: 0x00080018, vr: 'UI', value: sopInstanceUid },
      { tag: 0x00080020, vr: 'DA', value: dossier.studyDateTime.slice(0, 10).replaceAll('-', '') },
      { tag: 0x00080030, vr: 'TM', value: dossier.studyDateTime.slice(11).replaceAll(':', '') },
      { tag: 0x00080050, vr: 'SH', value: exam.accessionNumber },
      { tag: 0x00080090, vr: 'PN', value: '' },
      { tag: 0x00100010, vr: 'PN', value: personNameValue(patient) },
      { tag: 0x00100020, vr: 'LO', value: patient.patientId },
      { tag: 0x00100030, vr: 'DA', value: daOfDay(patient.birthDate) },
      { tag: 0x00100040, vr: 'CS', value: patient.sex },
      { tag: 0x0020000d, vr: 'UI', value: studyUidOf(dossier) },
      { tag: 0x0020000e, vr: 'UI', value: derivedUid('report-series', exam.id) },
      { tag: 0x00200010, vr: 'SH', value: exam.accessionNumber },
      { tag: 0x00200011, vr: 'IS', value: '9001' },
    ],
    { explicitVr: true, text: 'utf-8' },
  )
  return { sopInstanceUid, dataSet }
}
