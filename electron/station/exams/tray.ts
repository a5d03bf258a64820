import type { InstanceFacts, MatchDecision, StudyHeader } from '../../../shared/models/study.ts'
import type { Alarm } from '../../../shared/problems/alarm.ts'
import type { BothWords } from '../../../shared/problems/both-words.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import type { Settings } from '../settings/settings.ts'
import { candidateOf } from './compare-exam.ts'
import { type CorrectionDeps, createCorrections } from './corrections.ts'
import { type ClaimSqlRow, prepareExamSql } from './exam-sql.ts'
import type { Exams } from './exams.ts'
import { contradictionWords, matchStudy, reasonWords } from './match-study.ts'
import { newlySaid, otherPerson } from './other-person.ts'
import { beforeOf, takenOutByStaff } from './study-change.ts'
import { createStudyMoves } from './study-moves.ts'
import type { StudyMovesDeps } from './study-moves-deps.ts'
import { keptSuspicion, suspicionOf, suspicionWords } from './suspicion.ts'

export type TrayDeps = Pick<StudyMovesDeps, 'wasTold' | 'reportState' | 'studyParts'> &
  Pick<CorrectionDeps, 'sentTo' | 'proposeDeletion' | 'destination'> & {
    readonly db: Database
    readonly clock: Clock
    readonly audit: AuditLog
    readonly events: Events
    readonly settings: Settings
    readonly exams: Exams
    readonly followUp: (examId: string) => void
    /** Asked of the archive, by id. */
    readonly studyHeader: (studyInstanceUid: string) => StudyHeader | undefined
  }

export type Tray = ReturnType<typeof createTray>

/** Which exam a received study belongs to: claimed by itself when certain, otherwise kept here until staff decide. */
export function createTray(deps: TrayDeps) {
  const { db, clock, audit, events, exams, followUp } = deps
  const sql = prepareExamSql(db)
  const wasSent = (examId: string, uid: string) => deps.sentTo(examId, uid).length > 0
  const accessionNumberOf = (examId: string) => exams.read(examId)?.exam.accessionNumber
  const corrections = createCorrections({ ...deps, accessionNumberOf })
  const moves = createStudyMoves({ ...deps, corrections, wasSent })
  const decide = (study: StudyHeader): MatchDecision => matchStudy(study, exams.plausibleFor(study))

  function claimFirst(study: StudyHeader): void {
    const decision = decide(study)
    const isCertain = decision.kind === 'certain'
    const examId = isCertain ? decision.candidate.examId : null
    const why = isCertain ? reasonWords(decision.candidate) : decision.why
    const uid = study.studyInstanceUid
    sql.insertClaim.run({
      uid,
      examId,
      by: examId ? 'station' : '',
      ...why,
      receivedAt: clock(),
      lastInstanceAt: clock(),
    })
    if (!examId) return
    moves.byStation(uid, null, { attachedBy: '', why: takenOutByStaff, suspect: null }, { examId, why })
    const details = { studyInstanceUid: uid, reason: why.chinese }
    audit.record({ actor: 'station', action: 'attach-study', subjectKind: 'exam', subjectId: examId, details })
  }

  /** Two people under one study: it goes back to the tray; where something was sent already it stays, and no more is sent. */
  function suspect(claim: ClaimSqlRow, different: readonly BothWords[]): void {
    const uid = claim.study_instance_uid
    const kept = keptSuspicion(different)
    const why = suspicionWords(kept)
    sql.suspect.run(kept, uid)
    if (claim.exam_id && !wasSent(claim.exam_id, uid)) {
      sql.attach.run({ uid, examId: null, by: '', ...why })
      // Taken back, it stays suspected: nothing of it is sent before a person has looked.
      moves.byStation(uid, claim.exam_id, { ...beforeOf(claim), suspect: kept }, { examId: null, why })
      followUp(claim.exam_id)
    }
    const subject = claim.exam_id
      ? ({ subjectKind: 'exam', subjectId: claim.exam_id } as const)
      : ({ subjectKind: 'study', subjectId: uid } as const)
    audit.record({
      actor: 'station',
      action: 'suspect-study',
      ...subject,
      details: { studyInstanceUid: uid, different: different.map((one) => one.chinese) },
    })
    events.tell({ topic: 'tray', id: uid })
  }

  /** What the exam's person is not. The study's first images may have named nobody. */
  function againstExam(examId: string | null, said: StudyHeader): BothWords[] {
    const found = examId ? exams.read(examId) : undefined
    return found ? contradictionWords(candidateOf(said, found)) : []
  }

  return {
    /** Called within the archive's transaction, for each new instance. `own`: what this very object says of the person. */
    claim(study: StudyHeader, _instance: InstanceFacts, _actor: Actor, own: StudyHeader): void {
      const uid = study.studyInstanceUid
      const known = sql.claim.get(uid)
      if (known) {
        sql.touchClaim.run(clock(), uid)
        const different = [...otherPerson(study, own), ...againstExam(known.exam_id, newlySaid(study, own))]
        if (different.length > 0) suspect(known, different)
      } else {
        claimFirst(study)
      }
      const examId = sql.claim.get(uid)?.exam_id
      events.tell(examId ? { topic: 'exams', id: examId } : { topic: 'tray', id: uid })
    },

    /**
     * Called within the archive's transaction when a study's header reads otherwise now (another character set). What nobody claimed or
     * moved gets its exam where that is certain now; everything else keeps its place.
     */
    matchAgain(study: StudyHeader): void {
      const uid = study.studyInstanceUid
      const claim = sql.claim.get(uid)
      if (!claim || claim.exam_id || claim.suspect || sql.wasMoved.get(uid)) return
      const decision = decide(study)
      if (decision.kind !== 'certain') {
        sql.attach.run({ uid, examId: null, by: '', ...decision.why })
        return
      }
      const { examId } = decision.candidate
      const why = reasonWords(decision.candidate)
      sql.attach.run({ uid, examId, by: 'station', ...why })
      moves.byStation(uid, null, beforeOf(claim), { examId, why })
      const details = { studyInstanceUid: uid, reason: why.chinese, readAgain: true }
      audit.record({ actor: 'station', action: 'attach-study', subjectKind: 'exam', subjectId: examId, details })
      if (claim.settled_at !== null) followUp(examId)
      events.tell({ topic: 'exams', id: examId })
    },

    attach: moves.attach,
    move: moves.move,
    detach: moves.detach,
    takeApart: moves.takeApart,
    merge: moves.merge,
    undo: moves.undo,
    moves: moves.list,
    corrections,

    /** Does this object name another person than its study? [] where the study is not known. */
    otherPersonThan(studyInstanceUid: string, own: StudyHeader): BothWords[] {
      const known = deps.studyHeader(studyInstanceUid)
      return known ? otherPerson(known, own) : []
    },
    /** An image of this study has other bytes now: what follows is sent. */
    changed(studyInstanceUid: string): void {
      const examId = sql.claim.get(studyInstanceUid)?.exam_id
      if (!examId) return
      followUp(examId)
      events.tell({ topic: 'exams', id: examId })
    },

    /** Studies in which two people are named. */
    suspects: (): Alarm[] =>
      sql.suspects
        .all()
        .flatMap(({ suspect: kept, exam_id: examId, study_instance_uid: studyInstanceUid }) =>
          kept === null ? [] : [{ ...suspicionOf(kept), examId, studyInstanceUid }],
        ),

    list(): { claim: ClaimSqlRow; header: StudyHeader; decision: MatchDecision }[] {
      return sql.unclaimed.all().flatMap((claim) => {
        const header = deps.studyHeader(claim.study_instance_uid)
        return header ? [{ claim, header, decision: decide(header) }] : []
      })
    },

    claimsOf: (examId: string): ClaimSqlRow[] => sql.claimsOf.all(examId),
    examOf: (studyInstanceUid: string): string | null => sql.claim.get(studyInstanceUid)?.exam_id ?? null,

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
}
