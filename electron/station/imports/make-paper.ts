import { encapsulatedPdfElements } from '../../../shared/dicom/encapsulated-document.ts'
import { encapsulatedPdfStorage } from '../../../shared/dicom/sop-class.ts'
import { explicitVrLittleEndian } from '../../../shared/dicom/transfer-syntax.ts'
import { inBoth } from '../../../shared/problems/both-words.ts'
import { chinaCompactDay, chinaCompactTime } from '../../../shared/text/china-time.ts'
import { commonElements, encodeMade, type MakingFor, madeSopInstanceUid, plainText } from './made-object.ts'
import type { Made } from './make-picture.ts'

/** A PDF as Encapsulated PDF, PS3.3 A.45.1. */
export function makeFromPdf(pdf: Buffer, making: MakingFor, studyInstanceUid: string): Made {
  if (!pdf.subarray(-2048).includes('%%EOF'))
    return { kind: 'cannot', reason: inBoth('PDF 不完整', 'the PDF is cut short') }
  const { now, fileName, instanceNumber } = making
  const elements = [
    ...commonElements(making, 'paper'),
    ...encapsulatedPdfElements({
      title: plainText(fileName.split('/').at(-1) ?? fileName, 1024),
      pdf,
      contentDate: chinaCompactDay(now),
      contentTime: chinaCompactTime(now),
      instanceNumber,
      conversionType: 'WSD',
    }),
    { tag: 0x00420015, vr: 'UL', value: pdf.length },
  ]
  const dataSet = encodeMade(elements)
  return {
    kind: 'made',
    object: {
      sopClassUid: encapsulatedPdfStorage,
      sopInstanceUid: madeSopInstanceUid(making.dossier.exam.id, making.sha256),
      studyInstanceUid,
      transferSyntaxUid: explicitVrLittleEndian,
      bytes: () => [dataSet],
    },
  }
}
