import type { OutboxTaskState } from '../../../shared/models/outbox-task.ts'
import { noReason, outboxTransitions } from '../../../shared/models/outbox-task.ts'
import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { NextState } from './decide-next.ts'
import type { OutboxSql, OutboxSqlRow } from './outbox-sql.ts'

/** Cancelled because newer content took its place, or the exam no longer asks for it: it comes back when it is wanted again. */
export const superseded = 'SUPERSEDED'

export type TaskMoves = ReturnType<typeof createTaskMoves>

/** How tasks change their state. */
export function createTaskMoves(sql: OutboxSql, clock: Clock, events: Events) {
  /** The one door through which a task's state changes. */
  function move(
    row: OutboxSqlRow,
    next: Omit<NextState, 'state' | 'pauseDestination' | 'restDestinationUntil'> & { state: OutboxTaskState },
    result?: unknown,
  ): void {
    if (!outboxTransitions[row.state].includes(next.state))
      throw new Error(`outbox task ${row.id}: ${row.state} → ${next.state}`)
    sql.setState.run({
      id: row.id,
      state: next.state,
      attempts: next.attempts,
      nextAttemptAt: next.nextAttemptAt,
      blockedBy: next.blockedBy,
      reasonCode: next.reasonCode,
      reason: next.reason,
      reasonInEnglish: next.reasonInEnglish,
      action: next.action,
      actionInEnglish: next.actionInEnglish,
      result: result === undefined ? null : JSON.stringify(result),
      now: clock(),
    })
    events.tell({ topic: 'deliveries', id: row.exam_id })
  }

  const waitingNow = (attempts: number) => ({
    state: 'waiting' as const,
    attempts,
    nextAttemptAt: clock(),
    blockedBy: null,
    ...noReason,
  })
  const cancelled = (row: OutboxSqlRow, code: string, reason: string | null) => ({
    ...waitingNow(row.attempts),
    state: 'cancelled' as const,
    reasonCode: code,
    reason,
    reasonInEnglish: reason,
  })

  /** What failed while newer content was written is not tried again: the newer one says it all. */
  function giveWay(id: string): void {
    const row = sql.get.get(id)!
    if (['waiting', 'blocked', 'sent-unconfirmed'].includes(row.state) && sql.newerThan.get(row))
      move(row, cancelled(row, superseded, null))
  }

  return { move, waitingNow, cancelled, giveWay }
}
