import type { JilinSettings } from '../../models/destination.ts'
import { type CloudFailure, type CloudOutcome, done } from '../cloud-outcome.ts'
import type { HttpBody, HttpResult, HttpTransport } from '../http-transport.ts'
import { type JsonObject, readAnswer } from '../read-answer.ts'
import { classifyJilin, type JilinCall } from './answers.ts'
import type { TokenKeeper } from './token.ts'
import type { TokenPurpose } from './token-budget.ts'

export type JilinReply =
  | { readonly body: JsonObject; readonly text: string }
  | 'nothing-found'
  | { readonly pdf: Buffer }

export type JilinCaller = (
  name: JilinCall,
  body: HttpBody,
  /** What is sent, in clear: its values are taken out of the platform's words. */
  sent: unknown,
  options?: { readonly maxAnswerBytes?: number; readonly purpose?: TokenPurpose },
) => Promise<CloudOutcome<JilinReply>>

/** One call with the station's token. A token refused in mid-run (403) is renewed once, and the call repeated once. */
export function createJilinCaller(options: {
  readonly settings: Pick<JilinSettings, 'baseUrl'>
  readonly keeper: TokenKeeper
  readonly transport: HttpTransport
  readonly onServerClock: (offsetMs: number | undefined) => void
  readonly signal: AbortSignal | undefined
}): JilinCaller {
  const { keeper, transport, signal } = options
  const base = options.settings.baseUrl.replace(/\/+$/, '')
  return async (name, body, sent, { maxAnswerBytes, purpose = 'ordinary' } = {}) => {
    const attempt = async (token: string): Promise<CloudOutcome<JilinReply> | 'token-refused'> => {
      const result = await transport({
        url: `${base}/interface/${name}`,
        headers: { 'X-Token': token },
        body,
        ...(maxAnswerBytes === undefined ? {} : { maxAnswerBytes }),
        ...(signal ? { signal } : {}),
      })
      if (result.kind === 'answered' && isOfCloud(result)) options.onServerClock(result.clockOffsetMs)
      return readReply(name, result, sent)
    }
    const token = await keeper.token({ purpose })
    if (token.kind !== 'done') return withoutSending(token)
    const first = await attempt(token.value)
    if (first !== 'token-refused') return first
    const renewed = await keeper.renew(token.value, { purpose })
    if (renewed.kind !== 'done') return withoutSending(renewed)
    const second = await attempt(renewed.value)
    if (second !== 'token-refused') return second
    const again = await keeper.renew(renewed.value, { purpose })
    return again.kind === 'done' ? { kind: 'retry', reason: refusedTwice } : withoutSending(again)
  }
}

function readReply(name: JilinCall, result: HttpResult, sent: unknown): CloudOutcome<JilinReply> | 'token-refused' {
  // queryExamPdfData answers with the file itself; told apart by its content, not by a header.
  if (name === 'queryExamPdfData' && result.kind === 'answered' && result.status === 200 && isPdf(result.body)) {
    return isWholePdf(result.body) ? done({ pdf: result.body }) : { kind: 'retry', reason: pdfCut }
  }
  const answer = readAnswer(result)
  if (answer.kind === 'failure') return answer.status === 403 ? 'token-refused' : answer.failure
  if (answer.status === 403) return 'token-refused'
  const verdict = classifyJilin(name, answer, sent)
  if (verdict.kind === 'token-refused') return 'token-refused'
  if (verdict.outcome.kind !== 'done') return verdict.outcome
  const { value } = verdict.outcome
  return done(value === 'nothing-found' ? value : { body: value, text: answer.text })
}

/** A lost answer to getToken says nothing about the call itself, which has not been sent or was refused. */
const withoutSending = (failure: CloudFailure): CloudFailure =>
  failure.kind === 'retry' ? { kind: 'retry', reason: failure.reason } : failure

/** A page of the network or of a proxy tells that machine's time, not the cloud's. */
const isOfCloud = (result: HttpResult) => readAnswer(result).kind === 'json'

const isPdf = (bytes: Buffer) => bytes.subarray(0, 5).toString('latin1') === '%PDF-'

/** Its end mark stands in the last kilobyte (ISO 32000-1, 7.5.5 and annex H); half a report must not be shown as a whole one. */
const isWholePdf = (bytes: Buffer) => bytes.subarray(-1024).toString('latin1').includes('%%EOF')

const pdfCut = {
  code: 'JILIN-PDF-CUT',
  message: '省影像云传来的 PDF 报告不完整',
  action: '请再查一次；若持续出现请联系平台',
  english: 'The report PDF that came from the provincial cloud is not complete',
  englishAction: 'Ask once more; if it keeps failing, contact the platform',
}

const refusedTwice = {
  code: 'JILIN-403',
  message: '省影像云连续两次拒绝了授权',
  action: '稍后会自动重试；若持续出现，请确认没有其他系统在用同一个 uid，或联系平台',
  english: 'The provincial cloud refused the token twice in a row',
  englishAction:
    'It is tried again by itself; if it keeps failing, make sure that no other system uses the same uid, or contact the platform',
}
