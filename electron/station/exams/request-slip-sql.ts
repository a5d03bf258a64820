import type { RequestSlip } from '../../../shared/models/registration.ts'
import type { Database } from '../db/open-database.ts'

export type SlipSqlRow = {
  id: string
  exam_id: string
  media_type: RequestSlip['mediaType']
  size_bytes: number
  width: number
  height: number
  sha256: string
  added_at: number
  added_by: string
  removed_at: number | null
  removed_by: string | null
  removed_reason: string | null
  erased_at: number | null
}

export function prepareRequestSlipSql(db: Database) {
  return {
    insert: db.prepare(
      `insert into request_slip (id, exam_id, media_type, size_bytes, width, height, sha256, added_at, added_by)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    get: db.prepare<[string], SlipSqlRow>('select * from request_slip where id = ? and erased_at is null'),
    ofExam: db.prepare<[string], SlipSqlRow>(
      'select * from request_slip where exam_id = ? and erased_at is null order by added_at, rowid',
    ),
    same: db.prepare<[string, string], SlipSqlRow>(
      'select * from request_slip where exam_id = ? and sha256 = ? and removed_at is null',
    ),
    remove: db.prepare('update request_slip set removed_at = ?, removed_by = ?, removed_reason = ? where id = ?'),
    erase: db.prepare('update request_slip set erased_at = ? where id = ?'),
    exam: db.prepare<[string], 0 | 1>('select cancelled is not null from exam where id = ?').pluck(),
  }
}

export function toRequestSlip(row: SlipSqlRow): RequestSlip {
  return {
    id: row.id,
    examId: row.exam_id,
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    width: row.width,
    height: row.height,
    addedAt: row.added_at,
    addedBy: row.added_by,
    removed:
      row.removed_at === null
        ? null
        : { at: row.removed_at, by: row.removed_by ?? '', reason: row.removed_reason ?? '' },
  }
}
