import type { AimisSettings } from '../../models/destination.ts'
import { inBoth, listed, statements } from '../../problems/both-words.ts'
import { type CloudOutcome, done } from '../cloud-outcome.ts'
import { bothLabels } from '../field-labels.ts'
import type { HttpTransport } from '../http-transport.ts'
import { type JsonObject, readAnswer } from '../read-answer.ts'
import { createServerClock } from '../server-clock.ts'
import { classifyAimis } from './answers.ts'
import { checkAimisBody } from './check-body.ts'
import type { AimisField } from './field.ts'
import { aimisHeaders } from './signature.ts'

export type AimisRequest<T> = {
  readonly url: string
  readonly fields: readonly AimisField[]
  /** In clear. */
  readonly body: object
  /** As it travels, where that differs. */
  readonly sealed?: object
  readonly read: (answer: JsonObject) => CloudOutcome<T>
}

export type AimisCaller = {
  /** One call. Nothing is sent while a class A field is missing. */
  readonly call: <T>(request: AimisRequest<T>) => Promise<CloudOutcome<T>>
  readonly clockOffsetMs: () => number | undefined
}

/** What both surfaces of AIMIS have in common: the check before sending, the three headers, the answer's code, the server's clock. */
export function createAimisCaller(options: {
  readonly settings: Pick<AimisSettings, 'appId' | 'token' | 'signatureEncoding'>
  readonly transport: HttpTransport
  readonly clock: () => number
  readonly signal: AbortSignal | undefined
}): AimisCaller {
  const { settings, transport, clock, signal } = options
  const serverClock = createServerClock(clock)

  async function attempt<T>({ url, body, sealed, read }: AimisRequest<T>): Promise<CloudOutcome<T>> {
    // A fresh timestamp for every attempt.
    const result = await transport({
      url,
      headers: aimisHeaders(settings, serverClock.now()),
      body: { kind: 'json', value: sealed ?? body },
      ...(signal ? { signal } : {}),
    })
    const answer = readAnswer(result)
    // A page of the network or of a proxy tells that machine's time, not the cloud's.
    if (answer.kind === 'json' && result.kind === 'answered') serverClock.learn(result.clockOffsetMs)
    if (answer.kind === 'failure') return answer.failure
    const context = { now: clock(), sent: { ...body, ...sealed }, clockOffsetMs: serverClock.measuredMs() }
    const verdict = classifyAimis(answer, undefined, context)
    if (verdict.kind !== 'done') return verdict
    const value = read(answer.body)
    return value.kind === 'done' && verdict.note !== undefined ? done(value.value, verdict.note) : value
  }

  return {
    call: async (request) => {
      const refusal = refuseBody(request.fields, request.body)
      if (refusal) return refusal
      const signedWith = serverClock.usedMs()
      const first = await attempt(request)
      // A refused signature did nothing, so it may be signed again at once with the server's own time.
      const isSignature = first.kind === 'fix-settings' && first.reason.code === 'AIMIS-90002'
      return isSignature && serverClock.refused(signedWith) ? attempt(request) : first
    },
    clockOffsetMs: serverClock.measuredMs,
  }
}

/** Nothing is sent while a class A field is missing or a value is none that AIMIS could take; the reason names the fields. */
function refuseBody(fields: readonly AimisField[], body: object): CloudOutcome<never> | undefined {
  const { problems } = checkAimisBody(fields, body)
  if (problems.length === 0) return undefined
  const labels = listed(problems.map((problem) => bothLabels(problem.label)))
  const wrong = statements(problems.map(({ text, english }) => inBoth(text, english)))
  const reason = problems.every((problem) => problem.kind === 'missing')
    ? {
        code: 'MISSING-FIELD',
        message: `缺少腾讯影像云必填的资料：${labels.chinese}，未发送`,
        action: `请补全${labels.chinese}，再点“重试”`,
        english: `Required by Tencent AIMIS and missing: ${labels.english}; nothing was sent`,
        englishAction: `Fill in: ${labels.english}; then press “Retry”`,
      }
    : {
        code: 'FIELD-FORMAT',
        message: `腾讯影像云要求的资料有误：${wrong.chinese}，未发送`,
        action: `请修改${labels.chinese}，再点“重试”`,
        english: `Tencent AIMIS cannot take these details: ${wrong.english}; nothing was sent`,
        englishAction: `Correct: ${labels.english}; then press “Retry”`,
      }
  return { kind: 'fix-exam', reason }
}
