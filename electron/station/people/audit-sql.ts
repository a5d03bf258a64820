import type { Database } from '../db/open-database.ts'

export type AuditSqlRow = {
  id: number
  at: number
  actor: string
  action: string
  subject_kind: string
  subject_id: string
  details: string
  hash: string
}

export function prepareAuditSql(db: Database) {
  return {
    last: db.prepare<[], { hash: string }>('select hash from audit order by id desc limit 1'),
    insert: db.prepare(
      'insert into audit (at, actor, action, subject_kind, subject_id, details, hash) values (?, ?, ?, ?, ?, ?, ?)',
    ),
    ofSubject: db.prepare<[string, string], AuditSqlRow>(
      'select * from audit where subject_kind = ? and subject_id = ? order by id desc limit 500',
    ),
    newest: db.prepare<[number], AuditSqlRow>('select * from audit order by id desc limit ?'),
    all: db.prepare<[], AuditSqlRow>('select * from audit order by id'),
    /** The highest id that was ever given. */
    highestId: db.prepare<[], number>("select seq from sqlite_sequence where name = 'audit'").pluck(),
  }
}
