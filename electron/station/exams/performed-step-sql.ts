import type { PerformedStepState } from '../../../shared/models/performed-step.ts'
import type { Database } from '../db/open-database.ts'
import type { ExamOfNumber } from './decide-performed-step.ts'

export type PerformedStepSqlRow = {
  sop_instance_uid: string
  state: PerformedStepState
  value: string
  received_at: number
  updated_at: number
}

export function preparePerformedStepSql(db: Database) {
  const examOf = `select e.id examId, p.patient_id patientId from exam e join patient p on p.id = e.patient_row_id`
  const columns = 's.sop_instance_uid, s.state, s.value, s.received_at, s.updated_at'
  return {
    step: db.prepare<[string], PerformedStepSqlRow>(
      `select ${columns} from performed_step s where s.sop_instance_uid = ?`,
    ),
    insert: db.prepare(
      'insert into performed_step (sop_instance_uid, state, value, received_at, updated_at) values (?, ?, ?, ?, ?)',
    ),
    update: db.prepare('update performed_step set state = ?, value = ?, updated_at = ? where sop_instance_uid = ?'),
    link: db.prepare('insert or ignore into performed_step_exam (sop_instance_uid, exam_id) values (?, ?)'),
    examsOf: db
      .prepare<[string], string>('select exam_id from performed_step_exam where sop_instance_uid = ? order by exam_id')
      .pluck(),
    /** Newest first. */
    ofExam: db.prepare<[string], PerformedStepSqlRow>(
      `select ${columns} from performed_step_exam l join performed_step s on s.sop_instance_uid = l.sop_instance_uid
       where l.exam_id = ? order by s.received_at desc, s.rowid desc`,
    ),
    isPerformed: db
      .prepare<[string], number>(
        `select exists (select 1 from performed_step_exam l join performed_step s on s.sop_instance_uid = l.sop_instance_uid
           where l.exam_id = ? and s.state in ('in-progress', 'completed'))`,
      )
      .pluck(),
    examByStudy: db.prepare<[string], ExamOfNumber>(`${examOf} where e.study_instance_uid = ?`),
    examByAccession: db.prepare<[string], ExamOfNumber>(`${examOf} where e.accession_number = ?`),
  }
}
