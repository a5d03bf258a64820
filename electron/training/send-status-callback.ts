import { sealIdentity } from '../../shared/clouds/aimis/identity-cipher.ts'
import { aimisStudyType } from '../../shared/clouds/aimis/map-patient.ts'
import { type AimisCredentials, aimisHeaders } from '../../shared/clouds/aimis/signature.ts'
import { modalitySchema } from '../../shared/models/exam.ts'
import { type AimisStudy, reportIdOf } from './simulated-aimis-ledger.ts'

export type StatusCallback = {
  /** Where the station listens. */
  readonly url: string
  readonly status: 0 | 1 | 2 | 3
  readonly study: AimisStudy
  readonly hospitalId: string
  /** Sent again with the headers of an earlier one, as a forger would. */
  readonly headers?: Readonly<Record<string, string>>
}

export type SentCallback = {
  readonly httpStatus: number
  readonly answer: unknown
  readonly headers: Readonly<Record<string, string>>
}

/** 检查状态同步回调, as the cloud sends it: signed like our own calls, phone and identity number AES-256-ECB + HEX. */
export async function sendStatusCallback(
  callback: StatusCallback,
  credentials: AimisCredentials,
  now: number,
): Promise<SentCallback> {
  const { status, study, hospitalId } = callback
  const { body } = study
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '')
  const headers = callback.headers ?? aimisHeaders(credentials, now)
  const modality = modalitySchema.catch('OT').parse(body.modality)
  const value = {
    status,
    phoneNum: sealIdentity(text('phoneNum'), credentials.token),
    idNum: sealIdentity(text('idCardNum'), credentials.token),
    patientId: text('patientId'),
    hospitalId,
    ...(text('hisNum') === '' ? {} : { hisId: text('hisNum') }),
    studyType: aimisStudyType(modality),
    studyDate: text('studyDate'),
    studyId: text('studyId'),
    ...(text('bodyPart') === '' ? {} : { bodyPart: text('bodyPart') }),
    ...(text('studyDesc') === '' ? {} : { studyName: text('studyDesc') }),
    h5Url: status === 1 || status === 3 ? `https://training.invalid/report/${text('studyId')}` : '',
    h5DetailUrl: status === 2 || status === 3 ? `https://training.invalid/images/${text('studyId')}` : '',
    reportId: status === 1 || status === 3 ? reportIdOf(study) : '',
  }
  const response = await fetch(callback.url, {
    method: 'POST',
    redirect: 'error',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(value),
  })
  const answer: unknown = await response.json().catch(() => undefined)
  return { httpStatus: response.status, answer, headers }
}
