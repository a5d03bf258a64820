import type { DayPage } from '../../../shared/models/board.ts'
import type { Destination } from '../../../shared/models/destination.ts'
import type { StudyHeader } from '../../../shared/models/study.ts'
import { readChinaTime } from '../../../shared/text/china-time.ts'
import { readPersonName } from '../../../shared/text/person-name.ts'
import type { Database } from '../db/open-database.ts'
import { prepareBoardDaySql } from './board-day-sql.ts'
import { decideDay } from './decide-day.ts'

export type BoardDaysDeps = {
  readonly db: Database
  readonly destinations: () => readonly Destination[]
  /** Asked of the archive, by id. */
  readonly studyHeader: (studyInstanceUid: string) => StudyHeader | undefined
}

export type BoardDays = ReturnType<typeof createBoardDays>

const dayMilliseconds = 24 * 3600_000

/** What a day left open. It reads the board's facts as they stand: see that they are up to date before. */
export function createBoardDays({ db, destinations, studyHeader }: BoardDaysDeps) {
  const sql = prepareBoardDaySql(db)
  return {
    /** `day`: 'YYYY-MM-DD' in China: the exams that were registered on it, and the images that came on it. */
    of(day: string): DayPage {
      const from = readChinaTime(day) ?? 0
      const to = from + dayMilliseconds
      return decideDay({
        day,
        exams: sql.exams(from, to),
        destinations: new Map(destinations().map(({ id, name }) => [id, name])),
        unmatched: sql.unmatched.all(from, to).map((study) => {
          const header = studyHeader(study.studyInstanceUid)
          return {
            ...study,
            patientName: readPersonName(header?.patientName ?? '').display,
            modality: header?.modality ?? '',
          }
        }),
      })
    },
  }
}
