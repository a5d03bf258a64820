import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Statistics } from '../../../shared/models/board.ts'
import { readChinaTime } from '../../../shared/text/china-time.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import { type ListedExam, prepareStatisticsSql } from './statistics-sql.ts'
import { createTally } from './tally-exams.ts'

const dayMilliseconds = 24 * 3600_000
/** A big clinic's days that are read in one go: some thousand exams, 20 ms. */
const daysAtOnce = 7

export type ExamStatistics = ReturnType<typeof createExamStatistics>

/** Numbers of the exams that were registered within days. They read the board's facts, in slices, so that images are received between. */
export function createExamStatistics(db: Database, clock: Clock) {
  const sql = prepareStatisticsSql(db)

  async function* slices(from: string, to: string): AsyncGenerator<readonly [number, number]> {
    const last = (readChinaTime(to) ?? 0) + dayMilliseconds
    for (let start = readChinaTime(from) ?? last; start < last; start += daysAtOnce * dayMilliseconds) {
      yield [start, Math.min(start + daysAtOnce * dayMilliseconds, last)]
      await nextTurn()
    }
  }

  return {
    /** `from`, `to`: 'YYYY-MM-DD', both counted. */
    async of(from: string, to: string): Promise<Statistics> {
      const tally = createTally(from, to, clock())
      for await (const slice of slices(from, to)) for (const exam of sql.counted.all(...slice)) tally.add(exam)
      return tally.result()
    },
    /** The exams themselves, oldest first, in portions. */
    async *list(from: string, to: string): AsyncGenerator<readonly ListedExam[]> {
      for await (const slice of slices(from, to)) yield sql.listed.all(...slice)
    },
  }
}
