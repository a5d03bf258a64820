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
import { type OutboxSqlRow, prepareOutboxSql, prerequisitesOf, toTask } from './outbox-sql.ts'
import { type Prerequisite, planDeliveries, type WantedTask } from './plan-deliveries.ts'

/** Cancelled because newer content took its place, or the exam no longer asks for it: it comes back when it is wanted again. */
const superseded = 'SUPERSEDED'

const readyAtOnce = 500

/** Content that is told a second time stands in a row of its own: 'abc~2'. */
const contentOf = (version: string): string => version.split('~', 1)[0] ?? version

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

/** What must go where: written with the fact it follows from, kept until the receiving side has confirmed it. */
export function createOutbox(deps: OutboxDeps) {
  const { db, clock, audit, events } = deps
  const sql = prepareOutboxSql(db)

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
      action: next.action,
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
    reasonCode: null,
    reason: null,
    action: null,
  })
  const cancelled = (row: OutboxSqlRow, code: string, reason: string | null) => ({
    ...waitingNow(row.attempts),
    state: 'cancelled' as const,
    reasonCode: code,
    reason,
  })

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

  /** What failed while newer content was written is not tried again: the newer one says it all. */
  function giveWay(id: string): void {
    const row = sql.get.get(id)!
    if (['waiting', 'blocked', 'sent-unconfirmed'].includes(row.state) && sql.newerThan.get(row))
      move(row, cancelled(row, superseded, null))
  }

  function isMet(needed: Prerequisite, destinationId: string, ownScope: string): boolean {
    const scope = needed.scope ?? ownScope
    if (needed.subject === '*') return sql.openOfStep.get(destinationId, scope, needed.step) === 0
    const newest = sql.versions
      .all(destinationId, scope, needed.step, needed.subject)
      .find((version) => version.state !== 'cancelled')
    return newest?.state === 'delivered'
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
        const isWanted = (row: OutboxSqlRow) =>
          wanted.some((task) => task.scope === row.scope && task.step === row.step && task.subject === row.subject)
        for (const row of sql.ofExamAndDestination.all(examId, destination.id)) {
          const isPlanned = row.scope === examId && row.payload === null
          if (isPlanned && ['waiting', 'blocked'].includes(row.state) && !isWanted(row))
            move(row, cancelled(row, superseded, null))
        }
      }
      events.tell({ topic: 'deliveries', id: examId })
    },

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
        const held = sql.ofExamAndDestination
          .all(examId, destinationId)
          .filter((row) => row.state === 'waiting' && row.attempts === 0 && row.next_attempt_at > clock())
        for (const row of held) {
          sql.setState.run({
            ...keptReason(row),
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
        })
        giveWay(row.id)
      }
      return left.length
    },

    /** What may be sent to a destination now, in order: due, with everything before it delivered. The first few hundred. */
    ready(destinationId: string): OutboxTask[] {
      const thing = (row: OutboxSqlRow) => `${row.scope}/${row.step}/${row.subject}`
      const sending = new Set(sql.sendingTo.all(destinationId).map(thing))
      const met = new Map<string, boolean>()
      const isReady = (row: OutboxSqlRow) => {
        if (sending.has(thing(row))) return false
        return prerequisitesOf(row).every((needed) => {
          const key = `${needed.scope ?? row.scope}/${needed.step}/${needed.subject}`
          const known = met.get(key) ?? isMet(needed, destinationId, row.scope)
          met.set(key, known)
          return known
        })
      }
      const ready: OutboxTask[] = []
      for (const row of sql.due.iterate(destinationId, clock())) {
        if (isReady(row)) ready.push(toTask(row))
        if (ready.length >= readyAtOnce) break
      }
      return ready
    },
    nextDue: (): number | null => sql.nextDue.get(clock()) ?? null,

    /** Committed before the request leaves, so that a power cut cannot make us forget that it left. */
    begin(ids: readonly string[]): void {
      db.transaction(() => {
        for (const id of ids) {
          const row = sql.get.get(id)!
          move(row, {
            ...waitingNow(row.attempts + 1),
            state: 'sending',
            reasonCode: row.reason_code,
            reason: row.reason,
            action: row.action,
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
        if (['sending', 'delivered'].includes(row.state)) return fail('TASK-STATE', { state: row.state })
        const mayHaveArrived = row.state === 'sent-unconfirmed'
        if (mayHaveArrived || row.state === 'waiting')
          sql.setState.run({
            ...keptReason(row),
            id,
            state: row.state,
            attempts: row.attempts,
            nextAttemptAt: clock(),
            blockedBy: null,
            result: null,
            now: clock(),
          })
        else move(row, waitingNow(0))
        audit.record({ actor, action: 'retry-delivery', subjectKind: 'delivery', subjectId: id })
        events.tell({ topic: 'deliveries', id: row.exam_id })
        return ok(toTask(sql.get.get(id)!))
      })()
    },

    cancel(id: string, reason: string, actor: Actor): Outcome<OutboxTask> {
      return db.transaction((): Outcome<OutboxTask> => {
        const row = sql.get.get(id)
        if (!row) return fail('NOT-FOUND', { what: '上传任务' })
        if (!outboxTransitions[row.state].includes('cancelled')) return fail('TASK-STATE', { state: row.state })
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
    lampRows: (examId: string) => sql.lampRows.all(examId),
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
    /** Was any of these images sent, or may it have been? */
    wasSent(examId: string, instanceIds: readonly string[]): boolean {
      return sql.ofExam
        .all(examId)
        .some(
          (row) =>
            row.step === 'image' &&
            instanceIds.includes(row.subject) &&
            ['sending', 'sent-unconfirmed', 'delivered'].includes(row.state),
        )
    },
  }
}

const keptReason = (row: OutboxSqlRow) => ({ reasonCode: row.reason_code, reason: row.reason, action: row.action })
