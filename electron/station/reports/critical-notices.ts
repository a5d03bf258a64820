import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Exam } from '../../../shared/models/exam.ts'
import type { ReportVersion } from '../../../shared/models/report.ts'
import {
  type CriticalNotice,
  type criticalNoticeInputSchema,
  criticalNoticeSchema,
} from '../../../shared/models/writing.ts'
import { type Outcome, ProblemError } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import { inTransaction } from '../db/in-transaction.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { AuditLog } from '../people/audit-log.ts'
import { prepareNoticeSql } from './notice-sql.ts'

type Deps = { readonly db: Database; readonly clock: Clock; readonly audit: AuditLog; readonly events: Events }
type NoticeInput = z.infer<typeof criticalNoticeInputSchema>
export type CriticalNotices = ReturnType<typeof createCriticalNotices>

/** A desk's clock may go a little before ours. */
const clockToleranceMilliseconds = 5 * 60_000

/** Who was told of a critical finding, when and how. Rows are only added: a wrong one is followed by a right one. */
export function createCriticalNotices({ db, clock, audit, events }: Deps) {
  const sql = prepareNoticeSql(db)
  return {
    ofExam: (examId: string): CriticalNotice[] =>
      sql.ofExam.all(examId).map((value) => criticalNoticeSchema.parse(JSON.parse(value))),

    /** Whether anybody was told of this exam's finding, with this version of the report or an earlier one. */
    wasTold: (examId: string): boolean => sql.ofExam.get(examId) !== undefined,

    /** Exams registered from `from` until before `to` (epoch milliseconds) whose critical finding nobody was told of. */
    untold: (from: number, to: number): string[] => sql.untold.all(from, to),

    tell(exam: Exam, report: ReportVersion | undefined, input: NoticeInput, actor: string): Outcome<CriticalNotice> {
      return inTransaction(db, () => {
        if (!report?.critical) throw new ProblemError({ code: 'CRITICAL-NOT-MARKED' })
        if (
          input.at > clock() + clockToleranceMilliseconds ||
          input.at < exam.registeredAt - clockToleranceMilliseconds
        )
          throw new ProblemError({ code: 'CRITICAL-TIME' })
        const notice = { ...input, id: randomUUID(), version: report.version, toldBy: actor }
        sql.insert.run(notice.id, exam.id, report.version, input.at, JSON.stringify(notice))
        audit.record({
          actor,
          action: 'tell-critical',
          subjectKind: 'exam',
          subjectId: exam.id,
          details: { version: report.version, toldTo: input.toldTo, how: input.how, at: input.at, note: input.note },
        })
        events.tell({ topic: 'writing', id: exam.id })
        return notice
      })
    },
  }
}
