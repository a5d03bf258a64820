import { type ReportVersion, reportVersionSchema } from '../../../shared/models/report.ts'
import type { Database } from '../db/open-database.ts'

export type ReportSqlRow = { value: string }

export const toReport = (row: ReportSqlRow): ReportVersion => reportVersionSchema.parse(JSON.parse(row.value))

export function prepareReportSql(db: Database) {
  return {
    newest: db.prepare<[string], ReportSqlRow>(
      'select value from report where exam_id = ? order by version desc limit 1',
    ),
    newestReleased: db.prepare<[string], ReportSqlRow>(
      "select value from report where exam_id = ? and state = 'released' order by version desc limit 1",
    ),
    all: db.prepare<[string], ReportSqlRow>('select value from report where exam_id = ? order by version desc'),
    /** The number that this submission of the version has. */
    submitted: db
      .prepare<[{ examId: string; version: number; value: string }], number>(
        `insert into report_submitted (exam_id, version, number, value)
         select @examId, @version, coalesce(max(number), 0) + 1, @value
         from report_submitted where exam_id = @examId and version = @version returning number`,
      )
      .pluck(),
    submittedTexts: db.prepare<[string], { version: number; number: number; value: string }>(
      'select version, number, value from report_submitted where exam_id = ?',
    ),
    save: db.prepare(
      `insert into report (exam_id, version, state, value) values (?, ?, ?, ?)
       on conflict (exam_id, version) do update set state = excluded.state, value = excluded.value`,
    ),
  }
}
