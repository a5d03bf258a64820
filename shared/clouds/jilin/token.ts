import { type CloudFailure, type CloudOutcome, type CloudReason, done } from '../cloud-outcome.ts'
import type { HttpTransport } from '../http-transport.ts'
import { createServerClock, type ServerClock } from '../server-clock.ts'
import { askForToken } from './ask-for-token.ts'
import {
  budgetReason,
  day,
  grantsFor,
  nextChinaDay,
  type TokenGauge,
  type TokenPurpose,
  tokenGauge,
  tokenRules,
  whenAllowed,
} from './token-budget.ts'
import { heldRecord, type TokenAccount, type TokenPause, type TokenRecord, type TokenStore } from './token-record.ts'

export type { TokenRecord, TokenStore } from './token-record.ts'

/** `purpose` decides how much of the day's grants may be used up; 'ordinary' when absent. */
export type TokenWish = { readonly purpose?: TokenPurpose }

export type TokenKeeper = {
  /** The token to use now; asks the platform only when there is none or it is about to end. */
  readonly token: (wish?: TokenWish) => Promise<CloudOutcome<string>>
  /** The platform refused `value` before its time: asks for another one, unless somebody else has already done so. */
  readonly renew: (value: string, wish?: TokenWish) => Promise<CloudOutcome<string>>
  /** A person has looked at it: pauses and waiting end, but not the silence after a lock-out. The count of the day stays. */
  readonly resume: () => Promise<void>
  readonly gauge: () => Promise<TokenGauge>
}

const minute = 60_000
const hour = 60 * minute
/** Waiting between early renewals within four hours: at once, then 5, 10, 20, 40, 60 minutes. Another system may use our uid. */
const earlyRenewalWaits = [0, 5, 10, 20, 40, 60].map((minutes) => minutes * minute)
/** Waiting after an asking whose answer was lost, since it may have been granted: 0.5, 1, 2, 4, 8, 16, 32, 60 minutes. */
const lostAnswerWaits = [0.5, 1, 2, 4, 8, 16, 32, 60].map((minutes) => minutes * minute)
/** The sixth wrong answer in a row locks the account: with this secret nobody, not a person either, asks a sixth time. */
const mostWrong = 5

/** One token for the whole station: make one keeper per destination and share it. All askings go through one line, one at a time. */
export function createTokenKeeper(options: {
  readonly settings: TokenAccount
  readonly store: TokenStore
  readonly transport: HttpTransport
  readonly clock: () => number
  /** The platform's time; absent: this keeper learns it by itself. */
  readonly serverClock?: ServerClock
}): TokenKeeper {
  const { settings, store, serverClock = createServerClock(options.clock) } = options
  const { now } = serverClock
  let line: Promise<unknown> = Promise.resolve()
  let lost: { readonly times: number; readonly until: number; readonly failure: CloudFailure } | undefined

  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    const result = line.then(work)
    line = result.catch(() => {})
    return result
  }

  async function load(): Promise<TokenRecord> {
    const kept = await store.read()
    serverClock.restore(kept?.clockOffsetMs)
    const record = heldRecord(kept, settings, now())
    // An asking that was put from the future to now must be kept as such, or it would be 'now' for ever.
    const isMoved = kept && kept.account === record.account && kept.asked.some((at) => at > now() + minute)
    if (isMoved) await save(record)
    return record
  }

  async function save(record: TokenRecord): Promise<void> {
    const { clockOffsetMs: _, ...rest } = record
    const used = serverClock.usedMs()
    await store.write(used === 0 ? rest : { ...rest, clockOffsetMs: used })
  }

  /** Back in this computer's time, which is what callers wait by. */
  const waitUntil = (until: number, reason: CloudReason): CloudFailure => ({
    kind: 'wait-until',
    until: until - serverClock.usedMs(),
    reason,
  })
  const pausedBy = ({ until, reason }: TokenPause): CloudFailure =>
    until === 'settings' ? { kind: 'fix-settings', reason } : waitUntil(until, reason)

  async function ask(record: TokenRecord, early: boolean, purpose: TokenPurpose): Promise<CloudOutcome<string>> {
    const askedAt = now()
    if (isHeld(record.pause, askedAt)) return pausedBy(record.pause)
    if (lost && lost.until > askedAt) return lost.failure
    const full = whenAllowed(record.asked, askedAt, grantsFor[purpose])
    if (full > askedAt) return waitUntil(full, budgetReason(purpose))
    const { pause: _ended, token: _old, ...rest } = record
    const recent = record.renewedEarly.filter((at) => at > askedAt - 4 * hour)
    const asking: TokenRecord = {
      ...rest,
      asked: [...record.asked, askedAt],
      renewedEarly: early ? [...recent, askedAt] : record.renewedEarly,
    }
    // Counted before it is asked: a crash in between must not make the count too small.
    await save(asking)
    const answer = await askForToken(settings, options.transport, serverClock.learn)
    switch (answer.kind) {
      case 'granted': {
        lost = undefined
        const token = { value: answer.token, grantedAt: askedAt, expiresAt: askedAt + tokenRules.validMs }
        await save({ ...asking, token, wrong: 0, dayRefusals: 0 })
        return done(answer.token)
      }
      case 'not-granted': {
        const { reason } = answer.failure
        const pause = pauseOf(answer.pause, reason, now(), record.dayRefusals ?? 0)
        const uncounted: TokenRecord = {
          ...asking,
          asked: record.asked,
          wrong: (record.wrong ?? 0) + (answer.pause === 'settings' || answer.pause === 'ten-minutes' ? 1 : 0),
          dayRefusals: answer.pause === 'next-day' ? (record.dayRefusals ?? 0) + 1 : 0,
        }
        await save(pause ? { ...uncounted, pause } : uncounted)
        return pause ? pausedBy(pause) : answer.failure
      }
      case 'answer-lost': {
        const times = (lost?.times ?? 0) + 1
        const wait = lostAnswerWaits[Math.min(times, lostAnswerWaits.length) - 1] ?? hour
        lost = { times, until: now() + wait, failure: answer.failure }
        return answer.failure
      }
    }
  }

  return {
    token: ({ purpose = 'ordinary' } = {}) =>
      inLine(async () => {
        const record = await load()
        const left = (record.token?.expiresAt ?? 0) - now()
        const ahead = record.token !== undefined && record.token.grantedAt > now() + hour
        if (record.token && !ahead && left > tokenRules.renewBeforeMs) return done(record.token.value)
        const renewed = await ask(record, false, purpose)
        const usable = record.token && !ahead && left > tokenRules.useUntilBeforeMs
        if (renewed.kind === 'done' || !record.token || !usable) return renewed
        await save({ ...(await load()), token: record.token })
        return done(record.token.value)
      }),
    renew: (value, { purpose = 'ordinary' } = {}) =>
      inLine(async () => {
        const record = await load()
        if (record.token && record.token.value !== value) return done(record.token.value)
        const recent = record.renewedEarly.filter((at) => at > now() - 4 * hour)
        const wait = earlyRenewalWaits[Math.min(recent.length, earlyRenewalWaits.length - 1)] ?? hour
        const until = (recent.at(-1) ?? 0) + wait
        if (until > now()) return waitUntil(until, refusedTooEarly)
        return ask(record, true, purpose)
      }),
    resume: () =>
      inLine(async () => {
        lost = undefined
        const { pause, ...record } = await load()
        const isLocking = pause?.until === 'settings' && (record.wrong ?? 0) >= mostWrong
        const stays = pause && (pause.silence || isLocking) ? { pause } : {}
        await save({ ...record, renewedEarly: [], ...stays })
      }),
    gauge: () =>
      inLine(async () => {
        const { asked, pause } = await load()
        return tokenGauge(asked, now(), isHeld(pause, now()) ? pause.reason : undefined)
      }),
  }
}

function isHeld(pause: TokenPause | undefined, now: number): pause is TokenPause {
  // A pause that ends more than two days from now was written by a clock that has since been put right.
  if (!pause || pause.until === 'settings') return pause !== undefined
  return pause.until > now && pause.until < now + 2 * day
}

/** 11003: ten minutes of silence. 11004: the next China day; said again then, the platform counts the last 24 hours: every hour. */
function pauseOf(
  pause: 'settings' | 'ten-minutes' | 'next-day' | 'none',
  reason: CloudReason,
  now: number,
  dayRefusals: number,
): TokenPause | undefined {
  switch (pause) {
    case 'none':
      return undefined
    case 'settings':
      return { until: 'settings', reason }
    case 'ten-minutes':
      return { until: now + 10 * minute, reason, silence: true }
    case 'next-day':
      return { until: dayRefusals === 0 ? nextChinaDay(now) : now + hour, reason }
  }
}

const refusedTooEarly: CloudReason = {
  code: 'JILIN-403',
  message: '省影像云在有效期内就拒绝了刚取得的授权，可能有其他系统在用同一个 uid',
  action: '影站会隔一段时间再取；请确认没有其他系统在用同一个 uid，或联系平台',
  english:
    'The provincial cloud refused a fresh token before its time was over; another system may be using the same uid',
  englishAction:
    'Yingzhan asks again after a while; make sure that no other system uses the same uid, or contact the platform',
}
