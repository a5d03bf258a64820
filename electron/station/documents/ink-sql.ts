import type { Database } from '../db/open-database.ts'

export function prepareInkSql(db: Database) {
  return {
    add: db.prepare<[string, number, string, Buffer | null]>(
      'insert into paper_ink (owner, at, by, picture) values (?, ?, ?, ?)',
    ),
    /** As it was at a moment. */
    at: db.prepare<[string, number], { readonly picture: Buffer | null }>(
      'select picture from paper_ink where owner = ? and at <= ? order by id desc limit 1',
    ),
    addLook: db.prepare<[string, number, string]>(
      'insert into report_look (exam_id, version, value) values (?, ?, ?) on conflict do nothing',
    ),
    look: db
      .prepare<[string, number], string>('select value from report_look where exam_id = ? and version = ?')
      .pluck(),
  }
}
