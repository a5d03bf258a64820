import type { Database } from '../db/open-database.ts'
import { preparePersonExamSql } from './person-exam-sql.ts'

/** More than a doctor looks through. */
const mostOthers = 50

export type PersonExams = ReturnType<typeof createPersonExams>

/** Which exams are the same person's: of the same row, or registered with the same identity document. */
export function createPersonExams(db: Database) {
  const sql = preparePersonExamSql(db)
  return {
    /** Ids of this person's other exams, newest first, at most 50; cancelled ones left out. */
    others: (examId: string): string[] => sql.others.all(examId, examId, mostOthers),
    /** Names of who was registered since then, epoch milliseconds: a report that names one of them may be in the wrong exam. */
    namesSince: (at: number): string[] => sql.namesSince.all(at),
  }
}
