import type { Account } from '../../../shared/models/account.ts'
import type { Exam } from '../../../shared/models/exam.ts'
import type { CheckOverride, ReportDraft, ReportStep, ReportVersion } from '../../../shared/models/report.ts'
import { type Outcome, ProblemError } from '../../../shared/problems/problem.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'
import type { Clock } from '../clock.ts'
import { inTransaction, must } from '../db/in-transaction.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { AuditLog } from '../people/audit-log.ts'
import type { Settings } from '../settings/settings.ts'
import { createCriticalNotices } from './critical-notices.ts'
import { type Checked, checksOf, judgeChecks } from './decide-checks.ts'
import { isUnseen } from './newer-text.ts'
import { type SubmittedText, submittedTextOf } from './report-history.ts'
import { prepareReportSql, toReport } from './report-sql.ts'
import { mayWrite, reportStateWords, stepsFor, takeStep } from './report-step.ts'
import { createTemplates } from './templates.ts'
import { createUnsavedReports, type Writer } from './unsaved-reports.ts'
import { createWriteLocks } from './write-locks.ts'

export type ReportsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
  readonly settings: Settings
  /** Writes the deliveries that follow from a released report, in the same transaction. */
  readonly followUp: (examId: string) => void
  /** The name of an account, for words to others; absent: the username. */
  readonly nameOf?: ((username: string) => string) | undefined
}

export type Reports = ReturnType<typeof createReports>

/** Reports: written, audited, released; a released version never changes. */
export function createReports({ db, clock, audit, events, settings, followUp, nameOf = (name) => name }: ReportsDeps) {
  const sql = prepareReportSql(db)
  const locks = createWriteLocks({ clock, audit, events })
  const unsaved = createUnsavedReports({ db, clock })
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

  /** Keeps what was submitted; gives the number of this submission. */
  function keepSubmitted(report: ReportVersion): number | undefined {
    const { examId, version } = report
    return sql.submitted.get({ examId, version, value: JSON.stringify(submittedTextOf(report)) })
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

    /**
     * `seen`: `writtenAt` of the report that was on the screen, 0 for none; absent: whoever saves does not say. `desk`: where it was typed, so
     * that what was kept for a crash goes.
     */
    save(
      exam: Exam,
      draft: ReportDraft,
      actor: Account,
      { seen, desk }: { readonly seen?: number | undefined; readonly desk?: Writer | undefined } = {},
    ): Outcome<ReportVersion> {
      return inTransaction(db, () => {
        refuseCancelled(exam)
        const before = newest(exam.id)
        must(mayWrite(before))
        must(locks.mayWrite(exam.id, actor.username))
        if (isUnseen(before, draft, seen)) {
          const at = chinaDateTime(before.writtenAt).slice(11, 16)
          throw new ProblemError({ code: 'REPORT-NEWER', with: { at, name: nameOf(before.writtenBy) } })
        }
        const begun = before ?? { examId: exam.id, version: 1, state: 'draft' as const }
        // What the draft leaves out is gone from the report too.
        const cleared = { advice: undefined, reportDoctor: undefined, auditDoctor: undefined }
        const report: ReportVersion = { ...begun, ...cleared, ...draft, writtenAt: clock(), writtenBy: actor.username }
        keep(report, 'save-report', actor, {})
        if (desk) unsaved.saved(exam.id, desk)
        return report
      })
    },

    /**
     * submit, return, approve, release or amend. `imageCount`: how many images the exam has now. Where one doctor does it all, releasing takes
     * the steps before it too, each with its audit row, all or none.
     */
    take(
      step: Exclude<ReportStep, 'save'>,
      exam: Exam,
      imageCount: number,
      actor: Account,
      reason?: string,
      checked: Checked = { checks: [], acknowledged: undefined },
    ): Outcome<ReportVersion> {
      return inTransaction(db, () => {
        refuseCancelled(exam)
        const { singleDoctor } = settings.read().reporting
        let report = newest(exam.id)
        const steps = stepsFor(step, report?.state, singleDoctor)
        if (steps[0] === 'submit') must(locks.mayWrite(exam.id, actor.username))
        const taken = steps.map((one) => {
          report = must(takeStep({ report, step: one, actor, now: clock(), singleDoctor, imageCount, reason }))
          return { step: one, report }
        })
        const { details, overridden } = must(judgeChecks({ ...checked, checks: checksOf(steps, checked.checks) }))
        const said = overridden.map((one) => ({ ...one, by: actor.username, name: actor.displayName, at: clock() }))
        for (const [index, { step: one, report: after }] of taken.entries()) {
          report = { ...after, ...(said.length > 0 && { overrides: [...othersThan(said, after.overrides), ...said] }) }
          keep(report, `${one}-report`, actor, {
            ...(reason && { reason }),
            ...(index === 0 && details),
            ...(one === 'submit' && { submission: keepSubmitted(report) }),
          })
        }
        if (step === 'release' || step === 'amend') followUp(exam.id)
        return report!
      })
    },

    /** What the report said each time that it was submitted. */
    submittedTexts: (examId: string): SubmittedText[] =>
      sql.submittedTexts.all(examId).map(({ value, ...of }) => ({ ...of, text: JSON.parse(value) })),

    locks,
    unsaved,
    templates: createTemplates({ db, clock, audit, events }),
    notices: createCriticalNotices({ db, clock, audit, events }),
  }
}

/** One reason a check: the newest. */
const othersThan = (said: readonly CheckOverride[], before: readonly CheckOverride[] = []): readonly CheckOverride[] =>
  before.filter(({ key }) => !said.some((one) => one.key === key))
