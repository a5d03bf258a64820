import type { InstanceFacts, MatchDecision, StudyHeader } from '../../../shared/models/study.ts'
import { type Outcome, ProblemError } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import { inTransaction } from '../db/in-transaction.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import type { Settings } from '../settings/settings.ts'
import { type ClaimSqlRow, prepareExamSql } from './exam-sql.ts'
import type { Exams } from './exams.ts'
import { candidateOf, contradictions, matchStudy } from './match-study.ts'
import { otherPerson } from './other-person.ts'

export type TrayDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
  readonly settings: Settings
  readonly exams: Exams
  readonly followUp: (examId: string) => void
  /** Asked of the archive, by id. */
  readonly studyHeader: (studyInstanceUid: string) => StudyHeader | undefined
  /** Asked of the outbox: was anything of this study sent already? */
  readonly wasSent: (examId: string, studyInstanceUid: string) => boolean
}

export type Tray = ReturnType<typeof createTray>

/** Which exam a received study belongs to: claimed by itself when certain, otherwise kept here until staff decide. */
export function createTray(deps: TrayDeps) {
  const { db, clock, audit, events, exams, followUp } = deps
  const sql = prepareExamSql(db)
  const decide = (study: StudyHeader): MatchDecision => matchStudy(study, exams.plausibleFor(study))

  function claimFirst(study: StudyHeader): void {
    const decision = decide(study)
    const isCertain = decision.kind === 'certain'
    const examId = isCertain ? decision.candidate.examId : null
    const reason = isCertain ? decision.candidate.reasons.map((one) => one.text).join('；') : decision.reason
    sql.insertClaim.run(study.studyInstanceUid, examId, examId ? 'station' : '', reason, clock(), clock())
    if (!examId) return
    const details = { studyInstanceUid: study.studyInstanceUid, reason }
    audit.record({ actor: 'station', action: 'attach-study', subjectKind: 'exam', subjectId: examId, details })
  }

  /** Two people under one study: it goes back to the tray; where something was sent already it stays, and no more is sent. */
  function suspect(claim: ClaimSqlRow, different: readonly string[]): void {
    const uid = claim.study_instance_uid
    const words = `同一组影像里有两位患者（${different.join('、')}）`
    sql.suspect.run(words, uid)
    if (claim.exam_id && !deps.wasSent(claim.exam_id, uid)) {
      sql.attach.run(null, '', words, uid)
      followUp(claim.exam_id)
    }
    const subject = claim.exam_id
      ? ({ subjectKind: 'exam', subjectId: claim.exam_id } as const)
      : ({ subjectKind: 'study', subjectId: uid } as const)
    audit.record({
      actor: 'station',
      action: 'suspect-study',
      ...subject,
      details: { studyInstanceUid: uid, different },
    })
    events.tell({ topic: 'tray', id: uid })
  }

  return {
    /** Called within the archive's transaction, for each new instance. `own`: what this very object says of the person. */
    claim(study: StudyHeader, _instance: InstanceFacts, _actor: Actor, own: StudyHeader): void {
      const uid = study.studyInstanceUid
      const known = sql.claim.get(uid)
      if (known) {
        sql.touchClaim.run(clock(), uid)
        const different = otherPerson(study, own)
        if (different.length > 0) suspect(known, different)
      } else {
        claimFirst(study)
      }
      const examId = sql.claim.get(uid)?.exam_id
      events.tell(examId ? { topic: 'exams', id: examId } : { topic: 'tray', id: uid })
    },

    /** In words: studies in which two people are named. */
    suspects: (): string[] => sql.suspects.all().map((claim) => claim.suspect ?? ''),

    list(): { claim: ClaimSqlRow; header: StudyHeader; decision: MatchDecision }[] {
      return sql.unclaimed.all().flatMap((claim) => {
        const header = deps.studyHeader(claim.study_instance_uid)
        return header ? [{ claim, header, decision: decide(header) }] : []
      })
    },

    claimsOf: (examId: string): ClaimSqlRow[] => sql.claimsOf.all(examId),
    examOf: (studyInstanceUid: string): string | null => sql.claim.get(studyInstanceUid)?.exam_id ?? null,

    /** A person says that this study belongs to that exam. A contradiction of person must be confirmed in so many words. */
    attach(studyInstanceUid: string, examId: string, confirmMismatch: boolean, actor: Actor): Outcome<true> {
      return inTransaction(db, () => {
        const claim = sql.claim.get(studyInstanceUid)
        const header = deps.studyHeader(studyInstanceUid)
        if (!claim || !header) throw new ProblemError({ code: 'NOT-FOUND', with: { what: '这组影像' } })
        if (claim.exam_id === examId && !claim.suspect) return true as const
        if (claim.exam_id && claim.exam_id !== examId) throw new ProblemError({ code: 'STUDY-ATTACHED' })
        const found = exams.read(examId)
        if (!found) throw new ProblemError({ code: 'NOT-FOUND', with: { what: '检查' } })
        if (found.exam.cancelled) throw new ProblemError({ code: 'EXAM-CANCELLED' })
        const different = contradictions(candidateOf(header, found)).map((reason) => reason.text)
        const against = claim.suspect ? [claim.suspect, ...different] : different
        if (against.length > 0 && !confirmMismatch)
          throw new ProblemError({ code: 'STUDY-CONTRADICTS', with: { detail: against.join('；') } })
        sql.attach.run(examId, actor, '', studyInstanceUid)
        sql.suspect.run(null, studyInstanceUid)
        audit.record({
          actor,
          action: 'attach-study',
          subjectKind: 'exam',
          subjectId: examId,
          details: { studyInstanceUid, against },
        })
        followUp(examId)
        tellBoth(studyInstanceUid, examId)
        return true as const
      })
    },

    /** Takes a study out of its exam again, as long as nothing of it went anywhere. */
    detach(studyInstanceUid: string, reason: string, actor: Actor): Outcome<true> {
      return inTransaction(db, () => {
        const claim = sql.claim.get(studyInstanceUid)
        if (!claim?.exam_id) throw new ProblemError({ code: 'NOT-FOUND', with: { what: '这组影像' } })
        if (deps.wasSent(claim.exam_id, studyInstanceUid)) throw new ProblemError({ code: 'STUDY-SENT' })
        sql.attach.run(null, '', reason || '由人工移出', studyInstanceUid)
        audit.record({
          actor,
          action: 'detach-study',
          subjectKind: 'exam',
          subjectId: claim.exam_id,
          details: { studyInstanceUid, reason },
        })
        followUp(claim.exam_id)
        tellBoth(studyInstanceUid, claim.exam_id)
        return true as const
      })
    },

    /** Marks studies that have come to an end as settled, and lets what follows from it be sent. Returns how many. */
    settle(): number {
      const due = sql.unsettled.all(clock() - deps.settings.read().dicom.settleSeconds * 1000)
      for (const claim of due) {
        db.transaction(() => {
          sql.settle.run(clock(), claim.study_instance_uid)
          if (claim.exam_id) followUp(claim.exam_id)
        })()
        if (claim.exam_id) events.tell({ topic: 'exams', id: claim.exam_id })
      }
      return due.length
    },
  }

  function tellBoth(studyInstanceUid: string, examId: string): void {
    events.tell({ topic: 'tray', id: studyInstanceUid })
    events.tell({ topic: 'exams', id: examId })
  }
}
