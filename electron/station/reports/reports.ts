import type { Account } from '../../../shared/models/account.ts'
import type { Exam } from '../../../shared/models/exam.ts'
import type { ReportDraft, ReportStep, ReportVersion } from '../../../shared/models/report.ts'
import { type Outcome, ProblemError } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import { inTransaction, must } from '../db/in-transaction.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { AuditLog } from '../people/audit-log.ts'
import type { Settings } from '../settings/settings.ts'
import { prepareReportSql, toReport } from './report-sql.ts'
import { mayWrite, reportStateWords, takeStep } from './report-step.ts'

export type ReportsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
  readonly settings: Settings
  /** Writes the deliveries that follow from a released report, in the same transaction. */
  readonly followUp: (examId: string) => void
}

export type Reports = ReturnType<typeof createReports>

/** Reports: written, audited, released; a released version never changes. */
export function createReports({ db, clock, audit, events, settings, followUp }: ReportsDeps) {
  const sql = prepareReportSql(db)
  const newest = (examId: string): ReportVersion | undefined => read(sql.newest.get(examId))
  const read = (row: { value: string } | undefined) => row && toReport(row)

  function keep(report: ReportVersion, action: string, actor: Account, details: Record<string, unknown>): void {
    sql.save.run(report.examId, report.version, report.state, JSON.stringify(report))
    audit.record({
      actor: actor.username,
      action,
      subjectKind: 'exam',
      subjectId: report.examId,
      details: { version: report.version, state: report.state, ...details },
    })
    events.tell({ topic: 'reports', id: report.examId })
  }

  function refuseCancelled(exam: Exam): void {
    if (exam.cancelled) throw new ProblemError({ code: 'EXAM-CANCELLED' })
  }

  return {
    newest,
    newestReleased: (examId: string): ReportVersion | undefined => read(sql.newestReleased.get(examId)),
    versions: (examId: string): ReportVersion[] => sql.all.all(examId).map(toReport),

    /** In words, when the report has gone further than a draft: what speaks against cancelling its exam. */
    stateWords(examId: string): string | undefined {
      const report = newest(examId)
      return report && report.state !== 'draft' ? reportStateWords[report.state] : undefined
    },

    save(exam: Exam, draft: ReportDraft, actor: Account): Outcome<ReportVersion> {
      return inTransaction(db, () => {
        refuseCancelled(exam)
        const before = newest(exam.id)
        must(mayWrite(before))
        const begun = before ?? { examId: exam.id, version: 1, state: 'draft' as const }
        // What the draft leaves out is gone from the report too.
        const cleared = { advice: undefined, reportDoctor: undefined, auditDoctor: undefined }
        const report: ReportVersion = { ...begun, ...cleared, ...draft, writtenAt: clock(), writtenBy: actor.username }
        keep(report, 'save-report', actor, {})
        return report
      })
    },

    /** submit, return, approve, release or amend. `imageCount`: how many images the exam has now. */
    take(
      step: Exclude<ReportStep, 'save'>,
      exam: Exam,
      imageCount: number,
      actor: Account,
      reason?: string,
    ): Outcome<ReportVersion> {
      return inTransaction(db, () => {
        refuseCancelled(exam)
        const { singleDoctor } = settings.read().reporting
        const report = must(
          takeStep({ report: newest(exam.id), step, actor, now: clock(), singleDoctor, imageCount, reason }),
        )
        keep(report, `${step}-report`, actor, reason ? { reason } : {})
        if (step === 'release' || step === 'amend') followUp(exam.id)
        return report
      })
    },
  }
}
