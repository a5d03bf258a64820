import type { Database } from '../db/open-database.ts'

export function preparePersonExamSql(db: Database) {
  return {
    /** Other exams of the same row of a person, or of one with the same identity document; cancelled ones left out, newest first. */
    others: db
      .prepare<[string, string, number], string>(
        `with me as (
           select p.id, p.identity_fingerprint from exam e join patient p on p.id = e.patient_row_id where e.id = ?
         )
         select e.id from me
         join patient p on p.id = me.id or p.identity_fingerprint = me.identity_fingerprint
         join exam e on e.patient_row_id = p.id
         where e.id <> ? and e.cancelled is null order by e.registered_at desc, e.rowid desc limit ?`,
      )
      .pluck(),
    namesSince: db
      .prepare<[number], string>(
        `select distinct p.name from exam e join patient p on p.id = e.patient_row_id
         where e.registered_at > ? and e.cancelled is null order by e.registered_at desc limit 500`,
      )
      .pluck(),
  }
}
