import { asItIs, type BothWords, inBoth } from '../../../shared/problems/both-words.ts'
import type { Outcome } from '../../../shared/problems/problem.ts'
import { inTransaction, must } from '../db/in-transaction.ts'
import type { Actor } from '../people/audit-log.ts'
import type { ClaimSqlRow, ExamSql } from './exam-sql.ts'
import { type Before, type Change, nobody } from './study-change.ts'
import type { MoveOptions, People, StudyMovesDeps } from './study-moves-deps.ts'
import { suspicionAmong } from './suspicion.ts'

type Parts = Pick<StudyMovesDeps, 'db' | 'audit' | 'studyParts'> & {
  readonly sql: ExamSql
  readonly claimed: (uid: string) => ClaimSqlRow
  readonly leave: (claim: ClaimSqlRow, toExamId: null, options: MoveOptions, actor: Actor) => boolean
  readonly write: (uid: string, fromExamId: string | null, before: Before, change: Change) => void
  readonly follow: (uids: readonly string[], examIds: readonly (string | null)[]) => void
}

/**
 * Takes images of somebody else out of their study, into one of their own that waits in the tray: as a correction where one of them
 * was sent. `people`: read just before. Gives the StudyInstanceUID of that study; taken back by undoing the move that is written for it.
 */
export function createTakeApart({ db, audit, studyParts, sql, claimed, leave, write, follow }: Parts) {
  return (
    uid: string,
    { instanceIds, people }: { readonly instanceIds: readonly string[]; readonly people: People },
    options: Omit<MoveOptions, 'confirmMismatch'> & { readonly reason: string },
    actor: Actor,
  ): Outcome<string> =>
    inTransaction(db, () => {
      const claim = claimed(uid)
      const { reason } = options
      const { exam_id: examId, suspect } = claim
      const own = must(studyParts.apart(uid, instanceIds, people))
      const why = asItIs(reason)
      const times = { receivedAt: claim.received_at, lastInstanceAt: claim.last_instance_at }
      sql.insertClaim.run({ uid: own, examId, by: '', ...why, ...times })
      sql.settle.run(claim.settled_at, own)
      const isCorrection = leave(claimed(own), null, options, actor)
      sql.attach.run({ uid: own, examId: null, by: '', ...why })

      const taken = new Set(instanceIds)
      const named = (isTaken: boolean) =>
        [...people].flatMap(([id, one]) => (one && taken.has(id) === isTaken ? [one] : []))
      sql.suspect.run(suspicionAmong(named(true)), own)
      // What staff confirmed before is not asked again.
      sql.suspect.run(suspect && suspicionAmong(named(false)), uid)
      if (!examId) sql.attach.run({ uid, examId, by: '', ...whatIsLeft(taken.size, reason) })

      const before = { ...nobody, takenFrom: { uid, suspect } }
      write(own, examId, before, { kind: 'detach', toExamId: null, why, actor, isCorrection })
      audit.record({
        actor,
        action: 'take-images-out',
        subjectKind: examId ? 'exam' : 'study',
        subjectId: examId ?? uid,
        details: { studyInstanceUid: uid, takenInto: own, instanceIds, reason, isCorrection },
      })
      follow([uid, own], [examId])
      return own
    })
}

const whatIsLeft = (images: number, reason: string): BothWords =>
  inBoth(
    `已取出别人的影像 ${images} 幅：${reason}`,
    `${images} ${images === 1 ? 'image' : 'images'} of somebody else taken out: ${reason}`,
  )
