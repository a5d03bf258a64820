import type { AimisServiceClient } from '../../../shared/clouds/aimis/internet-hospital-client.ts'
import { aimisStudyType, mapAimisPatient } from '../../../shared/clouds/aimis/map-patient.ts'
import type { CloudOutcome } from '../../../shared/clouds/cloud-outcome.ts'
import type { Destination } from '../../../shared/models/destination.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { CloudStudy } from '../../../shared/models/lookup.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { AuditEntry } from '../people/audit-log.ts'
import { createAskCloud } from './ask-within.ts'
import type { CloudClients } from './cloud-clients.ts'
import type { DestinationOf } from './delivery.ts'
import type { Person } from './lookup-asker.ts'
import { failedQuestion, notThere, wordsOfFailedQuestion } from './lookup-words.ts'
import { periodOf } from './prior-exams.ts'

export type AimisLookupsDeps = {
  readonly clock: Clock
  readonly log: Log
  readonly audit: (entry: AuditEntry) => void
  readonly clients: Pick<CloudClients, 'aimisService'>
  readonly destinations: () => readonly Destination[]
  readonly readDossier: (examId: string) => ExamDossier | undefined
  readonly patienceMs?: number
}

type Question = { readonly examId: string; readonly destinationId: string }

export type AimisLookups = ReturnType<typeof createAimisLookups>

/** 0 全部; 2 医生查看患者详情: what a doctor at the desk asks of patientStudies. */
const allData = 0
const doctorLooks = 2

/** What staff may ask AIMIS about a patient, through its internet-hospital service. */
export function createAimisLookups(deps: AimisLookupsDeps) {
  const askCloud = createAskCloud(deps.log, deps.patienceMs)

  /** One question about an exam's patient, its audit row first: who looked at whom. */
  async function ask<T>(
    what: string,
    { examId, destinationId }: Question,
    person: Person,
    question: (client: AimisServiceClient, dossier: ExamDossier) => Promise<CloudOutcome<T>>,
  ): Promise<Outcome<T>> {
    const dossier = deps.readDossier(examId)
    if (!dossier) return fail('NOT-FOUND', { what: '检查' })
    const destination = deps
      .destinations()
      .find((one): one is DestinationOf<'aimis'> => one.kind === 'aimis' && one.enabled && one.id === destinationId)
    if (!destination) return failedQuestion(notThere)
    deps.audit({
      actor: person.username,
      action: 'look-up',
      subjectKind: 'exam',
      subjectId: examId,
      details: { what, destinationId },
    })
    const outcome = await askCloud(what, () => question(deps.clients.aimisService(destination), dossier))
    return outcome.kind === 'done' ? ok(outcome.value) : failedQuestion(wordsOfFailedQuestion(outcome))
  }

  return {
    /** patientStudies: what AIMIS has of the patient, of the exam's own kind of study (放射, 超声 …), newest first. */
    async cloudStudies(
      question: Question & { readonly from?: number | undefined; readonly to?: number | undefined },
      person: Person,
    ): Promise<Outcome<CloudStudy[]>> {
      const period = periodOf(question, 'history', deps.clock())
      const found = await ask('cloud-studies', question, person, (client, dossier) =>
        client.patientStudies({
          ...mapAimisPatient(dossier),
          studyType: aimisStudyType(dossier.exam.modality),
          dataFlag: allData,
          usage: doctorLooks,
          studyDateBegin: chinaDateTime(period.from),
          studyDateEnd: chinaDateTime(period.to),
        }),
      )
      if (!found.ok) return found
      const studies = found.value.map((study) => ({
        reportId: study.reportId,
        studyId: study.studyId,
        studyDate: study.studyDate,
        bodyPart: study.bodyPart,
        studyName: study.studyName,
        applyDepartment: study.applyDept,
        applyDoctor: study.applyDoctor,
        reportUrl: study.h5Url,
        imageUrl: study.h5DetailUrl,
      }))
      return ok(studies.sort((a, b) => b.studyDate.localeCompare(a.studyDate)))
    },

    /** patientConsultations: the page of the patient's consultations. */
    async consultations(question: Question, person: Person): Promise<Outcome<{ readonly url: string }>> {
      const found = await ask('consultations', question, person, (client, dossier) =>
        client.patientConsultations(mapAimisPatient(dossier)),
      )
      if (!found.ok) return found
      return found.value === 'nothing-found'
        ? fail('NOT-FOUND', { what: '会诊记录（腾讯影像云没有该患者的会诊）' })
        : ok({ url: found.value.h5Url })
    },

    /** patientReportUrl: the pages of one report, for as long as the cloud lets them live. */
    async reportUrl(
      question: Question & { readonly reportId: string },
      person: Person,
    ): Promise<Outcome<{ readonly reportUrl: string; readonly imageUrl: string; readonly studyId: string }>> {
      const found = await ask('report-url', question, person, (client, dossier) =>
        client.patientReportUrl({ ...mapAimisPatient(dossier), reportId: question.reportId }),
      )
      if (!found.ok) return found
      if (found.value === 'nothing-found') return fail('NOT-FOUND', { what: '这份报告（腾讯影像云回答不存在）' })
      const { h5Url, h5DetailUrl, studyId } = found.value
      return ok({ reportUrl: h5Url, imageUrl: h5DetailUrl, studyId })
    },
  }
}
