import { randomUUID } from 'node:crypto'
import type { Exam } from '../../../shared/models/exam.ts'
import type { Patient } from '../../../shared/models/patient.ts'
import type { StudyMove } from '../../../shared/models/study-move.ts'
import { asItIs, type BothWords, filling, statements } from '../../../shared/problems/both-words.ts'
import { type Outcome, ProblemError } from '../../../shared/problems/problem.ts'
import { inTransaction } from '../db/in-transaction.ts'
import type { Actor } from '../people/audit-log.ts'
import { candidateOf } from './compare-exam.ts'
import { type ClaimSqlRow, prepareExamSql } from './exam-sql.ts'
import { contradictionWords } from './match-study.ts'
import { mayMerge } from './merge-exams.ts'
import { createStepLinks } from './step-links.ts'
import { type Before, beforeOf, type Change, nobody, takenOutByStaff } from './study-change.ts'
import { prepareStudyMoveSql, type StudyMoveSqlRow } from './study-move-sql.ts'
import type { MoveOptions, StudyMovesDeps } from './study-moves-deps.ts'
import { suspicionWords } from './suspicion.ts'
import { createTakeApart } from './take-apart.ts'
import { createUndo } from './undo-move.ts'

/** Which exam a study belongs to, changed by people or by the station: every change is a row, and can be taken back until it was sent. */
export function createStudyMoves(deps: StudyMovesDeps) {
  const { db, clock, audit, events, exams, corrections, followUp } = deps
  const sql = prepareExamSql(db)
  const moves = prepareStudyMoveSql(db)
  const steps = createStepLinks(db)

  function read(examId: string): { exam: Exam; patient: Patient } {
    const found = exams.read(examId)
    if (!found) throw new ProblemError({ code: 'NOT-FOUND', with: { what: '检查' } })
    if (found.exam.cancelled) throw new ProblemError({ code: 'EXAM-CANCELLED' })
    return found
  }

  function claimed(uid: string): ClaimSqlRow {
    const claim = sql.claim.get(uid)
    if (!claim) throw new ProblemError({ code: 'NOT-FOUND', with: { what: '这组影像' } })
    return claim
  }

  /** The row of a change, beside the claim that the caller changes. */
  function write(uid: string, fromExamId: string | null, before: Before, change: Change): void {
    const id = randomUUID()
    moves.insert.run({
      id,
      kind: change.kind,
      study_instance_uid: uid,
      from_exam_id: fromExamId,
      to_exam_id: change.toExamId,
      actor: change.actor,
      reason: change.why.chinese,
      reason_in_english: change.why.english,
      at: clock(),
      together: change.together ?? id,
      before: JSON.stringify(before),
      is_correction: change.isCorrection ? 1 : 0,
    })
  }

  function change(claim: ClaimSqlRow, to: Change): void {
    const uid = claim.study_instance_uid
    sql.attach.run({ uid, examId: to.toExamId, by: to.toExamId ? to.actor : '', ...to.why })
    write(uid, claim.exam_id, beforeOf(claim), to)
  }

  /** What follows for every exam that lost or got images, and the watchers who must look again. */
  function follow(uids: readonly string[], examIds: readonly (string | null)[]): void {
    for (const id of new Set(examIds.filter((one) => one !== null))) {
      followUp(id)
      events.tell({ topic: 'exams', id })
    }
    for (const id of uids) events.tell({ topic: 'tray', id })
  }

  function recordFor(examIds: readonly (string | null)[], actor: Actor, action: string, details: object): void {
    for (const id of new Set(examIds.filter((one) => one !== null)))
      audit.record({ actor, action, subjectKind: 'exam', subjectId: id, details: { ...details } })
  }

  /** What speaks against this person. Refused unless it was confirmed in so many words. */
  function against(claim: ClaimSqlRow, found: { exam: Exam; patient: Patient }, confirmed: boolean): BothWords[] {
    const header = deps.studyHeader(claim.study_instance_uid)
    if (!header) throw new ProblemError({ code: 'NOT-FOUND', with: { what: '这组影像' } })
    const different = contradictionWords(candidateOf(header, found))
    const all = claim.suspect ? [suspicionWords(claim.suspect), ...different] : different
    if (all.length > 0 && !confirmed)
      throw new ProblemError({ code: 'STUDY-CONTRADICTS', with: filling('detail', statements(all)) })
    return all
  }

  /** Takes the study away from its exam: as a correction where something of it was sent. */
  function leave(claim: ClaimSqlRow, toExamId: string | null, options: MoveOptions, actor: Actor): boolean {
    const fromExamId = claim.exam_id
    if (!fromExamId) return false
    if (!deps.wasSent(fromExamId, claim.study_instance_uid)) {
      const state = deps.reportState(fromExamId)
      if (state && !options.confirmReport) throw new ProblemError({ code: 'STUDY-REPORTED', with: { state } })
      return false
    }
    if (!options.asCorrection) throw new ProblemError({ code: 'STUDY-SENT' })
    if (!options.reason) throw new ProblemError({ code: 'CORRECTION-REASON' })
    corrections.make({ uid: claim.study_instance_uid, fromExamId, toExamId }, options.reason, actor)
    return true
  }

  function attachTo(claim: ClaimSqlRow, examId: string, options: MoveOptions, actor: Actor): void {
    const uid = claim.study_instance_uid
    const different = against(claim, read(examId), options.confirmMismatch ?? false)
    const kind = claim.exam_id && claim.exam_id !== examId ? 'move' : 'attach'
    const isCorrection = kind === 'move' && leave(claim, examId, options, actor)
    const reason = options.reason ?? ''
    const why = asItIs(reason)
    if (claim.exam_id === examId) sql.attach.run({ uid, examId, by: actor, ...why })
    else change(claim, { kind, toExamId: examId, why, actor, isCorrection })
    sql.suspect.run(null, uid)
    recordFor([claim.exam_id, examId], actor, `${kind}-study`, {
      studyInstanceUid: uid,
      ...(kind === 'move' && { fromExamId: claim.exam_id, toExamId: examId, isCorrection, reason }),
      against: different.map((one) => one.chinese),
    })
    follow([uid], [claim.exam_id, examId])
  }

  const undoing = createUndo({ ...deps, sql, moves, steps, write, recordFor, follow })
  const toMove = (row: StudyMoveSqlRow): StudyMove => ({
    id: row.id,
    kind: row.kind,
    studyInstanceUid: row.study_instance_uid,
    fromExamId: row.from_exam_id,
    toExamId: row.to_exam_id,
    actor: row.actor,
    reason: row.reason,
    reasonInEnglish: row.reason_in_english,
    at: row.at,
    undoneAt: row.undone_at,
    mayUndo: undoing.mayUndo(row),
  })

  return {
    /** A person says that this study belongs to that exam. A contradiction of person must be confirmed in so many words. */
    attach(studyInstanceUid: string, examId: string, confirmMismatch: boolean, actor: Actor): Outcome<true> {
      return inTransaction(db, () => {
        const claim = claimed(studyInstanceUid)
        if (claim.exam_id === examId && !claim.suspect) return true as const
        if (claim.exam_id && claim.exam_id !== examId) throw new ProblemError({ code: 'STUDY-ATTACHED' })
        attachTo(claim, examId, { confirmMismatch }, actor)
        return true as const
      })
    },

    /** From the exam that has it to another one, in one step. */
    move(studyInstanceUid: string, examId: string, options: MoveOptions, actor: Actor): Outcome<true> {
      return inTransaction(db, () => {
        const claim = claimed(studyInstanceUid)
        if (claim.exam_id === examId && !claim.suspect) return true as const
        attachTo(claim, examId, options, actor)
        return true as const
      })
    },

    /** Takes a study out of its exam: freely as long as nothing of it went anywhere, then as a correction. */
    detach(studyInstanceUid: string, options: Omit<MoveOptions, 'confirmMismatch'>, actor: Actor): Outcome<true> {
      return inTransaction(db, () => {
        const claim = claimed(studyInstanceUid)
        if (!claim.exam_id) throw new ProblemError({ code: 'NOT-FOUND', with: { what: '这组影像' } })
        const isCorrection = leave(claim, null, options, actor)
        const { reason = '' } = options
        const why = reason ? asItIs(reason) : takenOutByStaff
        change(claim, { kind: 'detach', toExamId: null, why, actor, isCorrection })
        recordFor([claim.exam_id], actor, 'detach-study', { studyInstanceUid, reason, isCorrection })
        follow([studyInstanceUid], [claim.exam_id])
        return true as const
      })
    },

    takeApart: createTakeApart({ ...deps, sql, claimed, leave, write, follow }),

    /** An exam that was registered twice: its studies go over, and it is cancelled with a reason that names the other one. */
    merge(examId: string, fromExamId: string, reason: string, actor: Actor): Outcome<true> {
      return inTransaction(db, () => {
        const kept = read(examId)
        const doubled = read(fromExamId)
        const problem = mayMerge(kept, doubled, {
          report: deps.reportState(fromExamId),
          wasTold: deps.wasTold(fromExamId),
        })
        if (problem) throw new ProblemError(problem)
        const together = randomUUID()
        const to = { kind: 'merge', toExamId: examId, why: asItIs(reason), actor, together } as const
        const claims = sql.claimsOf.all(fromExamId)
        for (const claim of claims) change(claim, to)
        if (claims.length === 0) write('', fromExamId, nobody, to)
        const number = kept.exam.accessionNumber
        const inEnglish = { reasonInEnglish: `Merged into the exam ${number}: ${reason}` }
        const cancelled = { at: clock(), by: actor, reason: `并入检查 ${number}：${reason}`, ...inEnglish }
        sql.cancelExam.run(JSON.stringify(cancelled), fromExamId)
        steps.relink([fromExamId, examId])
        recordFor([examId, fromExamId], actor, 'merge-exam', { examId, fromExamId, reason, studies: claims.length })
        follow(
          claims.map((claim) => claim.study_instance_uid),
          [fromExamId, examId],
        )
        return true as const
      })
    },

    undo: undoing.undo,

    /** Newest first, 50 at most. */
    list: (examId?: string): StudyMove[] =>
      (examId === undefined ? moves.newest.all() : moves.ofExam.all({ examId })).map(toMove),

    /** The station's own change of a claim, which it has just written itself. */
    byStation(
      uid: string,
      fromExamId: string | null,
      before: Before,
      to: { readonly examId: string | null; readonly why: BothWords },
    ): void {
      const kind = to.examId ? 'attach' : 'detach'
      write(uid, fromExamId, before, { kind, toExamId: to.examId, why: to.why, actor: 'station' })
    },
  }
}
