import type { IncomingHttpHeaders } from 'node:http'
import { type AimisField, studyLogFields } from '../../shared/clouds/aimis/fields.ts'
import { type AimisCredentials, signAimis } from '../../shared/clouds/aimis/signature.ts'
import { isJilinTime } from '../../shared/clouds/jilin/check-body.ts'
import { isCalendarDay } from '../../shared/text/dicom-values.ts'

export type Refusal = { readonly code: number; readonly message: string }

const fiveMinutes = 5 * 60 * 1000

/** appId, freshness and signature of a call; the signature is computed again. Undefined: accepted. */
export function refuseSignature(
  headers: IncomingHttpHeaders,
  credentials: AimisCredentials,
  now: number,
): Refusal | undefined {
  const { appid, timestamp, signature } = headers
  if (appid !== credentials.appId) return { code: 90001, message: '无效 token' }
  if (typeof timestamp !== 'string' || !/^\d{13}$/.test(timestamp)) return { code: 90002, message: '无效签名：时间戳' }
  if (Math.abs(now - Number(timestamp)) > fiveMinutes) return { code: 90002, message: '无效签名：时间戳过期' }
  return signature === signAimis(credentials, timestamp) ? undefined : { code: 90002, message: '无效签名' }
}

/** The first thing wrong with a body by its field table: class A, types, formats, code lists. Undefined: nothing is. */
export function refuseFields(
  fields: readonly AimisField[],
  body: Readonly<Record<string, unknown>>,
): Refusal | undefined {
  const known = new Set(fields.map((field) => field.name))
  const stranger = Object.keys(body).find((name) => !known.has(name))
  if (stranger !== undefined) return { code: 100001, message: `参数错误：没有字段 ${stranger}` }
  for (const field of fields) {
    const refusal = refuseValue(field, body[field.name], field.name in body)
    if (refusal) return refusal
  }
  return undefined
}

function refuseValue(field: AimisField, value: unknown, isThere: boolean): Refusal | undefined {
  const { name } = field
  if (!isThere || value === '')
    return field.class === 'A' ? { code: 20031, message: `必填参数为空：${name}` } : undefined
  const wrongType: Refusal = { code: 100001, message: `参数错误：${name} 类型不符` }
  const wrongFormat: Refusal = { code: 20030, message: `格式不合法：${name}` }
  switch (field.type) {
    case 'int':
      return Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : wrongType
    case 'list':
      if (!Array.isArray(value)) return wrongType
      return value
        .map((entry: unknown) =>
          typeof entry === 'object' && entry !== null ? refuseFields(studyLogFields, { ...entry }) : wrongType,
        )
        .find(Boolean)
    default:
      if (typeof value !== 'string' || value === 'null') return wrongType
  }
  if (field.type === 'day' && !isCalendarDay(value)) return wrongFormat
  if (field.type === 'time' && !isJilinTime(value)) return wrongFormat
  return field.codes && !field.codes.includes(value) ? wrongFormat : undefined
}
