import { createHash } from 'node:crypto'
import { type CloudOutcome, done } from '../../../shared/clouds/cloud-outcome.ts'
import { encapsulatedPdfStorage } from '../../../shared/dicom/sop-class.ts'
import { explicitVrLittleEndian } from '../../../shared/dicom/transfer-syntax.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import { outcomeOfAssociationFailure, outcomeOfStoreStatus } from './c-store-outcome.ts'
import type { ReportDocuments } from './delivery.ts'
import { type Caller, sendInstances } from './dicom-sender.ts'
import { encapsulatedPdf } from './encapsulated-pdf.ts'
import { copyReason, notAcceptedReason, reportReasons } from './upload-reasons.ts'

/** The released report's PDF to a gateway that counts it (`pdfAsDicom`), C-STORE as Encapsulated PDF. */
export async function storeReportPdf(
  documents: ReportDocuments,
  caller: Caller,
  dossier: ExamDossier,
): Promise<CloudOutcome<{ readonly pdfSha256: string }>> {
  const { report } = dossier
  const paper = await documents.reportPdf(dossier, {})
  if (!report || paper.kind === 'no-report') return { kind: 'fix-exam', reason: reportReasons.notReleased }
  if (paper.kind === 'too-large') return { kind: 'fix-exam', reason: reportReasons.pdfTooLarge }
  const releasedAt = report.releasedAt ?? report.approvedAt ?? report.writtenAt
  const { sopInstanceUid, dataSet } = encapsulatedPdf(dossier, report.version, releasedAt, paper.pdf)
  const copy = {
    path: '',
    transferSyntaxUid: explicitVrLittleEndian,
    headerBytes: dataSet,
    bodyRange: { start: 0, length: 0 },
    totalLength: dataSet.length,
    changes: [],
    sha256: createHash('sha256').update(dataSet).digest('hex'),
  }
  const instance = {
    sopClassUid: encapsulatedPdfStorage,
    sopInstanceUid,
    transferSyntaxUid: explicitVrLittleEndian,
    prepare: async () => ({ kind: 'made', copy }) as const,
  }
  const [result] = await sendInstances(caller, [instance])
  switch (result?.kind) {
    case 'answered': {
      const outcome = outcomeOfStoreStatus(result.answer.status, result.answer.comment, dossier.patient)
      const pdfSha256 = createHash('sha256').update(paper.pdf).digest('hex')
      return outcome.kind === 'done' ? done({ pdfSha256 }, outcome.note) : outcome
    }
    case 'not-accepted':
      return { kind: 'fix-exam', reason: notAcceptedReason(false) }
    case 'failed':
      return outcomeOfAssociationFailure(result.failure, caller.peer, caller.callingAeTitle, result.copy !== undefined)
    default:
      return { kind: 'retry', reason: copyReason('COPY-FILE-UNREADABLE') }
  }
}
