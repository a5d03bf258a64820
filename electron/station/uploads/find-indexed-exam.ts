import { type CloudOutcome, done } from '../../../shared/clouds/cloud-outcome.ts'
import { examDay } from '../../../shared/clouds/exam-facts.ts'
import type { JilinClient } from '../../../shared/clouds/jilin/client.ts'
import type { FormerExam } from '../../../shared/clouds/jilin/former-exam.ts'
import { mapPatientExam } from '../../../shared/clouds/jilin/map-exam.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import { inBoth } from '../../../shared/problems/both-words.ts'
import { stationMac } from './station-mac.ts'

/**
 * The index went out and its answer was lost: did the platform take it? Undefined: it has not this version of it, or it can't be
 * asked (no resident number; no doctor or department code to ask with), so the index goes again, keyed by accession number and
 * study UID. A platform that can't be reached, or refuses us, is an outcome of its own: sending again would fare no better.
 */
export async function findIndexedExam(
  client: Pick<JilinClient, 'queryFormerlyExam'>,
  dossier: ExamDossier,
): Promise<CloudOutcome<{ readonly examId: string }> | undefined> {
  const index = mapPatientExam(dossier)
  if (index.idCardNo === undefined) return undefined
  const day = examDay(dossier)
  const department = dossier.exam.examDepartment ?? dossier.exam.applyDepartment
  const found = await client.queryFormerlyExam({
    ...(index.hospitalCode === undefined ? {} : { hospitalCode: index.hospitalCode }),
    searchType: '1',
    idCardNo: index.idCardNo,
    patientName: index.patientName ?? '',
    checkStartTime: `${day} 00:00:00`,
    checkEndTime: `${day} 23:59:59`,
    queryDocName: index.reportDocName ?? '',
    queryDocCode: index.reportDocCode ?? '',
    queryDeptName: department?.name ?? '',
    queryDeptCode: department?.code ?? '',
    mac: stationMac(),
  })
  switch (found.kind) {
    case 'done': {
      const exam = found.value.find((one) => isThisVersion(one, index))
      return (
        exam && done({ examId: exam.examId }, inBoth('平台此前已收到该索引', 'The platform had this index already'))
      )
    }
    case 'retry':
      return { kind: 'retry', reason: found.reason, maybeReceived: true }
    case 'wait-until':
    case 'fix-settings':
      return found
    case 'fix-exam':
    case 'unknown':
      return undefined
  }
}

/** The same exam with the same report: an earlier version of an amended report is another content. */
function isThisVersion(exam: FormerExam, index: ReturnType<typeof mapPatientExam>): boolean {
  const isThisExam = exam.examId !== '' && exam.accessNumber === index.accessNumber && exam.studyUid === index.studyUid
  const isThisPatient = exam.patientId === '' || exam.patientId === index.patientId
  const isThisReport =
    exam.imageDescription === (index.imageDescription ?? '') &&
    exam.conclusion === (index.conclusion ?? '') &&
    exam.auditDateTime === (index.auditDateTime ?? '')
  return isThisExam && isThisPatient && isThisReport
}
