import { randomUUID } from 'node:crypto'
import type { CloudOutcome } from '../../../shared/clouds/cloud-outcome.ts'
import type { Destination } from '../../../shared/models/destination.ts'
import type { DeliveredStep, ExamDossier } from '../../../shared/models/exam-dossier.ts'
import {
  type DeliveryStep,
  type OutboxTask,
  type OutboxTaskState,
  outboxTransitions,
} from '../../../shared/models/outbox-task.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import { decideNext, type NextState } from './decide-next.ts'
import { type OutboxSqlRow, prepareOutboxSql, prerequisitesOf, toTask, whyOf } from './outbox-sql.ts'
import { createReadiness } from './ready-tasks.ts'
import { createTaskMoves, superseded } from './task-moves.ts'
import { createPlanWriter } from './write-plan.ts'

/** As the desk names them. */
const stateWords: Readonly<Record<OutboxTaskState, string>> = {
  waiting: '等待',
  sending: '上传中',
  'sent-unconfirmed': '已发出，待核实',
  delivered: '已上传',
  blocked: '需要处理',
  cancelled: '不再上传',
}

export type OutboxDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
  readonly destinations: () => readonly Destination[]
  /** Gathers an exam from the rooms before this one: handed over where the rooms are wired. */
  readonly readDossier: (examId: string) => ExamDossier | undefined
}

export type Outbox = ReturnType<typeof createOutbox>

/** An answer that was lost, or an attempt that was given up in the middle: the other side may have it. */
const hasLeft = (row: OutboxSqlRow): boolean =>
  ['sending', 'sent-unconfirmed', 'delivered'].includes(row.state) || (row.state === 'cancelled' && row.attempts > 0)

/** What must go where: written with the fact it follows from, kept until the receiving side has confirmed it. */
export function createOutbox(deps: OutboxDeps) {
  const { db, clock, audit, events } = deps
  const sql = prepareOutboxSql(db)
  const readiness = createReadiness(sql, clock)
  const moves = createTaskMoves(sql, clock, events)
  const { move, waitingNow, cancelled, giveWay } = moves

  const { followUp, giveUp } = createPlanWriter({
    sql,
    moves,
    clock,
    events,
    destinations: deps.destinations,
    readDossier: deps.readDossier,
  })

  return {
    /** Writes what follows from the exam as it is now, within the caller's transaction. Wants nothing that was told already. */
    followUp,

    /** A thing to be told that no plan asks for: a record of what staff did, a deletion that two people decided. */
    add(
      examId: string,
      destinationId: string,
      task: { readonly step: DeliveryStep; readonly subject: string; readonly payload: unknown },
    ): void {
      sql.insert.run({
        id: randomUUID(),
        seq: sql.nextSeq.get()!,
        examId,
        destinationId,
        step: task.step,
        subject: task.subject,
        version: '1',
        scope: examId,
        after: '[]',
        priority: 40,
        nextAttemptAt: clock(),
        deadlineAt: null,
        payload: JSON.stringify(task.payload),
        now: clock(),
      })
      events.tell({ topic: 'deliveries', id: examId })
    },

    /** A person ends the hold window: what was never tried and only waits for its time goes now. Returns how many. */
    sendNow(examId: string, destinationId: string, actor: Actor): number {
      return db.transaction(() => {
        const isHeld = (row: OutboxSqlRow) =>
          row.state === 'waiting' && row.attempts === 0 && row.next_attempt_at > clock()
        const held = sql.ofExamAndDestination.all(examId, destinationId).filter(isHeld)
        // What exams share may stand under another exam, which still waits: it goes with this one.
        const shared = held
          .flatMap(prerequisitesOf)
          .flatMap(({ scope, step, subject }) => (scope ? sql.versions.all(destinationId, scope, step, subject) : []))
          .filter((row) => row.exam_id !== examId && isHeld(row))
        for (const row of [...held, ...shared]) {
          sql.setState.run({
            ...whyOf(row),
            id: row.id,
            state: 'waiting',
            attempts: 0,
            nextAttemptAt: clock(),
            blockedBy: null,
            result: null,
            now: clock(),
          })
        }
        if (held.length > 0) {
          audit.record({
            actor,
            action: 'send-now',
            subjectKind: 'exam',
            subjectId: examId,
            details: { destinationId, tasks: held.length },
          })
          events.tell({ topic: 'deliveries', id: examId })
        }
        return held.length
      })()
    },

    /** After a restart: what was being sent may have arrived, so it is verified before it is sent again. */
    recover(): number {
      const left = sql.left.all()
      for (const row of left) {
        move(row, {
          ...waitingNow(row.attempts),
          state: 'sent-unconfirmed',
          reasonCode: 'INTERRUPTED',
          reason: '上传中断，正在核实对方是否已收到',
          reasonInEnglish: 'The upload broke off; the other side is being asked whether it has it',
        })
        giveWay(row.id)
        giveUp(row.exam_id, row.destination_id)
      }
      return left.length
    },

    /** What may be sent to a destination now, in order: due, with everything before it delivered. The first few hundred. */
    ready: readiness.ready,
    /** The step before it that a task waits for, for staff to see. */
    waitsFor: readiness.waitsFor,
    nextDue: (): number | null => sql.nextDue.get(clock()) ?? null,

    /** Committed before the request leaves, so that a power cut cannot make us forget that it left. */
    begin(ids: readonly string[]): void {
      db.transaction(() => {
        for (const id of ids) {
          const row = sql.get.get(id)!
          move(row, {
            ...waitingNow(row.attempts + 1),
            state: 'sending',
            ...whyOf(row),
          })
        }
      })()
    },

    /** Keeps what came of an attempt. Returns what it means for the destination. */
    finish(id: string, outcome: CloudOutcome): NextState {
      return db.transaction(() => {
        const row = sql.get.get(id)!
        const next = decideNext(outcome, row.attempts, clock(), Math.random())
        move(row, next, outcome.kind === 'done' ? (outcome.value ?? {}) : undefined)
        giveWay(id)
        if (outcome.kind !== 'done') giveUp(row.exam_id, row.destination_id)
        // What remains of an exam that was deleted for a correction is told again.
        if (outcome.kind === 'done' && row.step === 'study-delete') followUp(row.exam_id)
        if (outcome.kind === 'done') {
          audit.record({
            actor: 'station',
            action: 'deliver',
            subjectKind: 'exam',
            subjectId: row.exam_id,
            details: { destinationId: row.destination_id, step: row.step, subject: row.subject, version: row.version },
          })
        }
        return next
      })()
    },

    /** Staff changed the destination's settings: what those had blocked is tried again. */
    settingsChanged(destinationId: string): void {
      db.transaction(() => {
        for (const row of sql.blockedBy.all(destinationId, 'settings')) move(row, waitingNow(0))
      })()
    },

    /** The destination is gone: nothing waits for it any more. What was delivered stays on record. */
    destinationRemoved(destinationId: string): void {
      db.transaction(() => {
        for (const row of sql.openAt.all(destinationId)) move(row, cancelled(row, 'BY-PERSON', '目的地已移除'))
      })()
    },

    /** What exams share was changed (the institution): what their data had blocked is planned anew. */
    blockedExams: (): string[] => sql.blockedExams.all(),

    /** A person says: now. */
    retry(id: string, actor: Actor): Outcome<OutboxTask> {
      return db.transaction((): Outcome<OutboxTask> => {
        const row = sql.get.get(id)
        if (!row) return fail('NOT-FOUND', { what: '上传任务' })
        // What the plan gave up (an amendment began, the exam was taken back) comes back by the plan alone.
        const isGivenUp = row.state === 'cancelled' && row.reason_code === superseded
        if (isGivenUp || ['sending', 'delivered'].includes(row.state))
          return fail('TASK-STATE', { state: stateWords[row.state] })
        const mayHaveArrived = row.state === 'sent-unconfirmed'
        if (mayHaveArrived || row.state === 'waiting')
          sql.setState.run({
            ...whyOf(row),
            id,
            state: row.state,
            attempts: row.attempts,
            nextAttemptAt: clock(),
            blockedBy: null,
            result: null,
            now: clock(),
          })
        else move(row, waitingNow(0))
        // A person may have cancelled it before it was replaced: then it is not wanted any more either.
        giveWay(id)
        giveUp(row.exam_id, row.destination_id)
        const after = toTask(sql.get.get(id)!)
        if (after.state === 'cancelled') return fail('TASK-STATE', { state: stateWords[after.state] })
        audit.record({ actor, action: 'retry-delivery', subjectKind: 'delivery', subjectId: id })
        events.tell({ topic: 'deliveries', id: row.exam_id })
        return ok(after)
      })()
    },

    cancel(id: string, reason: string, actor: Actor): Outcome<OutboxTask> {
      return db.transaction((): Outcome<OutboxTask> => {
        const row = sql.get.get(id)
        if (!row) return fail('NOT-FOUND', { what: '上传任务' })
        if (!outboxTransitions[row.state].includes('cancelled'))
          return fail('TASK-STATE', { state: stateWords[row.state] })
        move(row, cancelled(row, 'BY-PERSON', reason))
        audit.record({ actor, action: 'cancel-delivery', subjectKind: 'delivery', subjectId: id, details: { reason } })
        return ok(toTask(sql.get.get(id)!))
      })()
    },

    get: (id: string): OutboxTask | undefined => {
      const row = sql.get.get(id)
      return row && toTask(row)
    },
    list: (state?: OutboxTaskState): OutboxTask[] => sql.byState.all({ state: state ?? null }).map(toTask),
    ofExam: (examId: string): OutboxTask[] => sql.ofExam.all(examId).map(toTask),
    counts(): Record<OutboxTaskState, number> {
      const none = { waiting: 0, sending: 0, 'sent-unconfirmed': 0, delivered: 0, blocked: 0, cancelled: 0 }
      return { ...none, ...Object.fromEntries(sql.counts.all().map((row) => [row.state, row.count])) }
    },
    /** What receiving sides have confirmed of an exam, newest last. */
    delivered(examId: string): DeliveredStep[] {
      return sql.deliveredOf.all(examId).map((row) => {
        const task = toTask(row)
        return {
          destinationId: task.destinationId,
          step: task.step,
          subject: task.subject,
          version: task.version,
          result: task.result,
          at: task.updatedAt,
        }
      })
    },
    /** The destinations to which any of these images was sent, or may have been. */
    sentTo(examId: string, instanceIds: readonly string[]): string[] {
      const ids = new Set(instanceIds)
      const sent = sql.ofExam.all(examId).filter((row) => row.step === 'image' && ids.has(row.subject) && hasLeft(row))
      return [...new Set(sent.map((row) => row.destination_id))]
    },
    /** Was anything told of this exam, or may it have been, beside what registering it told? */
    wasTold: (examId: string): boolean =>
      sql.ofExam.all(examId).some((row) => !['study-qr', 'project'].includes(row.step) && hasLeft(row)),
  }
}
