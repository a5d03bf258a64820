import type { AuditRow } from '../people/audit-log.ts'
import type { ApiRooms } from './api-rooms.ts'

export type AuditNames = {
  /** The person's name; null: the station itself, a device, an account that is gone. */
  readonly actor: (username: string) => string | null
  /** What a row is about, as staff call it; null where nothing is called so any more. */
  readonly subject: (row: Pick<AuditRow, 'subjectKind' | 'subjectId'>) => string | null
}

/** What the audit log's names and ids mean now. */
export function auditNames({ accounts, destinations, exams, settings }: ApiRooms): AuditNames {
  const people = accounts.list()
  const byUsername = new Map(people.map((one) => [one.username, one.displayName]))
  const called = new Map<string, string>([
    ...people.map((one): [string, string] => [one.id, one.displayName]),
    ...destinations.all().map((one): [string, string] => [one.id, one.name]),
    ...settings.devices().map((one): [string, string] => [one.id, `${one.name} ${one.aeTitle}`]),
    ...settings.institutions().map((one): [string, string] => [one.id, one.name]),
  ])
  const exam = (id: string) => {
    const found = exams.read(id)
    return found ? `${found.exam.accessionNumber} ${found.patient.name}` : null
  }
  return {
    actor: (username) => byUsername.get(username) ?? null,
    subject: ({ subjectKind, subjectId }) =>
      subjectKind === 'exam' ? exam(subjectId) : (called.get(subjectId) ?? null),
  }
}

/** So many exams are looked for by what somebody typed. */
const mostExams = 200

/** Ids of exams, their patients and users that people mean by these words. */
export async function auditSubjects(rooms: ApiRooms, text: string): Promise<string[]> {
  await rooms.boardFacts.upToDate()
  const { examIds } = rooms.boardSearch.find({ text, page: 1, pageSize: mostExams })
  const patients = examIds.flatMap((id) => rooms.exams.read(id)?.exam.patientRowId ?? [])
  const people = rooms.accounts.list().filter((one) => [one.username, one.displayName].some((name) => name === text))
  return [...new Set([...examIds, ...patients, ...people.map(({ id }) => id)])]
}
