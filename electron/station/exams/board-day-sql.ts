import type { Database } from '../db/open-database.ts'
import type { DayExam } from './decide-day.ts'

type DayExamRow = Omit<DayExam, 'lamps' | 'isWritten' | 'isReleased'> & {
  lamps: string
  isWritten: 0 | 1
  isReleased: 0 | 1
}

/** The exams of a day as the board knows them, and what came on it and belongs to nobody yet. */
export function prepareBoardDaySql(db: Database) {
  const exams = db.prepare<[number, number], DayExamRow>(
    `select f.exam_id examId, f.accession_number accessionNumber, p.name patientName, f.item_name itemName, f.registered_at registeredAt,
       f.state, f.image_count imageCount, f.report is not null isWritten, f.first_released_at is not null isReleased, f.lamps
     from exam_fact f join exam e on e.id = f.exam_id join patient p on p.id = e.patient_row_id
     where f.registered_at >= ? and f.registered_at < ? order by f.registered_at, f.accession_number`,
  )
  return {
    exams: (from: number, to: number): DayExam[] =>
      exams.all(from, to).map((row) => ({
        ...row,
        lamps: JSON.parse(row.lamps),
        isWritten: row.isWritten === 1,
        isReleased: row.isReleased === 1,
      })),
    /** Newest first. */
    unmatched: db.prepare<[number, number], { studyInstanceUid: string; receivedAt: number; imageCount: number }>(
      `select c.study_instance_uid studyInstanceUid, c.received_at receivedAt,
         (select count(*) from instance i where i.study_instance_uid = c.study_instance_uid) imageCount
       from study_claim c where c.exam_id is null and c.received_at >= ? and c.received_at < ? order by c.received_at desc`,
    ),
  }
}
