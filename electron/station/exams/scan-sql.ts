import type { Database } from '../db/open-database.ts'
import type { SecretBox } from '../settings/secret-box.ts'
import { identityFingerprint } from './patients.ts'

const mostFound = 50
/** Numbers of cards and of other systems are kept in no index: short ones would only be looked for by accident. */
const shortestOfOthers = 4
const ofExam = ['clinicNumber', 'inpatientNumber', 'checkupNumber', 'applicationNumber', 'hisNumber']
const ofPatient = ['healthCardNumber', 'medicalInsuranceNumber']

export type FindScanned = ReturnType<typeof createScanFinder>

/**
 * Exams of a whole number, as a scanner or a card reader types it, newest first: accession or patient number, identity card, then the numbers
 * of health cards and of the hospital's own system. Full-width signs, as an input method makes them, are the narrow ones.
 */
export function createScanFinder(db: Database, box: SecretBox) {
  const newest = (ids: string) => `select id from (${ids}) order by registered_at desc, id limit ${mostFound}`
  const ofPerson = (condition: string) =>
    `select e.id, e.registered_at from patient p join exam e on e.patient_row_id = p.id where ${condition}`
  const isField = (row: string, keys: readonly string[]) =>
    `instr(${row}.value, @code) > 0 and @code in (${keys.map((key) => `json_extract(${row}.value, '$.${key}')`).join(', ')})`

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
  const byOthers = db
    .prepare<[{ code: string }], string>(
      newest(
        `select e.id, e.registered_at from exam e where ${isField('e', ofExam)} union ${ofPerson(isField('p', ofPatient))}`,
      ),
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
    return code.length < shortestOfOthers ? [] : byOthers.all({ code })
  }
}
