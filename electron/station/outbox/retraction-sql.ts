import type { Retraction } from '../../../shared/models/retraction.ts'
import type { Database } from '../db/open-database.ts'

export type RetractionSqlRow = {
  id: string
  exam_id: string
  destination_id: string
  reason: string
  proposed_by: string
  proposed_at: number
  state: Retraction['state']
  decided_by: string | null
  decided_at: number | null
}

export function toRetraction(row: RetractionSqlRow): Retraction {
  return {
    id: row.id,
    examId: row.exam_id,
    destinationId: row.destination_id,
    reason: row.reason,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    state: row.state,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
  }
}

export function prepareRetractionSql(db: Database) {
  return {
    ofExam: db.prepare<[string], RetractionSqlRow>(
      'select * from retraction where exam_id = ? order by proposed_at desc',
    ),
    get: db.prepare<[string], RetractionSqlRow>('select * from retraction where id = ?'),
    standing: db.prepare<[string, string], RetractionSqlRow>(
      "select * from retraction where exam_id = ? and destination_id = ? and state <> 'withdrawn'",
    ),
    insert: db.prepare(
      `insert into retraction (id, exam_id, destination_id, reason, proposed_by, proposed_at, state) values (?, ?, ?, ?, ?, ?, 'proposed')`,
    ),
    decide: db.prepare('update retraction set state = ?, decided_by = ?, decided_at = ? where id = ?'),
  }
}
