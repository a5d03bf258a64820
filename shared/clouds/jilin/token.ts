import { createHash } from 'node:crypto'
import type { JilinSettings } from '../../models/destination.ts'
import { chinaDay, startOfChinaDay } from '../../text/china-time.ts'
import { type CloudFailure, type CloudOutcome, type CloudReason, done } from '../cloud-outcome.ts'
import type { HttpTransport } from '../http-transport.ts'
import { askForToken } from './ask-for-token.ts'

/** What is kept of the token, across restarts, encrypted by whoever keeps it. Times in epoch milliseconds. */
export type TokenRecord = {
  /** Hash of address and uid: the account that the platform counts. */
  readonly account: string
  /** Hash of address, uid and secret: another one means that the settings were changed. */
  readonly credential: string
  readonly token?: { readonly value: string; readonly grantedAt: number; readonly expiresAt: number }
  /** When tokens were asked for; every asking that may have been granted counts. */
  readonly asked: readonly number[]
  /** When a token was asked for because the one before had been refused too early. */
  readonly renewedEarly: readonly number[]
  /** No asking until then; 'settings': until the settings change or a person says so. */
  readonly pause?: { readonly until: number | 'settings'; readonly reason: CloudReason }
}

export type TokenStore = {
  readonly read: () => TokenRecord | undefined | Promise<TokenRecord | undefined>
  readonly write: (record: TokenRecord) => void | Promise<void>
}

export type TokenKeeper = {
  /** The token to use now; asks the platform only when there is none or it is about to end. */
  readonly token: () => Promise<CloudOutcome<string>>
  /** The platform refused `value` before its time: asks for another one, unless somebody else has already done so. */
  readonly renew: (value: string) => Promise<CloudOutcome<string>>
  /** A person has looked at it: pauses and waiting end. The count of the day stays. */
  readonly resume: () => Promise<void>
}

/** 权限鉴定接口: valid for 7200 s, at most 30 a day. When the day begins is not said, so the China day and the last 24 h both count. */
export const tokenRules = { validMs: 7_200_000, perDay: 30, renewBeforeMs: 300_000, useUntilBeforeMs: 30_000 } as const

const hour = 3_600_000
const day = 24 * hour
/** Waiting between early renewals within four hours: at once, then 5, 10, 20, 40, 60 minutes. Another system may use our uid. */
const earlyRenewalWaits = [0, 5, 10, 20, 40, 60].map((minutes) => minutes * 60_000)
/** Waiting after an asking whose answer was lost, since it may have been granted: 0.5, 1, 2, 4, 8, 16, 32, 60 minutes. */
const lostAnswerWaits = [0.5, 1, 2, 4, 8, 16, 32, 60].map((minutes) => minutes * 60_000)

/** One token for the whole station: make one keeper per destination and share it. All askings go through one line, one at a time. */
export function createTokenKeeper(options: {
  readonly settings: Pick<JilinSettings, 'baseUrl' | 'uid' | 'appSecret'>
  readonly store: TokenStore
  readonly transport: HttpTransport
  readonly clock: () => number
  readonly onServerClock?: (offsetMs: number) => void
}): TokenKeeper {
  const { settings, store, clock } = options
  const account = hash(settings.baseUrl, settings.uid)
  const credential = hash(settings.baseUrl, settings.uid, settings.appSecret)
  let line: Promise<unknown> = Promise.resolve()
  let lost: { readonly times: number; readonly until: number; readonly failure: CloudFailure } | undefined

  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    const result = line.then(work)
    line = result.catch(() => {})
    return result
  }

  async function load(): Promise<TokenRecord> {
    const fresh: TokenRecord = { account, credential, asked: [], renewedEarly: [] }
    const kept = await store.read()
    if (!kept || kept.account !== account) return fresh
    const asked = kept.asked.filter((at) => at > clock() - 2 * day)
    return kept.credential === credential ? { ...kept, asked } : { ...fresh, asked }
  }

  async function ask(record: TokenRecord, early: boolean): Promise<CloudOutcome<string>> {
    const now = clock()
    if (record.pause && (record.pause.until === 'settings' || record.pause.until > now)) return pausedBy(record.pause)
    if (lost && lost.until > now) return lost.failure
    const full = whenAllowed(record.asked, now)
    if (full > now) return { kind: 'wait-until', until: full, reason: dayUsedUp }
    const { pause: _ended, token: _old, ...rest } = record
    const asking: TokenRecord = {
      ...rest,
      asked: [...record.asked, now],
      renewedEarly: early ? [...record.renewedEarly.filter((at) => at > now - 4 * hour), now] : record.renewedEarly,
    }
    // Counted before it is asked: a crash in between must not make the count too small.
    await store.write(asking)
    const answer = await askForToken(settings, options.transport, options.onServerClock)
    switch (answer.kind) {
      case 'granted':
        lost = undefined
        await store.write({
          ...asking,
          token: { value: answer.token, grantedAt: now, expiresAt: now + tokenRules.validMs },
        })
        return done(answer.token)
      case 'not-granted': {
        const until = answer.pause === 'settings' ? 'settings' : pauseUntil(answer.pause, now)
        const uncounted = { ...asking, asked: record.asked }
        await store.write(
          until === undefined ? uncounted : { ...uncounted, pause: { until, reason: answer.failure.reason } },
        )
        return until === undefined ? answer.failure : pausedBy({ until, reason: answer.failure.reason })
      }
      case 'answer-lost': {
        const times = (lost?.times ?? 0) + 1
        const wait = lostAnswerWaits[Math.min(times, lostAnswerWaits.length) - 1] ?? hour
        lost = { times, until: clock() + wait, failure: answer.failure }
        return answer.failure
      }
    }
  }

  return {
    token: () =>
      inLine(async () => {
        const record = await load()
        const left = (record.token?.expiresAt ?? 0) - clock()
        const ahead = record.token !== undefined && record.token.grantedAt > clock() + hour
        if (record.token && !ahead && left > tokenRules.renewBeforeMs) return done(record.token.value)
        const renewed = await ask(record, false)
        const usable = record.token && !ahead && left > tokenRules.useUntilBeforeMs
        if (renewed.kind === 'done' || !record.token || !usable) return renewed
        await store.write({ ...(await load()), token: record.token })
        return done(record.token.value)
      }),
    renew: (value) =>
      inLine(async () => {
        const record = await load()
        if (record.token && record.token.value !== value) return done(record.token.value)
        const recent = record.renewedEarly.filter((at) => at > clock() - 4 * hour)
        const wait = earlyRenewalWaits[Math.min(recent.length, earlyRenewalWaits.length - 1)] ?? hour
        const until = (recent.at(-1) ?? 0) + wait
        if (until > clock()) return { kind: 'wait-until', until, reason: refusedTooEarly }
        return ask(record, true)
      }),
    resume: () =>
      inLine(async () => {
        lost = undefined
        const { pause: _, ...record } = await load()
        await store.write({ ...record, renewedEarly: [] })
      }),
  }
}

/** The first moment at which both the China day and the last 24 hours have room for one more; `now` when they have. */
export function whenAllowed(asked: readonly number[], now: number): number {
  const recent = asked.filter((at) => at > now - day).sort((a, b) => a - b)
  const today = recent.filter((at) => chinaDay(at) === chinaDay(now))
  const rollingFrom = recent.length < tokenRules.perDay ? now : (recent.at(-tokenRules.perDay) ?? now) + day
  const dayFrom = today.length < tokenRules.perDay ? now : nextChinaDay(now)
  return Math.max(rollingFrom, dayFrom)
}

function pauseUntil(pause: 'ten-minutes' | 'next-day' | 'none', now: number): number | undefined {
  if (pause === 'none') return undefined
  return pause === 'ten-minutes' ? now + 600_000 : nextChinaDay(now)
}

/** One minute after midnight in China, so that a slow server clock does not count it to the old day. */
const nextChinaDay = (now: number): number => startOfChinaDay(now) + day + 60_000

function pausedBy(pause: { readonly until: number | 'settings'; readonly reason: CloudReason }): CloudFailure {
  return pause.until === 'settings'
    ? { kind: 'fix-settings', reason: pause.reason }
    : { kind: 'wait-until', until: pause.until, reason: pause.reason }
}

const dayUsedUp: CloudReason = {
  code: 'JILIN-TOKEN-DAY',
  message: '24 小时内已向省影像云取过 30 次授权，到达平台上限',
  action: '影站会等到可以再取时自动继续；请确认没有其他系统在用同一个 uid',
}

const refusedTooEarly: CloudReason = {
  code: 'JILIN-403',
  message: '省影像云在有效期内就拒绝了刚取得的授权，可能有其他系统在用同一个 uid',
  action: '影站会隔一段时间再取；请确认没有其他系统在用同一个 uid，或联系平台',
}

function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32)
}
