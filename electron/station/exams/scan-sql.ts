import type { Database } from '../db/open-database.ts'
import type { SecretBox } from '../settings/secret-box.ts'
import { otherNumbers } from './board-fact-sql.ts'
import type { BoardSearch } from './board-search.ts'
import { identityFingerprint } from './patients.ts'

const mostFound = 50

export type FindScanned = ReturnType<typeof createScanFinder>

/**
 * Exams of a whole number, as a scanner or a card reader types it, newest first: accession or patient number, identity card, then the numbers
 * of health cards and of the hospital's own system. Full-width signs, as an input method makes them, are the narrow ones. The board's facts
 * must be up to date.
 */
export function createScanFinder(db: Database, box: SecretBox, search: BoardSearch) {
  const newest = (ids: string) => `select id from (${ids}) order by registered_at desc, id limit ${mostFound}`
  const ofPerson = (condition: string) =>
    `select e.id, e.registered_at from patient p join exam e on e.patient_row_id = p.id where ${condition}`
  const byNumber = db
    .prepare<[{ code: string }], string>(
      newest(
        `select id, registered_at from exam where accession_number = @code union ${ofPerson('p.patient_id = @code')}`,
      ),
    )
    .pluck()
  const byIdentity = db
    .prepare<[{ fingerprint: string }], string>(newest(ofPerson('p.identity_fingerprint = @fingerprint')))
    .pluck()
  const fields = [
    ...otherNumbers.exam.map((key) => `json_extract(e.value, '$.${key}')`),
    ...otherNumbers.patient.map((key) => `json_extract(p.value, '$.${key}')`),
  ]
  const hasNumber = db
    .prepare<[{ id: string; code: string }], number>(
      `select 1 from exam e join patient p on p.id = e.patient_row_id where e.id = @id and @code in (${fields.join(', ')})`,
    )
    .pluck()

  return (scanned: string): string[] => {
    const code = scanned.normalize('NFKC').trim()
    for (const spelling of new Set([code, code.toUpperCase()])) {
      const found = byNumber.all({ code: spelling })
      if (found.length > 0) return found
    }
    if (/^\d{17}[\dX]$/i.test(code)) {
      const found = byIdentity.all({ fingerprint: identityFingerprint(box, { kind: 'resident', number: code }) })
      if (found.length > 0) return found
    }
    const { examIds } = search.find({ text: code, page: 1, pageSize: mostFound })
    return examIds.filter((id) => hasNumber.get({ id, code }) === 1)
  }
}
