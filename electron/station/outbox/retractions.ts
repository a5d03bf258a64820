import { randomUUID } from 'node:crypto'
import type { Destination } from '../../../shared/models/destination.ts'
import type { Retraction } from '../../../shared/models/retraction.ts'
import { type Outcome, ProblemError } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import { inTransaction } from '../db/in-transaction.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import type { Outbox } from './outbox.ts'
import { prepareRetractionSql, type RetractionSqlRow, toRetraction } from './retraction-sql.ts'

export type Retractions = ReturnType<typeof createRetractions>

type Deps = {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
  readonly outbox: Outbox
  readonly destination: (id: string) => Destination | undefined
  /** Told to the exams, which give those whose images waited for this deletion. */
  readonly withdrawn: (retractionId: string, actor: Actor) => readonly string[]
}

/** Taking an exam back from AIMIS (study/delete): proposed by one person, confirmed by another, then sent like everything else. */
export function createRetractions({ db, clock, audit, events, outbox, destination, withdrawn }: Deps) {
  const sql = prepareRetractionSql(db)

  function proposed(examId: string, id: string) {
    const row = sql.get.get(id)
    if (!row || row.exam_id !== examId) throw new ProblemError({ code: 'NOT-FOUND', with: { what: '删除申请' } })
    if (row.state !== 'proposed') throw new ProblemError({ code: 'RETRACTION-DECIDED' })
    return row
  }

  function decide(id: string, state: 'confirmed' | 'withdrawn', actor: Actor): Retraction {
    sql.decide.run(state, actor, clock(), id)
    const retraction = toRetraction(sql.get.get(id)!)
    audit.record({
      actor,
      action: `${state === 'confirmed' ? 'confirm' : 'withdraw'}-retraction`,
      subjectKind: 'exam',
      subjectId: retraction.examId,
      details: { retractionId: id },
    })
    events.tell({ topic: 'deliveries', id: retraction.examId })
    return retraction
  }

  const isDeleted = (row: RetractionSqlRow) => sql.isDeleted.get(row.destination_id, row.id) === 1
  /** A correction that is through: the exam stands at the destination again, as a new one. */
  const isThrough = (row: RetractionSqlRow) => row.then_tell_again === 1 && isDeleted(row)

  function insert(
    examId: string,
    destinationId: string,
    reason: string,
    actor: Actor,
    isCorrection: boolean,
  ): Retraction {
    if (destination(destinationId)?.kind !== 'aimis') throw new ProblemError({ code: 'NO-RECALL' })
    const isThere = outbox.delivered(examId).some((one) => one.destinationId === destinationId && one.step === 'study')
    if (!isThere) throw new ProblemError({ code: 'NOT-DELIVERED' })
    const id = randomUUID()
    sql.insert.run(id, examId, destinationId, reason, actor, clock(), isCorrection ? 1 : 0)
    audit.record({
      actor,
      action: 'propose-retraction',
      subjectKind: 'exam',
      subjectId: examId,
      details: { destinationId, reason, ...(isCorrection && { isCorrection }) },
    })
    events.tell({ topic: 'deliveries', id: examId })
    return toRetraction(sql.get.get(id)!)
  }

  return {
    /** Destinations where the exam is, or is about to be, deleted for good. */
    retractedFrom: (examId: string): string[] =>
      sql.ofExam
        .all(examId)
        .filter((row) => row.state === 'confirmed' && !isThrough(row))
        .map((row) => row.destination_id),

    /** Destination → the last deletion after which the exam is told again. */
    toldAgain: (examId: string): Record<string, string> =>
      Object.fromEntries(
        sql.ofExam
          .all(examId)
          .filter(isThrough)
          .reverse()
          .map((row) => [row.destination_id, row.id]),
      ),

    isWithdrawn: (id: string): boolean => sql.get.get(id)?.state === 'withdrawn',

    /**
     * The deletion of an exam of which images were sent wrongly, and which is then told again without them: a new proposal, or the
     * one that is not through yet. Within the caller's transaction. Gives its id.
     */
    proposeCorrection(examId: string, destinationId: string, reason: string, actor: Actor): Outcome<string> {
      return inTransaction(db, () => {
        const open = sql.standing.all(examId, destinationId).find((row) => !isThrough(row))
        if (!open) return insert(examId, destinationId, reason, actor, true).id
        if (open.state === 'proposed') sql.tellAgain.run(open.id)
        return open.id
      })
    },

    ofExam: (examId: string): Retraction[] => sql.ofExam.all(examId).map(toRetraction),

    propose(examId: string, destinationId: string, reason: string, actor: Actor): Outcome<Retraction> {
      return inTransaction(db, () => {
        const standing = sql.standing.all(examId, destinationId).find((row) => !isThrough(row))
        if (standing && destination(destinationId)?.kind === 'aimis')
          throw new ProblemError({ code: standing.state === 'proposed' ? 'RETRACTION-OPEN' : 'RETRACTION-DECIDED' })
        return insert(examId, destinationId, reason, actor, false)
      })
    },

    /** By another person than who proposed it. What still waits for that cloud is cancelled with it. */
    confirm(examId: string, id: string, actor: Actor): Outcome<Retraction> {
      return inTransaction(db, () => {
        const row = proposed(examId, id)
        if (row.proposed_by === actor) throw new ProblemError({ code: 'RETRACTION-OWN' })
        const retraction = decide(id, 'confirmed', actor)
        outbox.followUp(examId)
        outbox.add(examId, row.destination_id, { step: 'study-delete', subject: id, payload: { reason: row.reason } })
        return retraction
      })
    },

    withdraw(examId: string, id: string, actor: Actor): Outcome<Retraction> {
      return inTransaction(db, () => {
        proposed(examId, id)
        const retraction = decide(id, 'withdrawn', actor)
        for (const waiting of withdrawn(id, actor)) outbox.followUp(waiting)
        return retraction
      })
    },
  }
}
