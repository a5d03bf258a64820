import { type Exam, examInputSchema } from '../../../shared/models/exam.ts'
import { type Patient, patientInputSchema } from '../../../shared/models/patient.ts'
import type { BothWords } from '../../../shared/problems/both-words.ts'
import { pinyinInitials } from '../../../shared/text/person-name.ts'
import type { Database } from '../db/open-database.ts'
import type { SecretBox } from '../settings/secret-box.ts'
import type { MatchExam } from './compare-exam.ts'
import { stepsOfExams } from './performed-step-sql.ts'

export type PatientSqlRow = {
  id: string
  patient_id: string
  identity_sealed: Buffer | null
  value: string
}
export type ExamSqlRow = {
  id: string
  accession_number: string
  study_instance_uid: string
  patient_row_id: string
  institution_id: string
  registered_at: number
  scheduled_at: number
  value: string
  cancelled: string | null
}
export type OpenExamSqlRow = ExamSqlRow & { is_started: 0 | 1 }
export type PlausibleQuery = {
  uid: string
  accession: string
  requested: string
  step: string
  patientId: string
  nowFrom: number
  nowTo: number
  studyFrom: number
  studyTo: number
}
export type PlausibleSqlRow = {
  id: string
  accession_number: string
  study_instance_uid: string
  patient_row_id: string
  scheduled_at: number
  modality: Exam['modality']
  scheduled_ae_title: string | null
  patient_id: string
  name: string
  sex: Patient['sex']
  birth_date: string
  name_pinyin: string | null
}
export type ClaimSqlRow = {
  study_instance_uid: string
  exam_id: string | null
  attached_by: string
  reason: string
  reason_in_english: string
  received_at: number
  last_instance_at: number
  settled_at: number | null
  suspect: string | null
}

/** `by`: '' where nobody attached it. The words say why. */
export type ClaimChange = BothWords & {
  readonly uid: string
  readonly examId: string | null
  readonly by: string
}

/** The identity number is opened only here, and only for who asks for the person whole. */
export function toPatient(row: PatientSqlRow, box: SecretBox): Patient {
  const { identity, ...rest } = patientInputSchema.parse(JSON.parse(row.value))
  const opened =
    identity && row.identity_sealed
      ? { kind: identity.kind, number: box.open(row.identity_sealed, `patient/${row.id}`) }
      : undefined
  return {
    ...rest,
    ...(opened && { identity: opened }),
    namePinyin: rest.namePinyin ?? '',
    id: row.id,
    patientId: row.patient_id,
  }
}

/** What is kept in clear beside the sealed identity number: everything but the number. */
export function patientValue(patient: Omit<Patient, 'id' | 'patientId'>): string {
  const { identity, ...rest } = patient
  return JSON.stringify({ ...rest, ...(identity && { identity: { kind: identity.kind, number: 'sealed' } }) })
}

/** What the search box looks through: '张三 zhangsan zs 13800001234'. */
export function searchText(patient: { name: string; namePinyin: string; phone?: string | undefined }): string {
  const letters = patient.namePinyin.toLowerCase().replace(/[^a-z]/g, '')
  return [patient.name, letters, pinyinInitials(patient.name).toLowerCase(), patient.phone ?? '']
    .join(' ')
    .toLowerCase()
}

type StoredExam = Omit<
  Exam,
  'id' | 'accessionNumber' | 'studyInstanceUid' | 'patientRowId' | 'institutionId' | 'cancelled'
>

export function toExam(row: ExamSqlRow): Exam {
  const stored = JSON.parse(row.value) as StoredExam
  return {
    ...examInputSchema.parse(stored),
    id: row.id,
    institutionId: row.institution_id,
    patientRowId: row.patient_row_id,
    accessionNumber: row.accession_number,
    studyInstanceUid: row.study_instance_uid,
    registeredAt: row.registered_at,
    registeredBy: stored.registeredBy,
    scheduledAt: row.scheduled_at,
    ...(row.cancelled && { cancelled: JSON.parse(row.cancelled) }),
  }
}

export function toMatchExam(row: PlausibleSqlRow): MatchExam {
  return {
    exam: {
      id: row.id,
      patientRowId: row.patient_row_id,
      accessionNumber: row.accession_number,
      studyInstanceUid: row.study_instance_uid,
      modality: row.modality,
      scheduledAt: row.scheduled_at,
      scheduledAeTitle: row.scheduled_ae_title ?? undefined,
    },
    patient: {
      patientId: row.patient_id,
      name: row.name,
      namePinyin: row.name_pinyin ?? '',
      sex: row.sex,
      birthDate: row.birth_date,
    },
  }
}

export type ExamSql = ReturnType<typeof prepareExamSql>

export function prepareExamSql(db: Database) {
  const examColumns =
    'e.id, e.accession_number, e.study_instance_uid, e.patient_row_id, e.institution_id, e.registered_at, e.scheduled_at, e.value, e.cancelled'
  const open = (condition: string) => `with ${stepsOfExams}
       select ${examColumns},
         exists (select 1 from steps s where s.exam_id = e.id and s.state = 'in-progress') is_started
       from exam e
       where e.cancelled is null and ${condition}
         and not exists (select 1 from steps s where s.exam_id = e.id and s.state = 'completed')
         and (not exists (select 1 from study_claim c where c.exam_id = e.id)
           or exists (select 1 from steps s where s.exam_id = e.id and s.state = 'discontinued' and not exists (
             select 1 from steps n where n.exam_id = e.id
               and (n.received_at > s.received_at or (n.received_at = s.received_at and n.step > s.step)))))
       order by e.scheduled_at`
  return {
    nextRunning: db
      .prepare<[string], number>(
        'insert into running_number (scope, last) values (?, 1) on conflict (scope) do update set last = last + 1 returning last',
      )
      .pluck(),
    accessionNumberTaken: db.prepare<[string], number>('select 1 from exam where accession_number = ?').pluck(),
    patientIdTaken: db.prepare<[string], number>('select 1 from patient where patient_id = ?').pluck(),
    patient: db.prepare<[string], PatientSqlRow>(
      'select id, patient_id, identity_sealed, value from patient where id = ?',
    ),
    patientByIdentity: db.prepare<[string, string], PatientSqlRow>(
      'select id, patient_id, identity_sealed, value from patient where identity_fingerprint = ? and name = ? order by created_at limit 1',
    ),
    insertPatient: db.prepare(
      `insert into patient (id, patient_id, name, birth_date, sex, identity_sealed, identity_fingerprint, search, value, created_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    updatePatient: db.prepare(
      'update patient set name = ?, birth_date = ?, sex = ?, identity_sealed = ?, identity_fingerprint = ?, search = ?, value = ? where id = ?',
    ),
    exam: db.prepare<[string], ExamSqlRow>(`select ${examColumns} from exam e where e.id = ?`),
    anyExam: db.prepare<[], number>('select exists (select 1 from exam)').pluck(),
    /** Exams of an item whose deliveries may not be through yet: those of the last month. */
    examsOfItem: db
      .prepare<[string, string, number], string>(
        "select id from exam where institution_id = ? and json_extract(value, '$.itemCode') = ? and registered_at > ?",
      )
      .pluck(),
    examsSince: db
      .prepare<[number], string>('select id from exam where registered_at > ? and cancelled is null')
      .pluck(),
    examsOfPatient: db.prepare<[string], ExamSqlRow>(`select ${examColumns} from exam e where e.patient_row_id = ?`),
    insertExam: db.prepare(
      `insert into exam (id, accession_number, study_instance_uid, patient_row_id, institution_id, registered_at, scheduled_at, value)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    updateExam: db.prepare('update exam set scheduled_at = ?, institution_id = ?, value = ? where id = ?'),
    cancelExam: db.prepare('update exam set cancelled = ? where id = ?'),
    /**
     * What waits for images: not cancelled, no step completed, and no study attached, unless the device
     * discontinued its newest step: then it may be done again. is_started: a device is at it.
     */
    open: db.prepare<[{ from: number; to: number }], OpenExamSqlRow>(open('e.scheduled_at between @from and @to')),
    openNumbered: db.prepare<[string], OpenExamSqlRow>(open('e.accession_number = ?')),
    /**
     * Exams that a study may belong to: those that its identifiers name at any time, its patient's newest, and those planned around
     * now and around the study's own time. Each part has an index of its own; a cancelled exam takes no images.
     */
    plausible: db.prepare<[PlausibleQuery], PlausibleSqlRow>(
      `with near (id) as (
         select id from exam where study_instance_uid = @uid
         union select id from exam where accession_number = @accession
         union select id from exam where accession_number = @requested
         union select id from exam where accession_number = @step
         union select id from (select x.id from patient p join exam x on x.patient_row_id = p.id
           where p.patient_id = @patientId order by x.scheduled_at desc limit 100)
         union select id from (select id from exam where scheduled_at between @nowFrom and @nowTo order by scheduled_at desc limit 3000)
         union select id from (select id from exam where scheduled_at between @studyFrom and @studyTo order by scheduled_at desc limit 3000)
       )
       select e.id, e.accession_number, e.study_instance_uid, e.patient_row_id, e.scheduled_at,
         json_extract(e.value, '$.modality') modality, json_extract(e.value, '$.scheduledAeTitle') scheduled_ae_title,
         p.patient_id, p.name, p.sex, p.birth_date, json_extract(p.value, '$.namePinyin') name_pinyin
       from near join exam e on e.id = near.id join patient p on p.id = e.patient_row_id
       where e.cancelled is null order by e.scheduled_at desc, e.rowid desc`,
    ),
    claim: db.prepare<[string], ClaimSqlRow>('select * from study_claim where study_instance_uid = ?'),
    claimsOf: db.prepare<[string], ClaimSqlRow>('select * from study_claim where exam_id = ? order by received_at'),
    unclaimed: db.prepare<[], ClaimSqlRow>(
      'select * from study_claim where exam_id is null order by received_at desc limit 500',
    ),
    insertClaim: db.prepare<[ClaimChange & { readonly receivedAt: number; readonly lastInstanceAt: number }]>(
      `insert into study_claim (study_instance_uid, exam_id, attached_by, reason, reason_in_english, received_at, last_instance_at)
       values (@uid, @examId, @by, @chinese, @english, @receivedAt, @lastInstanceAt)`,
    ),
    // Settling is a matter of seconds: of the hundreds of images within one, few write the claim again.
    touchClaim: db.prepare(
      `update study_claim set last_instance_at = now.at, settled_at = null from (select ? at, ? uid) now
       where study_instance_uid = now.uid and (settled_at is not null or abs(now.at - last_instance_at) >= 250)`,
    ),
    attach: db.prepare<[ClaimChange]>(
      `update study_claim set exam_id = @examId, attached_by = @by, reason = @chinese, reason_in_english = @english
       where study_instance_uid = @uid`,
    ),
    unsettled: db.prepare<[number], ClaimSqlRow>(
      'select * from study_claim where settled_at is null and suspect is null and last_instance_at <= ?',
    ),
    wasMoved: db.prepare<[string], number>('select 1 from study_move where study_instance_uid = ? limit 1').pluck(),
    suspect: db.prepare('update study_claim set suspect = ? where study_instance_uid = ?'),
    endClaim: db.prepare('delete from study_claim where study_instance_uid = ?'),
    suspects: db.prepare<[], ClaimSqlRow>('select * from study_claim where suspect is not null'),
    settle: db.prepare('update study_claim set settled_at = ? where study_instance_uid = ?'),
  }
}
