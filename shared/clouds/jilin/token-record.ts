import { createHash } from 'node:crypto'
import type { JilinSettings } from '../../models/destination.ts'
import type { CloudReason } from '../cloud-outcome.ts'

/**
 * What is kept of the token, across restarts, encrypted by whoever keeps it. Times are epoch milliseconds by the platform's clock as far
 * as it is known (see server-clock.ts), so that a wrong clock of this computer, or its correction, does not change the count.
 */
export type TokenRecord = {
  /** Hash of address and uid: the account that the platform counts. */
  readonly account: string
  /** Hash of address, uid and secret: another one means that the settings were changed. */
  readonly credential: string
  readonly token?: { readonly value: string; readonly grantedAt: number; readonly expiresAt: number }
  /** When tokens were asked for; every asking that may have been granted counts. The newest sixty. */
  readonly asked: readonly number[]
  /** When a token was asked for because the one before had been refused too early. */
  readonly renewedEarly: readonly number[]
  /** Wrong answers in a row; the platform locks the account at six. */
  readonly wrong?: number
  /** How often in a row the platform said that the day's grants are used up. */
  readonly dayRefusals?: number
  /** The platform's clock minus ours, as far as it was in use. */
  readonly clockOffsetMs?: number
  readonly pause?: TokenPause
}

/** No asking until then. settings: until they change or a person says so; silence: a person can't end it either. */
export type TokenPause = {
  readonly until: number | 'settings'
  readonly reason: CloudReason
  readonly silence?: boolean
}

export type TokenStore = {
  readonly read: () => TokenRecord | undefined | Promise<TokenRecord | undefined>
  readonly write: (record: TokenRecord) => void | Promise<void>
}

export type TokenAccount = Pick<JilinSettings, 'baseUrl' | 'uid' | 'appSecret'>

export function emptyTokenRecord({ baseUrl, uid, appSecret }: TokenAccount): TokenRecord {
  return { account: hash(baseUrl, uid), credential: hash(baseUrl, uid, appSecret), asked: [], renewedEarly: [] }
}

/**
 * What of a kept record still holds: nothing of another account; of another secret the counts, but neither token nor pause. Askings
 * that lie in the future (a clock was put right) count as asked now.
 */
export function heldRecord(kept: TokenRecord | undefined, settings: TokenAccount, now: number): TokenRecord {
  const fresh = emptyTokenRecord(settings)
  if (!kept || kept.account !== fresh.account) return fresh
  const asked = kept.asked.slice(-60).map((at) => Math.min(at, now))
  if (kept.credential === fresh.credential) return { ...kept, asked }
  const counts = { wrong: kept.wrong ?? 0, ...(kept.clockOffsetMs ? { clockOffsetMs: kept.clockOffsetMs } : {}) }
  // A lock of the account holds whatever the secret.
  return { ...fresh, asked, ...counts, ...(kept.pause?.silence ? { pause: kept.pause } : {}) }
}

function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32)
}
