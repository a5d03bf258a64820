import type { StudyCorrection } from '../../../shared/models/study-move.ts'
import type { Database } from '../db/open-database.ts'

export type CorrectionSqlRow = {
  id: string
  study_instance_uid: string
  exam_id: string
  to_exam_id: string | null
  destination_id: string
  retraction_id: string | null
  reason: string
  made_by: string
  made_at: number
  done_by: string | null
  done_at: number | null
}

export const toCorrection = (row: CorrectionSqlRow): StudyCorrection => ({
  id: row.id,
  studyInstanceUid: row.study_instance_uid,
  examId: row.exam_id,
  toExamId: row.to_exam_id,
  destinationId: row.destination_id,
  retractionId: row.retraction_id,
  reason: row.reason,
  madeBy: row.made_by,
  madeAt: row.made_at,
  doneAt: row.done_at,
})

export function prepareCorrectionSql(db: Database) {
  return {
    insert: db.prepare<[Omit<CorrectionSqlRow, 'done_by' | 'done_at'>]>(
      `insert into study_correction (id, study_instance_uid, exam_id, to_exam_id, destination_id, retraction_id, reason, made_by, made_at)
       values (@id, @study_instance_uid, @exam_id, @to_exam_id, @destination_id, @retraction_id, @reason, @made_by, @made_at)`,
    ),
    ofExam: db.prepare<[string], CorrectionSqlRow>(
      'select * from study_correction where exam_id = ? order by rowid desc',
    ),
    ofStudy: db.prepare<[string], CorrectionSqlRow>('select * from study_correction where study_instance_uid = ?'),
    get: db.prepare<[string], CorrectionSqlRow>('select * from study_correction where id = ?'),
    /** What staff must still do themselves: there is no deletion that does it. */
    open: db.prepare<[], CorrectionSqlRow>(
      'select * from study_correction where retraction_id is null and done_at is null order by rowid',
    ),
    done: db.prepare<[string, number, string]>(
      'update study_correction set done_by = ?, done_at = ? where id = ? and done_at is null',
    ),
    /** A deletion was refused by the second person: what was sent stays there, and is staff's to tell, unless it is right again. */
    leaveToStaff: db.prepare<[{ retractionId: string; actor: string; at: number }]>(
      `update study_correction set retraction_id = null,
         done_by = iif(isBack, @actor, done_by), done_at = iif(isBack, @at, done_at)
       from (select k.id isOf, exists (select 1 from study_claim c
           where c.study_instance_uid = k.study_instance_uid and c.exam_id = k.exam_id) isBack from study_correction k)
       where id = isOf and retraction_id = @retractionId`,
    ),
    /** Exams to which a study belongs now whose sending waits for this deletion. */
    waitingFor: db
      .prepare<[string], string>(
        `select distinct c.exam_id from study_correction k join study_claim c on c.study_instance_uid = k.study_instance_uid
         where k.retraction_id = ? and c.exam_id is not null`,
      )
      .pluck(),
  }
}
