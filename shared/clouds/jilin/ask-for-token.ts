import type { JilinSettings } from '../../models/destination.ts'
import type { CloudFailure } from '../cloud-outcome.ts'
import type { HttpTransport } from '../http-transport.ts'
import { readAnswer } from '../read-answer.ts'
import { classifyJilin, jilinCodeOf } from './answers.ts'

export type TokenAnswer =
  | { readonly kind: 'granted'; readonly token: string }
  /** The platform said no, or was not reached at all: this asking does not count. */
  | {
      readonly kind: 'not-granted'
      readonly failure: CloudFailure
      readonly pause: 'settings' | 'ten-minutes' | 'next-day' | 'none'
    }
  /** The asking left and no clear answer came: it may have been granted, so it counts. */
  | { readonly kind: 'answer-lost'; readonly failure: CloudFailure }

/** POST /interface/getToken, once. */
export async function askForToken(
  settings: Pick<JilinSettings, 'baseUrl' | 'uid' | 'appSecret'>,
  transport: HttpTransport,
  onServerClock: (offsetMs: number | undefined) => void,
): Promise<TokenAnswer> {
  const sent = { uid: settings.uid, appSecret: settings.appSecret }
  const result = await transport({
    url: `${settings.baseUrl.replace(/\/+$/, '')}/interface/getToken`,
    body: { kind: 'json', value: sent },
  })
  const answer = readAnswer(result)
  // A page of the network or of a proxy tells that machine's time, not the cloud's.
  if (answer.kind === 'json' && result.kind === 'answered') onServerClock(result.clockOffsetMs)
  if (answer.kind === 'failure') {
    const { failure } = answer
    if (failure.kind === 'retry' && failure.maybeReceived) return { kind: 'answer-lost', failure }
    // A bare HTTP 403 is what a wrong uid or appSecret looks like, too: asking again could lock the account.
    return { kind: 'not-granted', failure, pause: answer.status === 403 ? 'settings' : 'none' }
  }
  const verdict = classifyJilin('getToken', answer, sent)
  if (verdict.kind === 'outcome' && verdict.outcome.kind !== 'done') {
    const failure = verdict.outcome
    const code = jilinCodeOf(answer.body)
    const pause =
      code === 11003
        ? 'ten-minutes'
        : code === 11004
          ? 'next-day'
          : failure.kind === 'fix-settings'
            ? 'settings'
            : 'none'
    return { kind: 'not-granted', failure, pause }
  }
  const token = tokenIn(answer.body.datas)
  if (token !== undefined) return { kind: 'granted', token }
  return { kind: 'answer-lost', failure: { kind: 'unknown', reason: withoutToken } }
}

/** The example has {"token": "…"} in datas, the table calls datas a text: both are read. AN..99 by the header's table. */
function tokenIn(datas: unknown): string | undefined {
  const token = typeof datas === 'object' && datas !== null && 'token' in datas ? datas.token : datas
  return typeof token === 'string' && /^[\x21-\x7e]{1,512}$/.test(token) ? token : undefined
}

const withoutToken = {
  code: 'JILIN-NO-TOKEN',
  message: '省影像云说授权成功，却没有给出 token',
  action: '影站会再试几次；若持续出现请联系平台',
  english: 'The provincial cloud reports that it granted a token, but did not give one',
  englishAction: 'Yingzhan tries a few more times; if it keeps failing, contact the platform',
}
