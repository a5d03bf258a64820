import { randomUUID } from 'node:crypto'
import type { Destination } from '../../../shared/models/destination.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import { type OutboxSql, type OutboxSqlRow, prerequisitesOf } from './outbox-sql.ts'
import { planDeliveries, type WantedTask } from './plan-deliveries.ts'
import { superseded, type TaskMoves } from './task-moves.ts'

/** Content that is told a second time stands in a row of its own: 'abc~2'. */
const contentOf = (version: string): string => version.split('~', 1)[0] ?? version

type Deps = {
  readonly sql: OutboxSql
  readonly moves: TaskMoves
  readonly clock: Clock
  readonly events: Events
  readonly destinations: () => readonly Destination[]
  readonly readDossier: (examId: string) => ExamDossier | undefined
}

/** Writes the tasks that a plan wants, beside those that are there. */
export function createPlanWriter({ sql, moves, clock, events, ...deps }: Deps) {
  const { move, waitingNow, cancelled } = moves

  /**
   * Other content that was not told yet gives way. What the destination was told last, or is about to be told, decides: content
   * that comes back after other content was told (a name corrected and corrected back) is told again, in a row of its own.
   */
  function want(dossier: ExamDossier, destination: Destination, task: WantedTask): void {
    const key = [destination.id, task.scope, task.step, task.subject] as const
    const saysThis = (row: OutboxSqlRow) => contentOf(row.version) === task.version
    for (const older of sql.versions.all(...key)) {
      if (!saysThis(older) && ['waiting', 'blocked', 'sent-unconfirmed'].includes(older.state))
        move(older, cancelled(older, superseded, null))
    }
    const rows = sql.versions.all(...key)
    const last = rows.find((row) => row.state !== 'cancelled' || row.attempts > 0)
    const same = last && saysThis(last) ? last : rows.find((row) => row.seq > (last?.seq ?? 0) && saysThis(row))
    if (same) {
      const after = JSON.stringify(task.after)
      if (same.state === 'waiting' && same.after !== after) sql.setAfter.run(after, same.id)
      const isBack = same.state === 'cancelled' && same.reason_code === superseded
      const isMended = same.state === 'blocked' && same.blocked_by === 'exam'
      if (isBack || isMended)
        move(same, { ...waitingNow(isBack ? same.attempts : 0), nextAttemptAt: Math.max(task.notBefore, clock()) })
      return
    }
    const told = rows.filter(saysThis).length
    sql.insert.run({
      id: randomUUID(),
      seq: sql.nextSeq.get()!,
      examId: dossier.exam.id,
      destinationId: destination.id,
      step: task.step,
      subject: task.subject,
      version: told === 0 ? task.version : `${task.version}~${told + 1}`,
      scope: task.scope,
      after: JSON.stringify(task.after),
      priority: task.priority,
      nextAttemptAt: task.notBefore,
      deadlineAt: task.deadlineAt,
      payload: null,
      now: clock(),
    })
  }

  /** What several exams share is told in the name of one of them: when that one no longer wants it, in that of another that waits for it. */
  function heirOf(shared: OutboxSqlRow): string | undefined {
    const waitsForIt = (row: OutboxSqlRow) =>
      prerequisitesOf(row).some(
        (one) => one.scope === shared.scope && one.step === shared.step && one.subject === shared.subject,
      )
    return sql.openOfOthers.all(shared.destination_id, shared.exam_id).find(waitsForIt)?.exam_id
  }

  /** What waits and is not asked for any more: the exam was cancelled, taken back, or its report is being amended. */
  function giveUpUnwanted(examId: string, destination: Destination, wanted: readonly WantedTask[]): void {
    const isWanted = (row: OutboxSqlRow) =>
      wanted.some((task) => task.scope === row.scope && task.step === row.step && task.subject === row.subject)
    for (const row of sql.ofExamAndDestination.all(examId, destination.id)) {
      if (row.payload !== null || !['waiting', 'blocked', 'sent-unconfirmed'].includes(row.state) || isWanted(row))
        continue
      const heir = row.scope === examId ? undefined : heirOf(row)
      if (heir) sql.handOver.run(heir, row.id)
      else move(row, cancelled(row, superseded, null))
    }
  }

  return {
    /** Writes what follows from the exam as it is now, within the caller's transaction. Wants nothing that was told already. */
    followUp(examId: string): void {
      const dossier = deps.readDossier(examId)
      if (!dossier) return
      for (const destination of deps.destinations()) {
        if (!destination.enabled) continue
        const wanted = planDeliveries(dossier, destination, clock())
        for (const task of wanted) want(dossier, destination, task)
        giveUpUnwanted(examId, destination, wanted)
      }
      events.tell({ topic: 'deliveries', id: examId })
    },

    /** What came back to wait (an attempt failed, a person asked for it) may have become unwanted meanwhile. */
    giveUp(examId: string, destinationId: string): void {
      const dossier = deps.readDossier(examId)
      const destination = deps.destinations().find((one) => one.id === destinationId)
      if (dossier && destination) giveUpUnwanted(examId, destination, planDeliveries(dossier, destination, clock()))
    },
  }
}
