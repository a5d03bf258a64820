import type { AimisCloudStatus } from '../../../shared/clouds/aimis/status-callback.ts'
import type { Database } from '../db/open-database.ts'

export type CloudStatusRow = {
  destination_id: string
  exam_id: string
  status: AimisCloudStatus
  value: string
  updated_at: number
}

/** What clouds told of exams by their callbacks, and which signatures were used. */
export function prepareCloudStatusSql(db: Database) {
  return {
    get: db.prepare<[string, string], CloudStatusRow>(
      'select * from cloud_status where destination_id = ? and exam_id = ?',
    ),
    ofExam: db.prepare<[string], CloudStatusRow>(
      'select * from cloud_status where exam_id = ? order by destination_id',
    ),
    save: db.prepare(
      `insert into cloud_status (destination_id, exam_id, status, value, updated_at) values (?, ?, ?, ?, ?)
       on conflict (destination_id, exam_id) do update set status = excluded.status, value = excluded.value, updated_at = excluded.updated_at`,
    ),
    isSeen: db.prepare<[string], number>('select 1 from callback_seen where signature = ?').pluck(),
    addSeen: db.prepare('insert or ignore into callback_seen (signature, at) values (?, ?)'),
    forgetSeen: db.prepare('delete from callback_seen where at < ?'),
  }
}
