import type { Database } from '../db/open-database.ts'

/** What the lookups and callbacks read of exams: a cloud names an exam by its accession number, which is unique here. */
export function prepareCloudWorkSql(db: Database) {
  return {
    examOfAccession: db.prepare<[string], { id: string; institution_id: string }>(
      'select id, institution_id from exam where accession_number = ?',
    ),
  }
}
