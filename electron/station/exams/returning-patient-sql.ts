import type { Database } from '../db/open-database.ts'
import type { ExamSqlRow, PatientSqlRow } from './exam-sql.ts'

const person = 'select id, patient_id, identity_sealed, value from patient'

/** Each question has an index of its own; a name that many have gives the newest of them. */
export function prepareReturningPatientSql(db: Database) {
  const find = <P extends unknown[]>(condition: string) =>
    db.prepare<P, PatientSqlRow>(`${person} where ${condition} order by created_at desc limit 20`)
  return {
    byIdentity: find<[string]>('identity_fingerprint = ?'),
    byPatientId: find<[string]>('patient_id = ?'),
    byPhone: find<[string]>("json_extract(value, '$.phone') = ?"),
    byName: find<[string]>('name = ?'),
    byNameAndBirthDate: find<[string, string]>('name = ? and birth_date = ?'),
    lastExams: db.prepare<[string], ExamSqlRow>(
      `select id, accession_number, study_instance_uid, patient_row_id, institution_id, registered_at, scheduled_at, value, cancelled
       from exam where patient_row_id = ? order by registered_at desc, rowid desc limit 5`,
    ),
    /** Exams of the day for an item, of this person or of somebody who is written the same and has no other document. */
    sameItem: db
      .prepare<
        [
          {
            patient: string
            name: string
            birthDate: string
            sex: string
            fingerprint: string | null
            modality: string
            itemCode: string
            itemName: string
            from: number
          },
        ],
        string
      >(
        `select e.accession_number from exam e join patient p on p.id = e.patient_row_id
         where (p.id = @patient or (p.name = @name and p.birth_date = @birthDate and p.sex = @sex
             and (p.identity_fingerprint is null or @fingerprint is null or p.identity_fingerprint = @fingerprint)))
           and e.registered_at >= @from and e.cancelled is null
           and json_extract(e.value, '$.modality') = @modality
           and (json_extract(e.value, '$.itemCode') = @itemCode or json_extract(e.value, '$.itemName') = @itemName)
         order by e.registered_at desc limit 1`,
      )
      .pluck(),
  }
}
