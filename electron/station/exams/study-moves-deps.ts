import type { StudyHeader } from '../../../shared/models/study.ts'
import type { Outcome } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { AuditLog } from '../people/audit-log.ts'
import type { Corrections } from './corrections.ts'
import type { Exams } from './exams.ts'

/** Whom each image of a study names, as its own bytes say. Absent: it cannot be read. */
export type People = ReadonlyMap<string, StudyHeader | undefined>

/** Asked of the archive, which knows what each file says: see archive/study-parts.ts. */
export type StudyParts = {
  apart(uid: string, instanceIds: readonly string[], people: People): Outcome<string>
  together(own: string, uid: string): void
}

export type StudyMovesDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
  readonly exams: Exams
  readonly corrections: Corrections
  readonly followUp: (examId: string) => void
  readonly studyHeader: (studyInstanceUid: string) => StudyHeader | undefined
  readonly studyParts: StudyParts
  /** Asked of the outbox: was anything of this study sent for this exam? */
  readonly wasSent: (examId: string, studyInstanceUid: string) => boolean
  /** Asked of the outbox: was anything of this exam told that a cancellation would not take back? */
  readonly wasTold: (examId: string) => boolean
  /** Asked of the reports, in words: a report beyond a draft. */
  readonly reportState: (examId: string) => string | undefined
}

/**
 * `asCorrection`: something was sent already; it is moved all the same, and what was sent is put right. `confirmReport`: the exam that
 * loses the study has a report beyond a draft, which was written on it; that was said, and it is moved all the same.
 */
export type MoveOptions = {
  readonly reason?: string | undefined
  readonly confirmMismatch?: boolean | undefined
  readonly asCorrection?: boolean | undefined
  readonly confirmReport?: boolean | undefined
}
