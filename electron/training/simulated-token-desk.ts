import { randomBytes } from 'node:crypto'
import { chinaDay } from '../../shared/text/china-time.ts'

export type TokenDeskAnswer =
  | { readonly kind: 'granted'; readonly token: string }
  | { readonly kind: 'refused'; readonly code: number; readonly message: string }

/** The token rules of the provincial document: valid 7200 s, 30 a China day, six wrong attempts in a row lock for ten minutes. */
export type TokenDesk = {
  readonly ask: (uid: unknown, appSecret: unknown) => TokenDeskAnswer
  readonly isValid: (token: unknown) => boolean
  /** Forgets all tokens, as a restart of the platform might: what comes next is refused with 403. */
  readonly revokeAll: () => void
  /** The day's thirty are gone, as if another system had taken them. */
  readonly useUp: () => void
  /** As after six wrong attempts in a row. */
  readonly lock: () => void
  readonly grants: () => readonly number[]
}

const validMs = 7_200_000
const lockMs = 600_000
const wrongAttempts = 6
const perDay = 30

export function createTokenDesk(options: {
  readonly uid: string
  readonly appSecret: string
  readonly clock: () => number
  /** What a day is, which the document does not say: the China day when absent, or the last 24 hours. */
  readonly countBy?: 'china-day' | 'rolling'
  /** As some platforms do: a new token ends the one before. */
  readonly oneToken?: boolean
}): TokenDesk {
  const { clock, countBy = 'china-day' } = options
  const isOfToday = (at: number, now: number) =>
    countBy === 'rolling' ? at > now - 86_400_000 : chinaDay(at) === chinaDay(now)
  const expiry = new Map<string, number>()
  const grants: number[] = []
  const byOthers: number[] = []
  let wrong = 0
  let lockedUntil = 0
  return {
    ask: (uid, appSecret) => {
      const now = clock()
      if (lockedUntil > now) return locked
      if (uid !== options.uid || appSecret !== options.appSecret) {
        wrong += 1
        if (wrong < wrongAttempts) return { kind: 'refused', code: 11001, message: '业务方Id或SecurityKey错误' }
        wrong = 0
        lockedUntil = now + lockMs
        return locked
      }
      wrong = 0
      if ([...grants.slice(-perDay), ...byOthers.slice(-perDay)].filter((at) => isOfToday(at, now)).length >= perDay) {
        return { kind: 'refused', code: 11004, message: '单日授权次数过多(30次)' }
      }
      const token = randomBytes(18).toString('base64url')
      if (options.oneToken) expiry.clear()
      expiry.set(token, now + validMs)
      grants.push(now)
      return { kind: 'granted', token }
    },
    isValid: (token) => typeof token === 'string' && (expiry.get(token) ?? 0) > clock(),
    revokeAll: () => expiry.clear(),
    useUp: () => {
      for (let taken = 0; taken < perDay; taken += 1) byOthers.push(clock())
    },
    lock: () => {
      lockedUntil = clock() + lockMs
    },
    grants: () => grants,
  }
}

const locked: TokenDeskAnswer = {
  kind: 'refused',
  code: 11003,
  message: '业务方Id或SecurityKey连续错误次数过多(6次),请等待10分钟后重新获取',
}
