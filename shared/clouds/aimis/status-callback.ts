import { timingSafeEqual } from 'node:crypto'
import { httpAddress } from '../http-address.ts'
import { checkAimisBody } from './check-body.ts'
import { openIdentity } from './identity-cipher.ts'
import { statusCallbackFields } from './internet-hospital-fields.ts'
import { type AimisCredentials, signAimis } from './signature.ts'

/** What the cloud has of a study: 0 its data only, 1 the report, 2 the images, 3 both. Bits, so that two of them merge with 'or'. */
export type AimisCloudStatus = 0 | 1 | 2 | 3

/** What a callback says, identity in clear. */
export type AimisCallback = {
  readonly status: AimisCloudStatus
  readonly studyId: string
  readonly patientId: string
  readonly hospitalId: string
  readonly hisId: string
  readonly phone: string
  readonly identityNumber: string
  readonly studyDate: string
  readonly reportId: string
  readonly h5Url: string
  readonly h5DetailUrl: string
}

/** Signatures that have been used. An entry may be forgotten after `until` (epoch milliseconds): by then it is stale anyway. */
export type NonceStore = {
  readonly has: (signature: string) => boolean
  readonly add: (signature: string, until: number) => void
}

/** The body that the cloud gets back, 请求返回. */
export type CallbackAnswer = { readonly code: number; readonly message: string }

export type CallbackOutcome =
  /** `status`: what is known now, this callback and the earlier ones together; `moved`: it is more than before. */
  | {
      readonly kind: 'accepted'
      readonly callback: AimisCallback
      readonly status: AimisCloudStatus
      readonly moved: boolean
      readonly answer: CallbackAnswer
    }
  | {
      readonly kind: 'refused'
      readonly why: 'signature' | 'stale' | 'replayed' | 'fields' | 'identity'
      readonly answer: CallbackAnswer
    }

const fiveMinutes = 5 * 60 * 1000

/**
 * 检查状态同步回调 (documents 2023 and 2025): same headers and signature as our own calls, in either encoding; not older or newer than
 * five minutes; each signature once, because it does not cover the body. Nothing changes unless the outcome is 'accepted'. `current`:
 * what is known of this study so far, or a way to look it up; it never goes back. The only side effect is `seen.add`.
 */
export function readAimisCallback(call: {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The parsed JSON. */
  readonly body: unknown
  readonly settings: Pick<AimisCredentials, 'appId' | 'token'>
  readonly clock: () => number
  readonly seen: NonceStore
  readonly current: AimisCloudStatus | undefined | ((studyId: string) => AimisCloudStatus | undefined)
}): CallbackOutcome {
  const { body, settings, seen } = call
  const now = call.clock()
  const [appId, timestamp, signature] = ['appid', 'timestamp', 'signature'].map((name) => headerOf(call.headers, name))
  if (appId !== settings.appId || !/^\d{13}$/.test(timestamp ?? '')) return refuse('signature')
  const key = signatureKey(settings, timestamp ?? '', signature ?? '')
  if (key === undefined) return refuse('signature')
  if (Math.abs(now - Number(timestamp)) > fiveMinutes) return refuse('stale')
  if (seen.has(key)) return refuse('replayed')
  seen.add(key, Number(timestamp) + 2 * fiveMinutes)

  const values: Readonly<Record<string, unknown>> =
    typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {}
  const [problem] = checkAimisBody(statusCallbackFields, values).problems
  if (problem) return refuse('fields', problem.kind === 'missing' ? 20031 : 20030, problem.name)
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  const phone = openIdentity(text('phoneNum'), settings.token)
  const identityNumber = openIdentity(text('idNum'), settings.token)
  if (phone === undefined || identityNumber === undefined) return refuse('identity', 20030, 'phoneNum, idNum')

  const callback: AimisCallback = {
    status: values.status as AimisCloudStatus,
    studyId: text('studyId'),
    patientId: text('patientId'),
    hospitalId: text('hospitalId'),
    hisId: text('hisId'),
    phone,
    identityNumber,
    studyDate: text('studyDate'),
    reportId: text('reportId'),
    h5Url: httpAddress(values.h5Url),
    h5DetailUrl: httpAddress(values.h5DetailUrl),
  }
  const current = typeof call.current === 'function' ? call.current(callback.studyId) : call.current
  const status = mergeStatus(current, callback.status)
  return { kind: 'accepted', callback, status, moved: status !== current, answer: { code: 0, message: '成功' } }
}

/** Never less than before: 0 adds nothing, 1 (report) and 2 (images) are not ordered to each other and make 3. */
export function mergeStatus(current: AimisCloudStatus | undefined, next: AimisCloudStatus): AimisCloudStatus {
  return ((current ?? 0) | next) as AimisCloudStatus
}

/** The right signature in lower-case hex, whichever encoding it came in; undefined where it is wrong. */
function signatureKey(
  settings: Pick<AimisCredentials, 'appId' | 'token'>,
  timestamp: string,
  given: string,
): string | undefined {
  const hex = signAimis({ ...settings, signatureEncoding: 'hex' }, timestamp)
  const wanted = Buffer.from(hex, 'hex')
  const isHex = /^[0-9a-f]{64}$/i.test(given)
  const bytes = Buffer.from(given, isHex ? 'hex' : 'base64')
  return bytes.length === wanted.length && timingSafeEqual(bytes, wanted) ? hex : undefined
}

/** Header names are the same in any case (RFC 9110, 5.1); a header given twice is nobody's signature. */
function headerOf(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  name: string,
): string | undefined {
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  return typeof value === 'string' ? value : undefined
}

function refuse(
  why: Extract<CallbackOutcome, { readonly kind: 'refused' }>['why'],
  code = 90002,
  field?: string,
): CallbackOutcome {
  const said = { 90002: '无效签名', 20031: '必填参数为空', 20030: '格式不合法' }[code] ?? '参数错误'
  return { kind: 'refused', why, answer: { code, message: field === undefined ? said : `${said}：${field}` } }
}

/** For one process: what was used within the last ten minutes. */
export function createNonceStore(clock: () => number): NonceStore {
  const used = new Map<string, number>()
  return {
    has: (signature) => used.has(signature),
    add: (signature, until) => {
      for (const [old, end] of used) if (end < clock()) used.delete(old)
      used.set(signature, until)
    },
  }
}
