import type { Database } from '../db/open-database.ts'
import { examOfReference, type StepReference } from './decide-performed-step.ts'
import { preparePerformedStepSql } from './performed-step-sql.ts'

/** What of a step says for which exams it was done. */
export type LinkableStep = { readonly references: readonly StepReference[]; readonly patientId: string }

/**
 * Which exam a performed step was done for, by the identifiers that it names. Once images of its study belong to an exam, they say it
 * (performed-step-sql.ts), so a step goes wherever its study goes, and comes back with it.
 */
export function createStepLinks(db: Database) {
  const sql = preparePerformedStepSql(db)
  const find = {
    byStudy: (uid: string) => sql.examByStudy.get(uid),
    byAccession: (number: string) => sql.examByAccession.get(number),
  }

  /** The exam that this one was merged into, and that one perhaps into a third; itself where it was not. */
  function standingFor(examId: string): string {
    const seen = new Set([examId])
    for (let next = sql.mergedInto.get(examId); next !== undefined; next = sql.mergedInto.get(next)) {
      if (seen.has(next)) break
      seen.add(next)
    }
    return [...seen].at(-1)!
  }

  /** One step may be of several exams, when they are done in one go (PS3.4 F.7.2.1.2, group case). */
  function link(sopInstanceUid: string, { references, patientId }: LinkableStep): void {
    for (const reference of references) {
      const examId = examOfReference(reference, patientId, find)
      const uid = reference.studyInstanceUid
      if (examId || uid) sql.link.run(sopInstanceUid, uid, examId ? standingFor(examId) : null)
    }
  }

  return {
    link,
    /** After a merge, or when one was taken back: the steps of these exams find their exam anew. */
    relink(examIds: readonly string[]): void {
      const concerned = new Set(examIds.flatMap((id) => [id, standingFor(id)]))
      const steps = new Set([...concerned].flatMap((id) => sql.linkedTo.all(id)))
      for (const sopInstanceUid of steps) {
        const row = sql.step.get(sopInstanceUid)
        sql.unlink.run(sopInstanceUid)
        if (row) link(sopInstanceUid, JSON.parse(row.value))
      }
    },
  }
}
