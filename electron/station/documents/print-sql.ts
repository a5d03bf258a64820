import type { PrintKind } from '../../../shared/models/printing.ts'
import type { Database } from '../db/open-database.ts'

export type PrintSqlRow = {
  readonly kind: PrintKind
  readonly at: number
  readonly by: string
  readonly with_qr: number | null
  readonly copies: number
  readonly printer: string
}

export function preparePrintSql(db: Database) {
  return {
    add: db.prepare<[string, PrintKind, number, string, number | null, number, string]>(
      'insert into print_made (exam_id, kind, at, by, with_qr, copies, printer) values (?, ?, ?, ?, ?, ?, ?)',
    ),
    ofExam: db.prepare<[string], PrintSqlRow>(
      'select kind, at, by, with_qr, copies, printer from print_made where exam_id = ? order by id desc',
    ),
    counts: db.prepare<[string], { readonly exam_id: string; readonly kind: PrintKind; readonly times: number }>(
      `select exam_id, kind, count(*) as times from print_made
         where exam_id in (select value from json_each(?)) group by exam_id, kind`,
    ),
    firstReport: db.prepare<[string, number], { readonly at: number; readonly by: string }>(
      "select at, by from print_made where exam_id = ? and kind = 'report' and at >= ? order by at, id limit 1",
    ),
    addReprint: db.prepare<[string, number]>(
      'insert into card_to_reprint (exam_id, printed_at) values (?, ?) on conflict (exam_id) do update set printed_at = excluded.printed_at',
    ),
    dropReprint: db.prepare<[string]>('delete from card_to_reprint where exam_id = ?'),
    reprints: db.prepare<[], { readonly exam_id: string; readonly printed_at: number }>(
      'select exam_id, printed_at from card_to_reprint order by printed_at',
    ),
  }
}
