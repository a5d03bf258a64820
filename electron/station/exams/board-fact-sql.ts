import type { Database } from '../db/open-database.ts'
import type { BoardFact, BoardSources, ReportInShort, TaskGroup } from './decide-board-fact.ts'
import { stepsOfExams } from './performed-step-sql.ts'

type ExamSourceRow = {
  id: string
  registered_at: number
  accession_number: string
  is_cancelled: 0 | 1
  modality: string
  item_code: string
  item_name: string
  category: string
  infectious: number | null
  search: string
  patient_id: string
  numbers: string
}
type TaskGroupRow = Omit<TaskGroup, 'isComparing' | 'isGivenUp'> & { isComparing: 0 | 1; isGivenUp: 0 | 1 }

/** Numbers of cards and of the hospital's own system, by which an exam is found beside those of the station. */
export const otherNumbers = {
  exam: ['clinicNumber', 'inpatientNumber', 'checkupNumber', 'applicationNumber', 'hisNumber'],
  patient: ['healthCardNumber', 'medicalInsuranceNumber'],
} as const

/** What the board's rows show of a fact. */
export type ListedFact = Pick<
  BoardFact,
  'state' | 'imageCount' | 'seriesCount' | 'examinedAt' | 'deadlineAt' | 'report' | 'lamps'
>

/** Reads what an exam's row on the board follows from, in every room's tables, and keeps the row. */
export function prepareBoardFactSql(db: Database) {
  const exam = db.prepare<[string], ExamSourceRow>(
    `select e.id, e.registered_at, e.accession_number, e.cancelled is not null is_cancelled,
       json_extract(e.value, '$.modality') modality, json_extract(e.value, '$.itemCode') item_code,
       json_extract(e.value, '$.itemName') item_name, coalesce(json_extract(e.value, '$.category'), '') category,
       json_extract(e.value, '$.infectious') infectious, p.search, p.patient_id,
       concat_ws(' ', ${[...otherNumbers.exam.map((key) => `json_extract(e.value, '$.${key}')`), ...otherNumbers.patient.map((key) => `json_extract(p.value, '$.${key}')`)].join(', ')}) numbers
     from exam e join patient p on p.id = e.patient_row_id where e.id = ?`,
  )
  const images = db.prepare<[string], { count: number; series: number }>(
    `select count(*) count, count(distinct i.series_instance_uid) series
     from study_claim c join instance i on i.study_instance_uid = c.study_instance_uid where c.exam_id = ?`,
  )
  const firstImageAt = db
    .prepare<[string], number | null>('select min(received_at) from study_claim where exam_id = ?')
    .pluck()
  const performedAt = db
    .prepare<[string], number | null>(
      `with ${stepsOfExams} select min(received_at) from steps where exam_id = ? and state in ('in-progress', 'completed')`,
    )
    .pluck()
  const reports = db
    .prepare<[string], string>('select value from report where exam_id = ? order by version desc')
    .pluck()
  /** Not the records of what staff looked at; a QR or the name of an item alone is no exam uploaded. The first that has a reason stands for its group. */
  const tasks = db.prepare<[string], TaskGroupRow>(
    `select destination_id destinationId, state, step = 'reconcile' isComparing, id taskId, reason, reason_in_english reasonInEnglish,
       action, action_in_english actionInEnglish, reason_code code,
       min(case when reason is null then 1e15 + seq else seq end),
       sum(state = 'cancelled' and reason_code = 'SUPERSEDED' and step <> 'image' and not exists (
         select 1 from outbox_task d where d.exam_id = t.exam_id and d.destination_id = t.destination_id and d.step = t.step
           and d.state = 'delivered')) > 0 isGivenUp
     from outbox_task t
     where exam_id = ? and step not in ('call-record', 'recognition') and not (step in ('study-qr', 'project') and state = 'delivered')
     group by destination_id, state, isComparing`,
  )
  const hours = db.prepare<[string], { deadlineAt: number | null; isLate: 0 | 1 | null }>(
    `select min(case when state not in ('delivered', 'cancelled') then deadline_at end) deadlineAt,
       max(state = 'delivered' and updated_at > deadline_at) isLate
     from outbox_task where exam_id = ? and deadline_at is not null`,
  )
  const save = db.prepare(
    `insert or replace into exam_fact (exam_id, registered_at, accession_number, state, modality, flags, report_doctor, audit_doctor, search,
       item_code, item_name, image_count, series_count, examined_at, first_released_at, deadline_at, is_late, report, lamps)
     values (@examId, @registeredAt, @accessionNumber, @state, @modality, @flags, @reportDoctor, @auditDoctor, @search,
       @itemCode, @itemName, @imageCount, @seriesCount, @examinedAt, @firstReleasedAt, @deadlineAt, @isLate, @report, @lamps)`,
  )
  const read = db.prepare<[string], Omit<ListedFact, 'report' | 'lamps'> & { report: string | null; lamps: string }>(
    `select state, image_count imageCount, series_count seriesCount, examined_at examinedAt, deadline_at deadlineAt, report, lamps
     from exam_fact where exam_id = ?`,
  )

  return {
    sources(examId: string): BoardSources | undefined {
      const row = exam.get(examId)
      if (!row) return undefined
      const { deadlineAt, isLate } = hours.get(examId)!
      return {
        exam: {
          id: row.id,
          registeredAt: row.registered_at,
          accessionNumber: row.accession_number,
          isCancelled: row.is_cancelled === 1,
          modality: row.modality,
          itemCode: row.item_code,
          itemName: row.item_name,
          category: row.category,
          infectious: row.infectious === 1,
        },
        patient: { search: row.search, patientId: row.patient_id },
        numbers: row.numbers,
        images: { ...images.get(examId)!, firstAt: firstImageAt.get(examId) ?? null },
        performedAt: performedAt.get(examId) ?? null,
        reports: reports.all(examId).map((value) => JSON.parse(value) as ReportInShort),
        tasks: tasks.all(examId).map((group) => ({
          ...group,
          isComparing: group.isComparing === 1,
          isGivenUp: group.isGivenUp === 1,
        })),
        deadlineAt,
        isLate: isLate === 1,
      }
    },
    save(fact: BoardFact): void {
      save.run({
        ...fact,
        isLate: fact.isLate ? 1 : 0,
        report: fact.report && JSON.stringify(fact.report),
        lamps: JSON.stringify(fact.lamps),
      })
    },
    /** As it was written last. */
    read(examId: string): ListedFact | undefined {
      const row = read.get(examId)
      return (
        row && { ...row, report: row.report === null ? null : JSON.parse(row.report), lamps: JSON.parse(row.lamps) }
      )
    },
    stale: db.prepare<[number], string>('select exam_id from exam_fact_stale limit ?').pluck(),
    fresh: db.prepare<[string]>('delete from exam_fact_stale where exam_id = ?'),
    /** Exams without a row: marked, so that they get one. */
    markMissing: db.prepare(
      'insert into exam_fact_stale select id from exam where id not in (select exam_id from exam_fact) on conflict do nothing',
    ),
  }
}
