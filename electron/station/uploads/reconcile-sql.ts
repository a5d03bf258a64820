import type { Database } from '../db/open-database.ts'

/** Why a run was not confirmed: the cloud does not agree on some exams (their accession numbers), or the call did not work. */
export type ReconcileFailure =
  | { readonly kind: 'differs'; readonly code: 'RECONCILE-DIFFERS'; readonly differing: readonly string[] }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly english?: string }

export type ReconcileRunRow = {
  start_at: number
  end_at: number
  exams: number
  confirmed_at: number | null
  reason: string | null
}

/** Runs of reconcilerangelog, and which exams were wholly delivered to a destination. */
export function prepareReconcileSql(db: Database) {
  const failed = db.prepare<[string], ReconcileRunRow>(
    'select * from reconcile_run where destination_id = ? and confirmed_at is null order by end_at desc limit 50',
  )
  return {
    /** The newest of either kind: a long row of failures must not hide the last one that was confirmed. */
    confirmed: db.prepare<[string], ReconcileRunRow>(
      'select * from reconcile_run where destination_id = ? and confirmed_at is not null order by end_at desc limit 50',
    ),
    failed: (destinationId: string): (ReconcileRunRow & { failure: ReconcileFailure | undefined })[] =>
      failed.all(destinationId).map((row) => ({ ...row, failure: row.reason ? JSON.parse(row.reason) : undefined })),
    insert: db.prepare(
      `insert into reconcile_run (id, destination_id, start_at, end_at, exams, confirmed_at, reason)
       values (@id, @destinationId, @startAt, @endAt, @exams, @confirmedAt, @reason)`,
    ),
    forgetFailed: db.prepare('delete from reconcile_run where confirmed_at is null and end_at < ?'),
    firstDelivered: db
      .prepare<[string], number | null>(
        "select min(updated_at) from outbox_task where destination_id = ? and state = 'delivered' and step = 'reconcile'",
      )
      .pluck(),
    /** An exam is wholly delivered once its own counts were confirmed (reconcilelog) and nothing of it is open. */
    delivered: db.prepare<[{ destinationId: string; from: number; to: number }], { exam_id: string; at: number }>(
      `select exam_id, max(updated_at) as at from outbox_task
       where destination_id = @destinationId and state = 'delivered' and step = 'reconcile'
         and not exists (
           select 1 from outbox_task open
           where open.exam_id = outbox_task.exam_id and open.destination_id = @destinationId
             and open.state in ('waiting', 'sending', 'sent-unconfirmed', 'blocked')
             and open.step in ('study', 'image', 'report', 'reconcile', 'study-delete'))
       group by exam_id having max(updated_at) >= @from and max(updated_at) < @to`,
    ),
    isSending: db
      .prepare<[string], number>("select 1 from outbox_task where destination_id = ? and state = 'sending' limit 1")
      .pluck(),
  }
}
