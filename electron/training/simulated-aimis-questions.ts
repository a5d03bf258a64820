import type { AimisField } from '../../shared/clouds/aimis/field.ts'
import { openIdentity } from '../../shared/clouds/aimis/identity-cipher.ts'
import type { AimisServiceCall } from '../../shared/clouds/aimis/internet-hospital-fields.ts'
import { aimisStudyType } from '../../shared/clouds/aimis/map-patient.ts'
import { modalitySchema } from '../../shared/models/exam.ts'
import type { Refusal } from './check-aimis-request.ts'
import { type AimisLedger, type AimisStudy, reportIdOf, studiesOfPerson } from './simulated-aimis-ledger.ts'

type Body = Readonly<Record<string, unknown>>
export type ServiceAnswer = { readonly kind: 'data'; readonly data: unknown } | ({ readonly kind: 'refused' } & Refusal)

/** The sealed fields of a question in clear, as the cloud reads them. Refused where one is no cipher text of this token. */
export function openSealedFields(
  fields: readonly AimisField[],
  body: Body,
  token: string,
): { readonly kind: 'opened'; readonly body: Body } | ({ readonly kind: 'refused' } & Refusal) {
  const opened: Record<string, unknown> = { ...body }
  for (const { name, sealed } of fields) {
    if (!sealed || typeof body[name] !== 'string') continue
    const plain = openIdentity(body[name], token)
    if (!plain) return { kind: 'refused', code: 20030, message: `格式不合法：${name} 无法解密` }
    opened[name] = plain
  }
  // The edition of 2023 spells the phone's field another way in one call.
  if (opened.phoneNum === undefined && opened.phoneNumber !== undefined) opened.phoneNum = opened.phoneNumber
  return { kind: 'opened', body: opened }
}

/** What the internet-hospital service answers, from the studies that the gateway was told of. `pageUrl` makes addresses. */
export function answerQuestion(
  call: AimisServiceCall,
  question: Body,
  ledger: AimisLedger,
  pageUrl: (page: string, id: string) => string,
): ServiceAnswer {
  ledger.questions.push({ call, body: question })
  const mine = studiesOfPerson(ledger, question)
  switch (call) {
    case 'patientStudies': {
      const within = mine.filter(
        ({ body }) =>
          String(body.studyDate ?? '') >= String(question.studyDateBegin) &&
          String(body.studyDate ?? '') <= String(question.studyDateEnd) &&
          typeOf(body) === question.studyType,
      )
      // Every study here is of this hospital: those of others (dataFlag 2 and 4) are none.
      const isOthersOnly = question.dataFlag === 2 || question.dataFlag === 4
      return { kind: 'data', data: isOthersOnly ? [] : within.map((study) => studyRow(study, pageUrl)) }
    }
    case 'patientConsultations':
      if (mine.length === 0) return { kind: 'refused', code: 100004, message: '没有找到数据' }
      return { kind: 'data', data: { h5Url: pageUrl('consultations', String(question.hisId)) } }
    case 'patientReportUrl': {
      const study = mine.find((one) => reportIdOf(one) === question.reportId)
      if (!study || Object.keys(study.reports).length === 0) {
        return { kind: 'refused', code: 30003, message: '报告不存在' }
      }
      const { h5Url, h5DetailUrl, studyId } = studyRow(study, pageUrl)
      return { kind: 'data', data: { h5Url, h5DetailUrl, studyId } }
    }
  }
}

function typeOf(body: Body): number | undefined {
  const modality = modalitySchema.safeParse(body.modality)
  return modality.success ? aimisStudyType(modality.data) : undefined
}

function studyRow(study: AimisStudy, pageUrl: (page: string, id: string) => string) {
  const { body } = study
  const studyId = String(body.studyId)
  return {
    hisId: body.hisNum ?? '',
    reportId: reportIdOf(study),
    studyType: typeOf(body),
    studyDate: body.studyDate ?? '',
    studyId,
    bodyPart: body.bodyPart ?? '',
    studyName: body.studyDesc ?? '',
    applyDoctor: body.applyDoctor ?? '',
    applyDoctorId: body.applyDoctorId ?? '',
    applyDept: body.applyDept ?? '',
    applyDeptId: body.applyDeptId ?? '',
    uniAppId: 'training',
    uniPath: `pages/study?id=${encodeURIComponent(studyId)}`,
    h5Url: pageUrl('report', studyId),
    h5DetailUrl: pageUrl('images', studyId),
  }
}
