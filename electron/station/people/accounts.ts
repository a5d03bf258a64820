import { randomUUID } from 'node:crypto'
import type { Account, AccountInput, Role } from '../../../shared/models/account.ts'
import { fail, failAt, type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Actor, AuditLog } from './audit-log.ts'
import { hashPassword } from './password.ts'
import { preparePeopleSql, toAccount } from './people-sql.ts'

export type AccountChange = {
  readonly displayName?: string
  readonly doctorCode?: string
  readonly role?: Role
  readonly disabled?: boolean
  readonly password?: string
  readonly mustChangePassword?: boolean
  /** Wrong passwords are forgotten. */
  readonly unlocked?: true
}

export type Accounts = ReturnType<typeof createAccounts>

/** Who may use the station. */
export function createAccounts(db: Database, clock: Clock, audit: AuditLog) {
  const sql = preparePeopleSql(db)

  return {
    setupNeeded: (): boolean => sql.count.get() === 0,
    list: (): Account[] =>
      sql.all.all().map((row) => ({
        ...toAccount(row),
        ...(row.locked_until > clock() && { lockedUntil: row.locked_until }),
      })),
    byUsername: (username: string): Account | undefined => {
      const row = sql.byUsername.get(username)
      return row && toAccount(row)
    },

    async create(input: AccountInput, actor: Actor): Promise<Outcome<Account>> {
      const password = await hashPassword(input.password)
      return db.transaction((): Outcome<Account> => {
        // The audit log calls the program itself by this name.
        if (input.username.toLowerCase() === 'station' || sql.byUsername.get(input.username))
          return failAt('username', 'ACCOUNT-EXISTS', { username: input.username })
        const id = randomUUID()
        sql.insert.run(
          id,
          input.username,
          input.displayName,
          input.doctorCode,
          input.role,
          password,
          clock(),
          input.mustChangePassword ? 1 : 0,
        )
        audit.record({
          actor,
          action: 'create-account',
          subjectKind: 'account',
          subjectId: id,
          details: { username: input.username, role: input.role },
        })
        return ok(toAccount(sql.byId.get(id)!))
      })()
    },

    async change(id: string, change: AccountChange, actor: Actor): Promise<Outcome<Account>> {
      const password = change.password === undefined ? undefined : await hashPassword(change.password)
      return db.transaction((): Outcome<Account> => {
        const row = sql.byId.get(id)
        if (!row) return fail('NOT-FOUND', { what: '用户' })
        const next = { ...toAccount(row), ...change }
        const losesAdministrator = row.role === 'administrator' && (next.role !== 'administrator' || next.disabled)
        if (losesAdministrator && sql.otherAdministrators.get(id) === 0)
          return failAt(next.disabled ? 'disabled' : 'role', 'LAST-ADMINISTRATOR')
        sql.update.run(next.displayName, next.doctorCode, next.role, next.disabled ? 1 : 0, id)
        if (password) sql.setPassword.run(password, id)
        if (change.mustChangePassword !== undefined) sql.setMustChange.run(change.mustChangePassword ? 1 : 0, id)
        if (change.unlocked) sql.setFailures.run(0, 0, id)
        if (password || next.disabled) sql.endSessionsOf.run(id)
        const { password: _, ...shown } = change
        audit.record({
          actor,
          action: 'change-account',
          subjectKind: 'account',
          subjectId: id,
          details: { ...shown, passwordChanged: password !== undefined },
        })
        return ok(toAccount(sql.byId.get(id)!))
      })()
    },
  }
}
