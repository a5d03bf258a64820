import { assertNever } from '../../assert-never.ts'
import type { CloudOutcome, CloudReason } from '../cloud-outcome.ts'
import { failureOfStatus, type JsonObject } from '../read-answer.ts'
import { clockDifference } from '../server-clock.ts'
import { serverWords } from '../server-words.ts'
import { type AimisCodeClass, aimisCodeTable } from './code-table.ts'

export type AimisCode = { readonly zh: string; readonly en: string; readonly class: AimisCodeClass }

/** One row of the documents' error table, undefined for a code that is not in it. */
export function aimisCode(code: number): AimisCode | undefined {
  const row: readonly [string, string, AimisCodeClass] | undefined = Object.hasOwn(aimisCodeTable, code)
    ? aimisCodeTable[code as keyof typeof aimisCodeTable]
    : undefined
  return row && { zh: row[0], en: row[1], class: row[2] }
}

/** The codes with which the gateway says that it does not know the study: study/add first, then ask again. */
export const studyUnknownCodes: ReadonlySet<string> = new Set(
  Object.entries(aimisCodeTable)
    .filter(([, row]) => row[2] === 'study-unknown')
    .map(([code]) => `AIMIS-${code}`),
)

const oneHour = 60 * 60 * 1000

/**
 * What an answer means. Success is HTTP 200 and the number 0; `value` is what the caller gets then.
 * `sent` is only used to take its values out of the server's words. `clockOffsetMs`: the server's clock minus ours.
 */
export function classifyAimis<T>(
  answer: { readonly status: number; readonly body: JsonObject },
  value: T,
  context: { readonly now: number; readonly sent: unknown; readonly clockOffsetMs: number | undefined },
): CloudOutcome<T> {
  const { code, message } = answer.body
  if (typeof code !== 'number' || !Number.isSafeInteger(code)) {
    if (answer.status !== 200) return failureOfStatus(answer.status)
    return {
      kind: 'unknown',
      reason: { code: 'AIMIS-NO-CODE', message: '腾讯影像云的应答里没有状态码', action: contact },
    }
  }
  const row = aimisCode(code)
  if (answer.status !== 200 && (row === undefined || row.class === 'done')) return failureOfStatus(answer.status)
  if (code === 0) return { kind: 'done', value }
  const said = serverWords(message, context.sent)
  const told = row?.zh ?? '未列入文档的状态码'
  const reason: CloudReason = {
    code: `AIMIS-${code}`,
    message: `腾讯影像云回答：${told}（${code}）${said !== '' && said !== told ? `：${said}` : ''}`,
    action: actions[code] ?? actionOf(row?.class ?? 'unclear'),
  }
  const kind = row?.class ?? 'unclear'
  switch (kind) {
    case 'done':
      return { kind: 'done', value, note: reason.message }
    case 'retry':
      return { kind: 'retry', reason }
    case 'wait':
      return { kind: 'wait-until', until: context.now + oneHour, reason }
    case 'fix-exam':
      return { kind: 'fix-exam', reason }
    case 'fix-settings':
      return { kind: 'fix-settings', reason: code === 90002 ? withClock(reason, context.clockOffsetMs) : reason }
    case 'study-unknown':
    case 'unclear':
      return { kind: 'unknown', reason }
    default:
      return assertNever(kind)
  }
}

const contact = '影站会再试几次；若持续出现，请把状态码告诉平台'

function actionOf(kind: AimisCodeClass): string {
  switch (kind) {
    case 'done':
      return '无需处理'
    case 'retry':
      return '稍后会自动重试，无需处理'
    case 'wait':
      return '一小时后会自动重试，无需处理'
    case 'fix-exam':
      return '请核对并修改该检查的资料，再点“重新发送”'
    case 'fix-settings':
      return '请在设置中核对腾讯影像云的接入资料，或联系平台'
    case 'study-unknown':
      return '影站会先上传检查信息再试；若持续出现，请把状态码告诉平台'
    case 'unclear':
      return contact
    default:
      return assertNever(kind)
  }
}

/** Better words than its class has, for the codes that staff really meet. */
const actions: Readonly<Record<number, string>> = {
  20031: '请补全该检查的必填资料，再点“重新发送”',
  20030: '请核对该检查的日期、证件号等格式，再点“重新发送”',
  90001: '请在设置中重新填写平台发放的 token',
  90002: '请在设置中核对 appId、token 和签名编码',
}

/** A refused signature is often a wrong clock: the timestamp is part of it. */
function withClock(reason: CloudReason, offsetMs: number | undefined): CloudReason {
  const difference = clockDifference(offsetMs)
  if (difference === undefined) return reason
  return {
    ...reason,
    message: `${reason.message}；${difference}`,
    action: '请校准本机日期时间，然后在设置中恢复发送',
  }
}
