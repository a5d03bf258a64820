import { randomUUID } from 'node:crypto'
import type { Destination } from '../../../shared/models/destination.ts'
import type { StudyCorrection } from '../../../shared/models/study-move.ts'
import type { Alarm } from '../../../shared/problems/alarm.ts'
import { type Outcome, ProblemError } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import { inTransaction, must } from '../db/in-transaction.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import { type CorrectionSqlRow, prepareCorrectionSql, toCorrection } from './correction-sql.ts'

export type CorrectionDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
  readonly destination: (id: string) => Destination | undefined
  /** Asked of the outbox: where images of this study went, or may have gone, for this exam. */
  readonly sentTo: (examId: string, studyInstanceUid: string) => readonly string[]
  /** Where a destination can delete: a proposal that a second person confirms. Gives the retraction's id. */
  readonly proposeDeletion: (examId: string, destinationId: string, reason: string, actor: Actor) => Outcome<string>
  readonly accessionNumberOf: (examId: string) => string | undefined
}

export type Corrections = ReturnType<typeof createCorrections>

/**
 * Images that had been sent for another exam than theirs. At AIMIS the wrong exam is deleted, by two people, and what remains of it
 * is told again; the right exam's images wait for that deletion. Who has no recall gets a letter, or a call: staff say when it is done.
 */
export function createCorrections(deps: CorrectionDeps) {
  const { db, clock, audit, events, destination } = deps
  const sql = prepareCorrectionSql(db)

  function finish(row: CorrectionSqlRow, actor: Actor): void {
    sql.done.run(actor, clock(), row.id)
    audit.record({
      actor,
      action: 'finish-correction',
      subjectKind: 'exam',
      subjectId: row.exam_id,
      details: { studyInstanceUid: row.study_instance_uid, destinationId: row.destination_id },
    })
    events.tell({ topic: 'exams', id: row.exam_id })
  }

  return {
    /** Within the caller's transaction, while the outbox still knows the study as the wrong exam's. */
    make(
      study: { readonly uid: string; readonly fromExamId: string; readonly toExamId: string | null },
      reason: string,
      actor: Actor,
    ): void {
      for (const destinationId of deps.sentTo(study.fromExamId, study.uid)) {
        const kind = destination(destinationId)?.kind
        if (!kind) continue
        const retractionId =
          kind === 'aimis' ? must(deps.proposeDeletion(study.fromExamId, destinationId, reason, actor)) : null
        sql.insert.run({
          id: randomUUID(),
          study_instance_uid: study.uid,
          exam_id: study.fromExamId,
          to_exam_id: study.toExamId,
          destination_id: destinationId,
          retraction_id: retractionId,
          reason,
          made_by: actor,
          made_at: clock(),
        })
        audit.record({
          actor,
          action: 'correct-study',
          subjectKind: 'exam',
          subjectId: study.fromExamId,
          details: { studyInstanceUid: study.uid, toExamId: study.toExamId, destinationId, retractionId, reason },
        })
      }
    },

    ofExam: (examId: string): StudyCorrection[] => sql.ofExam.all(examId).map(toCorrection),
    ofStudy: (studyInstanceUid: string): StudyCorrection[] => sql.ofStudy.all(studyInstanceUid).map(toCorrection),
    /** Nothing will be deleted there. Within the caller's transaction; gives the exams whose images waited for it. */
    deletionWithdrawn(retractionId: string, actor: Actor): string[] {
      const waiting = sql.waitingFor.all(retractionId)
      sql.leaveToStaff.run({ retractionId, actor, at: clock() })
      return waiting
    },

    /** A person says that the other side was told. */
    done(examId: string, id: string, actor: Actor): Outcome<true> {
      return inTransaction(db, () => {
        const row = sql.get.get(id)
        if (!row || row.exam_id !== examId) throw new ProblemError({ code: 'NOT-FOUND', with: { what: '更正' } })
        if (row.retraction_id) throw new ProblemError({ code: 'CORRECTION-BY-DELETION' })
        if (row.done_at === null) finish(row, actor)
        return true as const
      })
    },

    /** The letter to a platform without recall was written: that is what was to be done there. */
    letterWritten(examId: string, destinationId: string, actor: Actor): void {
      for (const row of sql.open.all()) {
        if (row.exam_id === examId && row.destination_id === destinationId) finish(row, actor)
      }
    },

    /** What staff must still do at the other side. */
    alarms: (): Alarm[] =>
      sql.open.all().flatMap((row) => {
        const where = destination(row.destination_id)
        if (!where) return []
        return [
          {
            code: where.kind === 'jilin' ? 'CORRECTION-LETTER' : 'CORRECTION-TELL',
            with: { accessionNumber: deps.accessionNumberOf(row.exam_id) ?? '', destination: where.name },
            examId: row.exam_id,
            studyInstanceUid: row.study_instance_uid,
          },
        ]
      }),
  }
}
