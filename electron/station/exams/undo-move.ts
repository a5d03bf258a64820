import { randomUUID } from 'node:crypto'
import { inBoth } from '../../../shared/problems/both-words.ts'
import { type Outcome, ProblemError } from '../../../shared/problems/problem.ts'
import { inTransaction } from '../db/in-transaction.ts'
import type { Actor } from '../people/audit-log.ts'
import type { ExamSql } from './exam-sql.ts'
import type { createStepLinks } from './step-links.ts'
import { type Before, beforeOf, type Change, nobody } from './study-change.ts'
import type { StudyMoveSql, StudyMoveSqlRow } from './study-move-sql.ts'
import type { StudyMovesDeps } from './study-moves-deps.ts'

type Parts = Pick<StudyMovesDeps, 'db' | 'clock' | 'exams' | 'studyParts' | 'wasSent' | 'reportState'> & {
  readonly sql: ExamSql
  readonly moves: StudyMoveSql
  readonly steps: ReturnType<typeof createStepLinks>
  readonly write: (uid: string, fromExamId: string | null, before: Before, change: Change) => void
  readonly recordFor: (examIds: readonly (string | null)[], actor: Actor, action: string, details: object) => void
  readonly follow: (uids: readonly string[], examIds: readonly (string | null)[]) => void
}

/** Takes a change of exam back, whole: every study that was moved with it, and the cancellation that a merge had made. */
export function createUndo(parts: Parts) {
  const { db, clock, exams, studyParts, wasSent, reportState, sql, moves, steps, write, recordFor, follow } = parts

  /** Back to how it stood: who has it, who said so and why, and what was suspected. */
  function restore(row: StudyMoveSqlRow): void {
    if (row.study_instance_uid === '') return
    const before = JSON.parse(row.before) as Before
    if (before.takenFrom) {
      studyParts.together(row.study_instance_uid, before.takenFrom.uid)
      sql.endClaim.run(row.study_instance_uid)
      sql.suspect.run(before.takenFrom.suspect, before.takenFrom.uid)
      return
    }
    const uid = row.study_instance_uid
    sql.attach.run({ uid, examId: row.from_exam_id, by: before.attachedBy, ...before.why })
    sql.suspect.run(before.suspect, uid)
  }

  function mayUndo(row: StudyMoveSqlRow): boolean {
    if (row.kind === 'undo' || row.undone_at !== null) return false
    return moves.together.all(row.together).every((one) => {
      const uid = one.study_instance_uid
      const isGone = one.from_exam_id !== null && one.kind !== 'merge' && exams.read(one.from_exam_id)?.exam.cancelled
      if (one.is_correction || isGone || moves.laterThan.get(one.id)) return false
      if (uid !== '' && sql.claim.get(uid)?.exam_id !== one.to_exam_id) return false
      if (uid === '' || !one.to_exam_id) return true
      return !wasSent(one.to_exam_id, uid) && !reportState(one.to_exam_id)
    })
  }

  return {
    mayUndo,

    undo(id: string, actor: Actor): Outcome<true> {
      return inTransaction(db, () => {
        const row = moves.get.get(id)
        if (!row) throw new ProblemError({ code: 'NOT-FOUND', with: { what: '这次变动' } })
        if (!mayUndo(row)) throw new ProblemError({ code: 'MOVE-STANDS' })
        const rows = moves.together.all(row.together)
        const together = randomUUID()
        for (const one of rows) {
          const claim = sql.claim.get(one.study_instance_uid)
          restore(one)
          const now = claim ? beforeOf(claim) : nobody
          const back = {
            kind: 'undo',
            toExamId: one.from_exam_id,
            why: inBoth(`撤销：${one.reason}`, `Undone: ${one.reason_in_english}`),
            actor,
            together,
          } as const
          write(one.study_instance_uid, one.to_exam_id, now, back)
        }
        moves.undone.run(clock(), row.together)
        const { takenFrom } = JSON.parse(row.before) as Before
        const examIds = [
          row.from_exam_id,
          row.to_exam_id,
          takenFrom ? (sql.claim.get(takenFrom.uid)?.exam_id ?? null) : null,
        ]
        if (row.kind === 'merge' && row.from_exam_id) {
          sql.cancelExam.run(null, row.from_exam_id)
          steps.relink(examIds.filter((one) => one !== null))
        }
        recordFor(examIds, actor, 'undo-move', { moveId: id, kind: row.kind, studies: rows.length })
        follow(
          rows.map((one) => one.study_instance_uid).filter((uid) => uid !== ''),
          examIds,
        )
        return true as const
      })
    },
  }
}
