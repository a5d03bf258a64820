import type { ExamState } from '../../../shared/models/exam.ts'
import type { Database } from '../db/open-database.ts'

/** What statistics count of an exam. */
export type CountedExam = {
  readonly examId: string
  readonly registeredAt: number
  readonly accessionNumber: string
  readonly state: ExamState
  readonly modality: string
  readonly flags: number
  readonly itemCode: string
  readonly itemName: string
  readonly imageCount: number
  readonly reportDoctor: string
  readonly auditDoctor: string
  readonly positive: string | null
  readonly examinedAt: number | null
  readonly firstReleasedAt: number | null
  readonly deadlineAt: number | null
  readonly isLate: 0 | 1
}

/** With the names that a list shows. */
export type ListedExam = CountedExam & {
  readonly patientName: string
  readonly sex: string
  readonly birthDate: string
  readonly patientId: string
  readonly bodyPart: string
  readonly category: string
  readonly applyDoctor: string
}

export function prepareStatisticsSql(db: Database) {
  const columns = `f.exam_id examId, f.registered_at registeredAt, f.accession_number accessionNumber, f.state, f.modality, f.flags,
    f.item_code itemCode, f.item_name itemName, f.image_count imageCount, f.report_doctor reportDoctor, f.audit_doctor auditDoctor,
    json_extract(f.report, '$.positive') positive, f.examined_at examinedAt, f.first_released_at firstReleasedAt,
    f.deadline_at deadlineAt, f.is_late isLate`
  const span = `where f.registered_at >= ? and f.registered_at < ? and f.state <> 'cancelled'`
  return {
    counted: db.prepare<[number, number], CountedExam>(`select ${columns} from exam_fact f ${span}`),
    listed: db.prepare<[number, number], ListedExam>(
      `select ${columns}, p.name patientName, p.sex, p.birth_date birthDate, p.patient_id patientId,
         coalesce(json_extract(e.value, '$.bodyPart'), '') bodyPart, coalesce(json_extract(e.value, '$.category'), '') category,
         coalesce(json_extract(e.value, '$.applyDoctor.name'), '') applyDoctor
       from exam_fact f join exam e on e.id = f.exam_id join patient p on p.id = e.patient_row_id
       ${span} order by f.registered_at, f.accession_number`,
    ),
  }
}
