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

export type AuditSqlSearch = {
  readonly before: number | null
  readonly actor: string | null
  readonly action: string | null
  readonly from: number | null
  readonly to: number | null
  readonly text: string | null
  /** JSON list: rows about these match the text too. */
  readonly subjects: string
  readonly most: number
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
    /** Parameters that are null do not narrow it. `text` is looked for as it stands, in any case of Latin letters. */
    search: db.prepare<[AuditSqlSearch], AuditSqlRow>(
      `select * from audit
       where (@before is null or id < @before) and (@actor is null or actor = @actor) and (@action is null or action = @action)
         and (@from is null or at >= @from) and (@to is null or at < @to)
         and (@text is null or instr(lower(subject_id || ' ' || details), @text) > 0
              or subject_id in (select value from json_each(@subjects)))
       order by id desc limit @most`,
    ),
    actors: db.prepare<[], string>('select distinct actor from audit order by actor limit 200').pluck(),
    actions: db.prepare<[], string>('select distinct action from audit order by action limit 300').pluck(),
    count: db.prepare<[], number>('select count(*) from audit').pluck(),
    all: db.prepare<[], AuditSqlRow>('select * from audit order by id'),
    /** The highest id that was ever given. */
    highestId: db.prepare<[], number>("select seq from sqlite_sequence where name = 'audit'").pluck(),
  }
}
