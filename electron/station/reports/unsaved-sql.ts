import type { Database } from '../db/open-database.ts'

export function prepareUnsavedSql(db: Database) {
  return {
    newest: db
      .prepare<[string, string], string>(
        'select value from report_unsaved where exam_id = ? and username = ? order by kept_at desc limit 1',
      )
      .pluck(),
    keep: db.prepare(
      `insert into report_unsaved (exam_id, username, session, kept_at, value) values (?, ?, ?, ?, ?)
       on conflict (exam_id, username, session) do update set kept_at = excluded.kept_at, value = excluded.value`,
    ),
    drop: db.prepare('delete from report_unsaved where exam_id = ? and username = ?'),
    /** All but what another desk of the same person is typing right now. */
    dropSaved: db.prepare(
      'delete from report_unsaved where exam_id = ? and username = ? and (session = ? or kept_at < ?)',
    ),
  }
}
