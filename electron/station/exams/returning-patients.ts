import type { Exam } from '../../../shared/models/exam.ts'
import type { Patient } from '../../../shared/models/patient.ts'
import type { ReturningQuery, ReturningReason } from '../../../shared/models/registration.ts'
import type { Database } from '../db/open-database.ts'
import type { SecretBox } from '../settings/secret-box.ts'
import { type PatientSqlRow, toExam, toPatient } from './exam-sql.ts'
import { identityFingerprint, maskPatient } from './patients.ts'
import { prepareReturningPatientSql } from './returning-patient-sql.ts'

const shownAtMost = 8

export type FoundPatient = {
  /** The identity number is masked. */
  readonly patient: Patient
  readonly reasons: ReturningReason[]
  /** Newest first, at most 5. */
  readonly lastExams: Exam[]
}

/** Who stands at the desk and was here before. Nothing is decided here: a person chooses. */
export function createReturningPatients({ db, box }: { readonly db: Database; readonly box: SecretBox }) {
  const sql = prepareReturningPatientSql(db)

  function matches(query: ReturningQuery): [ReturningReason, PatientSqlRow[]][] {
    const { name, birthDate, identity, phone, patientId } = query
    const fingerprint = identity && !identity.number.includes('*') ? identityFingerprint(box, identity) : undefined
    return [
      ['identity', fingerprint ? sql.byIdentity.all(fingerprint) : []],
      ['patient-id', patientId ? sql.byPatientId.all(patientId) : []],
      ['phone', phone ? sql.byPhone.all(phone) : []],
      ['name-and-birth-date', name && birthDate ? sql.byNameAndBirthDate.all(name, birthDate) : []],
      ['name', name && !birthDate ? sql.byName.all(name) : []],
    ]
  }

  /** The best reason first, at most 8 people. */
  return function find(query: ReturningQuery): FoundPatient[] {
    const found = new Map<string, { row: PatientSqlRow; reasons: ReturningReason[] }>()
    for (const [reason, rows] of matches(query))
      for (const row of rows) {
        const known = found.get(row.id)
        if (known) known.reasons.push(reason)
        else found.set(row.id, { row, reasons: [reason] })
      }
    return [...found.values()].slice(0, shownAtMost).map(({ row, reasons }) => ({
      patient: maskPatient(toPatient(row, box)),
      reasons,
      lastExams: sql.lastExams.all(row.id).map(toExam),
    }))
  }
}
