import { createHash, randomBytes } from 'node:crypto'
import type { Account } from '../../../shared/models/account.ts'
import { fail, failAt, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { AuditLog } from './audit-log.ts'
import { checkPassword, hashPassword } from './password.ts'
import { type AccountSqlRow, preparePeopleSql, toAccount } from './people-sql.ts'

const allowedFailures = 5
/** Before that a mistyped password is just mistyped. */
const toldTriesLeft = 2
const lockMilliseconds = 15 * 60_000
const idleMilliseconds = 12 * 3600_000
const touchMilliseconds = 60_000

export type Sessions = ReturnType<typeof createSessions>

/** Logging in and out. A token is 256 random bits; the database keeps only its hash. */
export function createSessions(db: Database, clock: Clock, audit: AuditLog) {
  const sql = preparePeopleSql(db)

  function open(account: Account): { token: string; user: Account } {
    const token = randomBytes(32).toString('base64url')
    sql.endOldSessions.run(clock() - idleMilliseconds)
    sql.insertSession.run(hashOf(token), account.id, clock(), clock())
    return { token, user: account }
  }

  /** Five wrong ones lock the account, wherever they were typed. */
  async function checkCounted(row: AccountSqlRow, password: string, what: 'log-in' | 'unlock'): Promise<Outcome<true>> {
    if (row.locked_until > clock()) return fail('LOGIN-LOCKED', lockWords(row.locked_until, clock()))
    // Counted before the slow check, so that many attempts at once are still counted one by one.
    const failures = row.failures + 1
    const locked = failures >= allowedFailures
    const until = clock() + lockMilliseconds
    sql.setFailures.run(locked ? 0 : failures, locked ? until : 0, row.id)
    const isRight = await checkPassword(password, row.password)
    if (isRight) sql.setFailures.run(0, 0, row.id)
    const action = isRight ? what : `${what}-failed`
    const details = isRight ? {} : { locked }
    audit.record({ actor: row.username, action, subjectKind: 'account', subjectId: row.id, details })
    if (isRight) return ok(true as const)
    if (locked) return fail('LOGIN-NOW-LOCKED', lockWords(until, clock()))
    const left = allowedFailures - failures
    return left <= toldTriesLeft ? fail('LOGIN-TRIES-LEFT', { left }) : fail('LOGIN-WRONG')
  }

  async function confirm(user: Account, password: string, field = 'password'): Promise<Outcome<true>> {
    const checked = await checkCounted(sql.byId.get(user.id)!, password, 'unlock')
    if (checked.ok) return checked
    const { code, with: words } = checked.problem
    if (code === 'LOGIN-WRONG') return failAt(field, 'PASSWORD-WRONG')
    if (code === 'LOGIN-TRIES-LEFT') return failAt(field, 'PASSWORD-TRIES-LEFT', words)
    // 401 would end the session of somebody who is logged in.
    return code === 'LOGIN-NOW-LOCKED' ? fail('LOGIN-LOCKED', words) : checked
  }

  return {
    open,

    async logIn(username: string, password: string): Promise<Outcome<{ token: string; user: Account }>> {
      const row = sql.byUsername.get(username)
      if (!row || row.disabled) {
        await checkPassword(password, absentAccount) // as slow as a wrong password: names cannot be guessed by time
        return fail('LOGIN-WRONG')
      }
      const checked = await checkCounted(row, password, 'log-in')
      return checked.ok ? ok(open(toAccount(row))) : checked
    },

    /** The person who is logged in gives the password again: the desk was left alone. */
    confirm,

    /** An own password instead of the present one; other sessions of the person end. */
    async changePassword(user: Account, token: string, current: string, next: string): Promise<Outcome<true>> {
      const confirmed = await confirm(user, current, 'current')
      if (!confirmed.ok) return confirmed
      if (current.normalize('NFC') === next.normalize('NFC')) return failAt('next', 'PASSWORD-SAME')
      const password = await hashPassword(next)
      return db.transaction((): Outcome<true> => {
        sql.setPassword.run(password, user.id)
        sql.setMustChange.run(0, user.id)
        sql.endOtherSessionsOf.run(user.id, hashOf(token))
        audit.record({
          actor: user.username,
          action: 'change-own-password',
          subjectKind: 'account',
          subjectId: user.id,
        })
        return ok(true as const)
      })()
    },

    whoIs(token: string): Account | undefined {
      const row = sql.session.get(hashOf(token))
      if (!row || row.disabled) return undefined
      if (row.last_seen_at < clock() - idleMilliseconds) {
        sql.endSession.run(hashOf(token))
        return undefined
      }
      if (row.last_seen_at < clock() - touchMilliseconds) sql.touchSession.run(clock(), hashOf(token))
      return toAccount(row)
    },

    end(token: string): void {
      sql.endSession.run(hashOf(token))
    },
  }
}

/** 'HH:mm' of the lock's end, and how long that is from now, in minutes. */
const lockWords = (until: number, now: number) => ({
  minutes: Math.ceil((until - now) / 60_000),
  until: chinaDateTime(until).slice(11, 16),
})

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A hash that no password has. */
const absentAccount = `scrypt$17$8$1$${'00'.repeat(16)}$${'00'.repeat(32)}`
