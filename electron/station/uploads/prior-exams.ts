import type { FormerExam } from '../../../shared/clouds/jilin/former-exam.ts'
import type { FormerExamQuestion } from '../../../shared/clouds/jilin/queries.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { LookupKind, PriorExam } from '../../../shared/models/lookup.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'
import type { Asker } from './lookup-asker.ts'

const day = 24 * 60 * 60 * 1000
/** How far back is asked when nobody says: the document's own default for a missing start is seven days. */
const daysBack: Readonly<Record<LookupKind, number>> = { history: 365, duplicate: 7 }

export type Period = { readonly from: number; readonly to: number }

/** The asked period, or the usual one; turned round where its ends were given the wrong way. */
export function periodOf(
  question: { readonly from?: number | undefined; readonly to?: number | undefined },
  kind: LookupKind,
  now: number,
): Period {
  const to = question.to ?? now
  const from = question.from ?? to - daysBack[kind] * day
  return from <= to ? { from, to } : { from: to, to: from }
}

/** 1：历史查询；2：重复查询. */
export const searchTypes = { history: '1', duplicate: '2' } as const satisfies Record<LookupKind, string>

/** queryFormerlyExam; undefined: the patient has no resident identity number, by which alone the platform finds people. */
export function formerExamQuestion(
  dossier: ExamDossier,
  kind: LookupKind,
  period: Period,
  asker: Asker,
): FormerExamQuestion | undefined {
  const { patient, exam, institution } = dossier
  if (patient.identity?.kind !== 'resident') return undefined
  return {
    ...(institution.hospitalCode === '' ? {} : { hospitalCode: institution.hospitalCode }),
    searchType: searchTypes[kind],
    idCardNo: patient.identity.number.toUpperCase(),
    patientName: patient.name,
    checkStartTime: chinaDateTime(period.from),
    checkEndTime: chinaDateTime(period.to),
    ...(kind === 'duplicate' ? { examProjectCode: exam.itemCode } : {}),
    ...asker,
  }
}

/** What a platform told, in our terms, newest first. An exam without an id of the cloud could not be named in a record and is left out. */
export function priorExamsOf(
  destinationId: string,
  found: readonly FormerExam[],
  isOurs: (hospitalCode: string, accessionNumber: string) => boolean,
): PriorExam[] {
  return found
    .filter((exam) => exam.examId !== '')
    .map((exam) => ({
      destinationId,
      cloudExamId: exam.examId,
      hospitalCode: exam.hospitalCode,
      hospitalName: exam.hospitalName,
      accessionNumber: exam.accessNumber,
      modality: exam.modality,
      bodyPart: exam.checkPart,
      itemNames: exam.standardProjects.map((item) => item.name || item.code).filter((name) => name !== ''),
      checkTime: exam.checkTime,
      findings: exam.imageDescription,
      impression: exam.conclusion,
      reportDoctor: exam.reportDocName,
      auditDoctor: exam.auditDocName,
      imageViewUrls: [...exam.imageViewPaths],
      isOurs: isOurs(exam.hospitalCode, exam.accessNumber),
    }))
    .sort((a, b) => b.checkTime.localeCompare(a.checkTime))
}
