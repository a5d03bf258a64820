import type { OutboxTask, OutboxTaskState, TaskWhy } from '../../../shared/models/outbox-task.ts'
import type { Database } from '../db/open-database.ts'
import type { Prerequisite } from './plan-deliveries.ts'

export type BlockedBy = 'exam' | 'settings' | 'unknown'

export type OutboxSqlRow = {
  id: string
  seq: number
  exam_id: string
  destination_id: string
  step: string
  subject: string
  version: string
  scope: string
  after: string
  priority: number
  state: OutboxTaskState
  attempts: number
  next_attempt_at: number
  deadline_at: number | null
  blocked_by: BlockedBy | null
  reason_code: string | null
  reason: string | null
  reason_in_english: string | null
  action: string | null
  action_in_english: string | null
  result: string | null
  payload: string | null
  created_at: number
  updated_at: number
}

export function toTask(row: OutboxSqlRow): OutboxTask {
  return {
    id: row.id,
    examId: row.exam_id,
    destinationId: row.destination_id,
    step: row.step as OutboxTask['step'],
    subject: row.subject,
    version: row.version,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    deadlineAt: row.deadline_at,
    ...whyOf(row),
    result: row.result === null ? null : JSON.parse(row.result),
    payload: row.payload === null ? null : JSON.parse(row.payload),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** Why a task stands where it does. */
export const whyOf = (row: OutboxSqlRow): TaskWhy => ({
  reasonCode: row.reason_code,
  reason: row.reason,
  reasonInEnglish: row.reason_in_english,
  action: row.action,
  actionInEnglish: row.action_in_english,
})

export const prerequisitesOf = (row: OutboxSqlRow): Prerequisite[] => JSON.parse(row.after)

export type OutboxSql = ReturnType<typeof prepareOutboxSql>

export function prepareOutboxSql(db: Database) {
  return {
    nextSeq: db.prepare<[], number>('select coalesce(max(seq), 0) + 1 from outbox_task').pluck(),
    get: db.prepare<[string], OutboxSqlRow>('select * from outbox_task where id = ?'),
    insert: db.prepare(
      `insert into outbox_task (id, seq, exam_id, destination_id, step, subject, version, scope, after, priority, state, next_attempt_at, deadline_at, payload, created_at, updated_at)
       values (@id, @seq, @examId, @destinationId, @step, @subject, @version, @scope, @after, @priority, 'waiting', @nextAttemptAt, @deadlineAt, @payload, @now, @now)
       on conflict (destination_id, scope, step, subject, version) do nothing`,
    ),
    /** The tasks that say the same thing of the same subject, newest content first. */
    versions: db.prepare<[string, string, string, string], OutboxSqlRow>(
      'select * from outbox_task where destination_id = ? and scope = ? and step = ? and subject = ? order by seq desc',
    ),
    ofExamAndDestination: db.prepare<[string, string], OutboxSqlRow>(
      'select * from outbox_task where exam_id = ? and destination_id = ? order by seq',
    ),
    ofExam: db.prepare<[string], OutboxSqlRow>('select * from outbox_task where exam_id = ? order by seq'),
    /** Candidates of one destination in the order in which they should go. Not limited: those at the front may wait for others. */
    due: db.prepare<[string, number], OutboxSqlRow>(
      `select * from outbox_task where destination_id = ? and state in ('waiting', 'sent-unconfirmed') and next_attempt_at <= ?
       order by priority, coalesce(deadline_at, 9e15), seq`,
    ),
    sendingTo: db.prepare<[string], OutboxSqlRow>(
      "select * from outbox_task where destination_id = ? and state = 'sending'",
    ),
    newerThan: db
      .prepare<[OutboxSqlRow], number>(
        `select 1 from outbox_task where destination_id = @destination_id and scope = @scope and step = @step and subject = @subject
         and seq > @seq and state <> 'cancelled'`,
      )
      .pluck(),
    blockedExams: db
      .prepare<[], string>("select distinct exam_id from outbox_task where state = 'blocked' and blocked_by = 'exam'")
      .pluck(),
    /** When the next task of any destination comes due. */
    nextDue: db
      .prepare<[number], number | null>(
        "select min(next_attempt_at) from outbox_task where state in ('waiting', 'sent-unconfirmed') and next_attempt_at > ?",
      )
      .pluck(),
    openOfStep: db
      .prepare<[string, string, string], number>(
        "select count(*) from outbox_task where destination_id = ? and scope = ? and step = ? and state not in ('delivered', 'cancelled')",
      )
      .pluck(),
    setState: db.prepare(
      `update outbox_task set state = @state, attempts = @attempts, next_attempt_at = @nextAttemptAt, blocked_by = @blockedBy,
         reason_code = @reasonCode, reason = @reason, reason_in_english = @reasonInEnglish, action = @action,
         action_in_english = @actionInEnglish, result = coalesce(@result, result), updated_at = @now where id = @id`,
    ),
    left: db.prepare<[], OutboxSqlRow>("select * from outbox_task where state = 'sending'"),
    blockedBy: db.prepare<[string, string], OutboxSqlRow>(
      "select * from outbox_task where destination_id = ? and state = 'blocked' and blocked_by = ?",
    ),
    byState: db.prepare<[{ state: string | null }], OutboxSqlRow>(
      'select * from outbox_task where @state is null or state = @state order by updated_at desc, seq desc limit 1000',
    ),
    openOfOthers: db.prepare<[string, string], OutboxSqlRow>(
      "select * from outbox_task where destination_id = ? and exam_id <> ? and after <> '[]' and state in ('waiting', 'blocked', 'sent-unconfirmed') order by seq",
    ),
    setAfter: db.prepare('update outbox_task set after = ? where id = ?'),
    handOver: db.prepare('update outbox_task set exam_id = ? where id = ?'),
    openAt: db.prepare<[string], OutboxSqlRow>(
      "select * from outbox_task where destination_id = ? and state in ('waiting', 'blocked', 'sent-unconfirmed')",
    ),
    counts: db.prepare<[], { state: OutboxTaskState; count: number }>(
      'select state, count(*) as count from outbox_task group by state',
    ),
    deliveredOf: db.prepare<[string], OutboxSqlRow>(
      "select * from outbox_task where exam_id = ? and state = 'delivered' order by updated_at, seq",
    ),
  }
}
