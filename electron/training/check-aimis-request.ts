import type { IncomingHttpHeaders } from 'node:http'
import { checkAimisBody } from '../../shared/clouds/aimis/check-body.ts'
import type { AimisField } from '../../shared/clouds/aimis/field.ts'
import { type AimisCredentials, signAimis } from '../../shared/clouds/aimis/signature.ts'

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

const codeOf = { missing: 20031, 'wrong-type': 100001, 'wrong-format': 20030, damaged: 20030 } as const
const said = { 20031: '必填参数为空', 100001: '参数错误', 20030: '格式不合法' } as const

/** The first thing wrong with a body by its field table: class A, types, formats, code lists, names that are not in it. */
export function refuseFields(
  fields: readonly AimisField[],
  body: Readonly<Record<string, unknown>>,
): Refusal | undefined {
  const stranger = strangerIn(fields, body)
  if (stranger !== undefined) return { code: 100001, message: `参数错误：没有字段 ${stranger}` }
  const sentNull = Object.entries(body).find(([, value]) => value === null)
  if (sentNull) return { code: 100001, message: `参数错误：${sentNull[0]}` }
  const [problem] = checkAimisBody(fields, body).problems
  if (!problem) return undefined
  const code = codeOf[problem.kind]
  return { code, message: `${said[code]}：${problem.name}` }
}

function strangerIn(fields: readonly AimisField[], body: Readonly<Record<string, unknown>>): string | undefined {
  const known = new Set(fields.map((field) => field.name))
  const stranger = Object.keys(body).find((name) => !known.has(name))
  if (stranger !== undefined) return stranger
  return fields
    .flatMap(({ name, entries }) => (entries && Array.isArray(body[name]) ? [{ entries, list: body[name] }] : []))
    .flatMap(({ entries, list }) => list.map((entry: unknown) => strangerIn(entries, Object(entry))))
    .find((name) => name !== undefined)
}
