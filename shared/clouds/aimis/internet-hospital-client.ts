import type { AimisSettings } from '../../models/destination.ts'
import { type CloudOutcome, done } from '../cloud-outcome.ts'
import { withoutAbsent } from '../exam-facts.ts'
import type { HttpTransport } from '../http-transport.ts'
import type { JsonObject } from '../read-answer.ts'
import { createAimisCaller } from './caller.ts'
import { sealIdentity } from './identity-cipher.ts'
import {
  type AimisStudy,
  type ConsultationsPage,
  type ReportPages,
  readConsultationsPage,
  readReportPages,
  readStudies,
} from './internet-hospital-answers.ts'
import { type AimisServiceCall, aimisServiceFields, type PatientStudiesBody } from './internet-hospital-fields.ts'

/** Who is asked about; numbers in clear. Without `hospitalId` or `unionId` those of the destination's settings are used. */
export type AimisPatient = {
  readonly phoneNum?: string
  readonly idNum?: string
  readonly hisId?: string
  readonly patientName?: string
  readonly hospitalId?: string
  readonly unionId?: string
}

export type PatientStudiesQuestion = AimisPatient &
  Pick<PatientStudiesBody, 'studyType' | 'dataFlag' | 'usage' | 'studyDateBegin' | 'studyDateEnd'>

/** The internet-hospital service, POST {serviceUrl}/thirdparty/<call>/{appId} (documents 2023 and 2025, 互联网医院相关接口). One attempt a call. */
export type AimisServiceClient = {
  /** Nothing found is an empty list. */
  readonly patientStudies: (question: PatientStudiesQuestion) => Promise<CloudOutcome<readonly AimisStudy[]>>
  readonly patientConsultations: (patient: AimisPatient) => Promise<CloudOutcome<ConsultationsPage | 'nothing-found'>>
  readonly patientReportUrl: (
    question: AimisPatient & { readonly reportId: string },
  ) => Promise<CloudOutcome<ReportPages | 'nothing-found'>>
  /** The service's clock minus ours, milliseconds. */
  readonly clockOffsetMs: () => number | undefined
}

export type AimisServiceSettings = Pick<
  AimisSettings,
  'serviceUrl' | 'appId' | 'token' | 'signatureEncoding' | 'edition' | 'hospitalId' | 'unionId'
>

export function createAimisServiceClient(options: {
  readonly settings: AimisServiceSettings
  readonly transport: HttpTransport
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly signal?: AbortSignal
}): AimisServiceClient {
  const { settings, transport, clock, signal } = options
  const base = settings.serviceUrl.replace(/\/+$/, '')
  const caller = createAimisCaller({ settings, transport, clock, signal })

  function ask<T>(name: AimisServiceCall, question: AimisPatient, read: (answer: JsonObject) => CloudOutcome<T>) {
    const fields = aimisServiceFields(name, settings.edition)
    const values: Readonly<Record<string, unknown>> = {
      ...question,
      hospitalId: question.hospitalId || settings.hospitalId,
      unionId: question.unionId || settings.unionId,
      phoneNumber: question.phoneNum,
    }
    // Exactly the table's names, those without a value left out.
    const named = fields.map((field) => [field.name, values[field.name] === '' ? undefined : values[field.name]])
    const body: object = withoutAbsent(Object.fromEntries(named))
    const sealed = Object.fromEntries(
      Object.entries(body).map(([field, value]) => {
        const isSealed = fields.some((f) => f.name === field && f.sealed)
        return [field, isSealed && typeof value === 'string' ? sealIdentity(value, settings.token) : value]
      }),
    )
    const url = `${base}/thirdparty/${name}/${encodeURIComponent(settings.appId)}`
    return caller.call({ url, fields, body, sealed, read })
  }

  return {
    patientStudies: async (question) => nothingFound(await ask('patientStudies', question, readStudies), []),
    patientConsultations: async (patient) =>
      nothingFound(await ask('patientConsultations', patient, readConsultationsPage), 'nothing-found'),
    patientReportUrl: async (question) =>
      nothingFound(await ask('patientReportUrl', question, readReportPages), 'nothing-found'),
    clockOffsetMs: caller.clockOffsetMs,
  }
}

/** 没有找到数据, 未找到数据, 检查ID不存在, 报告不存在, 未找到该检查: to a question these are answers, not failures. */
const nothingCodes: ReadonlySet<string> = new Set(
  ['100004', '10003', '30002', '30003', '30008'].map((c) => `AIMIS-${c}`),
)

function nothingFound<T, Nothing>(outcome: CloudOutcome<T>, nothing: Nothing): CloudOutcome<T | Nothing> {
  const isNothing = outcome.kind === 'unknown' && nothingCodes.has(outcome.reason.code)
  return isNothing ? done(nothing) : outcome
}
