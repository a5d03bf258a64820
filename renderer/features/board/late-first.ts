import { type ExamRow, examStateSchema } from '../../../shared/models/exam.ts'

/** States in the order of the work; within each, the earliest deadline first, and those without one as they came. */
export function lateFirst(rows: readonly ExamRow[]): readonly ExamRow[] {
  const rank = (row: ExamRow) => examStateSchema.options.indexOf(row.state)
  const deadline = (row: ExamRow) => row.deadlineAt ?? Number.MAX_SAFE_INTEGER
  return rows.toSorted((a, b) => rank(a) - rank(b) || deadline(a) - deadline(b))
}
