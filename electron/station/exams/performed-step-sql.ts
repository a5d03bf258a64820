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

/**
 * steps (exam_id, sop_instance_uid, state, received_at, step): the exam of a step is the one that its identifiers name, unless the
 * study that it names has images, and they belong to an exam that it does not name: then it is that one. May say one twice.
 */
export const stepsOfExams = `steps (exam_id, sop_instance_uid, state, received_at, step) as not materialized (
  select l.exam_id, s.sop_instance_uid, s.state, s.received_at, s.rowid
  from performed_step_exam l join performed_step s on s.sop_instance_uid = l.sop_instance_uid
  where l.exam_id is not null and not exists (
    select 1 from study_claim c where c.study_instance_uid = l.study_instance_uid and c.exam_id is not null and not exists (
      select 1 from performed_step_exam o where o.sop_instance_uid = l.sop_instance_uid
        and o.study_instance_uid = l.study_instance_uid and o.exam_id = c.exam_id))
  union all
  select c.exam_id, s.sop_instance_uid, s.state, s.received_at, s.rowid
  from study_claim c join performed_step_exam l on l.study_instance_uid = c.study_instance_uid
    join performed_step s on s.sop_instance_uid = l.sop_instance_uid
  where c.exam_id is not null)`

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
    link: db.prepare<[string, string, string | null]>(
      'insert or ignore into performed_step_exam (sop_instance_uid, study_instance_uid, exam_id) values (?, ?, ?)',
    ),
    unlink: db.prepare<[string]>('delete from performed_step_exam where sop_instance_uid = ?'),
    linkedTo: db
      .prepare<[string], string>('select sop_instance_uid from performed_step_exam where exam_id = ?')
      .pluck(),
    mergedInto: db
      .prepare<[string], string>(
        "select to_exam_id from study_move where from_exam_id = ? and kind = 'merge' and undone_at is null limit 1",
      )
      .pluck(),
    examsOf: db
      .prepare<[string], string>(
        `with ${stepsOfExams} select distinct exam_id from steps where sop_instance_uid = ? order by exam_id`,
      )
      .pluck(),
    /** Newest first. */
    ofExam: db.prepare<[string], PerformedStepSqlRow>(
      `with ${stepsOfExams} select ${columns} from performed_step s
       where s.sop_instance_uid in (select sop_instance_uid from steps where exam_id = ?)
       order by s.received_at desc, s.rowid desc`,
    ),
    isPerformed: db
      .prepare<[string], number>(
        `with ${stepsOfExams} select exists (select 1 from steps where exam_id = ? and state in ('in-progress', 'completed'))`,
      )
      .pluck(),
    examByStudy: db.prepare<[string], ExamOfNumber>(`${examOf} where e.study_instance_uid = ?`),
    examByAccession: db.prepare<[string], ExamOfNumber>(`${examOf} where e.accession_number = ?`),
  }
}
