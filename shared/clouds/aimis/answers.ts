import { assertNever } from '../../assert-never.ts'
import { type BothWords, inBoth } from '../../problems/both-words.ts'
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
      reason: {
        code: 'AIMIS-NO-CODE',
        message: '腾讯影像云的应答里没有状态码',
        action: contact.chinese,
        english: 'There is no status code in the answer of Tencent AIMIS',
        englishAction: contact.english,
      },
    }
  }
  const row = aimisCode(code)
  if (answer.status !== 200 && (row === undefined || row.class === 'done')) return failureOfStatus(answer.status)
  if (code === 0) return { kind: 'done', value }
  const said = serverWords(message, context.sent)
  const told = inBoth(row?.zh ?? '未列入文档的状态码', row?.en ?? 'a status code that the documents do not list')
  const action = actions[code] ?? actionOf(row?.class ?? 'unclear')
  const reason: CloudReason = {
    code: `AIMIS-${code}`,
    message: `腾讯影像云回答：${told.chinese}（${code}）${said !== '' && said !== told.chinese ? `：${said}` : ''}`,
    action: action.chinese,
    english: `Tencent AIMIS answered: ${told.english} (${code})${isNews(said, told) ? `: ${said}` : ''}`,
    englishAction: action.english,
  }
  const kind = row?.class ?? 'unclear'
  switch (kind) {
    case 'done':
      return { kind: 'done', value, note: inBoth(reason.message, reason.english) }
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

/** The server's own words are told beside the documented ones where they say more, whichever language it answers in. */
const isNews = (said: string, told: BothWords) => said !== '' && said !== told.chinese && said !== told.english

const contact = inBoth(
  '影站会再试几次；若持续出现，请把状态码告诉平台',
  'Yingzhan tries a few more times; if it keeps failing, tell the platform the status code',
)

function actionOf(kind: AimisCodeClass): BothWords {
  switch (kind) {
    case 'done':
      return inBoth('无需处理', 'Nothing needs doing')
    case 'retry':
      return inBoth('稍后会自动重试，无需处理', 'It is tried again by itself; nothing needs doing')
    case 'wait':
      return inBoth('一小时后会自动重试，无需处理', 'It is tried again in an hour; nothing needs doing')
    case 'fix-exam':
      return inBoth(
        '请核对并修改该检查的资料，再点“重试”',
        'Check and correct the details of this exam, then press “Retry”',
      )
    case 'fix-settings':
      return inBoth(
        '请在设置中核对腾讯影像云的接入资料，或联系平台',
        'Check the account of Tencent AIMIS in Settings, or contact the platform',
      )
    case 'study-unknown':
      return inBoth(
        '影站会先上传检查信息再试；若持续出现，请把状态码告诉平台',
        'Yingzhan sends the exam data first, then tries again; if it keeps failing, tell the platform the status code',
      )
    case 'unclear':
      return contact
    default:
      return assertNever(kind)
  }
}

/** Better words than its class has, for the codes that staff really meet. */
const actions: Readonly<Record<number, BothWords>> = {
  20031: inBoth('请补全该检查的必填资料，再点“重试”', 'Fill in what this exam still lacks, then press “Retry”'),
  20030: inBoth(
    '请核对该检查的日期、证件号等格式，再点“重试”',
    'Check how dates, document numbers and the like of this exam are written, then press “Retry”',
  ),
  90001: inBoth('请在设置中重新填写平台发放的 token', 'Enter the Token from the platform again in Settings'),
  90002: inBoth('请在设置中核对 appId、token 和签名编码', 'Check AppId, Token and Signature encoding in Settings'),
}

/** A refused signature is often a wrong clock: the timestamp is part of it. */
function withClock(reason: CloudReason, offsetMs: number | undefined): CloudReason {
  const difference = clockDifference(offsetMs)
  if (difference === undefined) return reason
  return {
    ...reason,
    message: `${reason.message}；${difference.chinese}`,
    action: '请校准本机日期时间，再点“重试”',
    english: `${reason.english}; ${difference.english}`,
    englishAction: 'Set date and time of this computer right, then press “Retry”',
  }
}
