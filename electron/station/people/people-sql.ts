import type { Account, Role } from '../../../shared/models/account.ts'
import type { Database } from '../db/open-database.ts'

export type AccountSqlRow = {
  id: string
  username: string
  display_name: string
  doctor_code: string
  role: Role
  password: string
  disabled: number
  failures: number
  locked_until: number
  must_change_password: number
}

export function toAccount(row: AccountSqlRow): Account {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    doctorCode: row.doctor_code,
    role: row.role,
    disabled: row.disabled === 1,
    ...(row.must_change_password === 1 && { mustChangePassword: true }),
  }
}

export function preparePeopleSql(db: Database) {
  return {
    all: db.prepare<[], AccountSqlRow>('select * from account order by created_at, username'),
    byId: db.prepare<[string], AccountSqlRow>('select * from account where id = ?'),
    byUsername: db.prepare<[string], AccountSqlRow>('select * from account where username = ?'),
    count: db.prepare<[], number>('select count(*) from account').pluck(),
    insert: db.prepare(
      `insert into account (id, username, display_name, doctor_code, role, password, created_at, must_change_password)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    update: db.prepare('update account set display_name = ?, doctor_code = ?, role = ?, disabled = ? where id = ?'),
    setPassword: db.prepare('update account set password = ?, failures = 0, locked_until = 0 where id = ?'),
    setMustChange: db.prepare('update account set must_change_password = ? where id = ?'),
    setFailures: db.prepare('update account set failures = ?, locked_until = ? where id = ?'),
    otherAdministrators: db
      .prepare<[string], number>(
        "select count(*) from account where role = 'administrator' and disabled = 0 and id <> ?",
      )
      .pluck(),
    insertSession: db.prepare(
      'insert into session (token_hash, account_id, created_at, last_seen_at) values (?, ?, ?, ?)',
    ),
    session: db.prepare<[string], AccountSqlRow & { last_seen_at: number }>(
      'select a.*, s.last_seen_at from session s join account a on a.id = s.account_id where s.token_hash = ?',
    ),
    touchSession: db.prepare('update session set last_seen_at = ? where token_hash = ?'),
    endSession: db.prepare('delete from session where token_hash = ?'),
    endSessionsOf: db.prepare('delete from session where account_id = ?'),
    endOtherSessionsOf: db.prepare('delete from session where account_id = ? and token_hash <> ?'),
    endOldSessions: db.prepare('delete from session where last_seen_at < ?'),
  }
}
