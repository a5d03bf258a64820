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
  then_tell_again: number
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
    thenTellAgain: row.then_tell_again === 1,
  }
}

export function prepareRetractionSql(db: Database) {
  return {
    ofExam: db.prepare<[string], RetractionSqlRow>(
      'select * from retraction where exam_id = ? order by proposed_at desc',
    ),
    get: db.prepare<[string], RetractionSqlRow>('select * from retraction where id = ?'),
    /** Newest first. */
    standing: db.prepare<[string, string], RetractionSqlRow>(
      "select * from retraction where exam_id = ? and destination_id = ? and state <> 'withdrawn' order by rowid desc",
    ),
    insert: db.prepare(
      `insert into retraction (id, exam_id, destination_id, reason, proposed_by, proposed_at, state, then_tell_again) values (?, ?, ?, ?, ?, ?, 'proposed', ?)`,
    ),
    tellAgain: db.prepare('update retraction set then_tell_again = 1 where id = ?'),
    /** The other side confirmed the deletion. */
    isDeleted: db
      .prepare<[string, string], number>(
        "select 1 from outbox_task where destination_id = ? and step = 'study-delete' and subject = ? and state = 'delivered'",
      )
      .pluck(),
    decide: db.prepare('update retraction set state = ?, decided_by = ?, decided_at = ? where id = ?'),
  }
}
