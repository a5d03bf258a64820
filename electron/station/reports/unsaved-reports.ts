import { createHash } from 'node:crypto'
import { type UnsavedReport, unsavedReportSchema } from '../../../shared/models/writing.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import { prepareUnsavedSql } from './unsaved-sql.ts'
import { lockLivesMilliseconds } from './write-locks.ts'

/** A person at one desk. */
export type Writer = { readonly username: string; readonly session: string }
export type UnsavedReports = ReturnType<typeof createUnsavedReports>

/** A desk of a person, named by a digest of the login's token. */
export const writerOf = (username: string, token: string): Writer => ({
  username,
  session: createHash('sha256').update(token).digest('hex').slice(0, 16),
})

/** What people typed and did not save, on the disk. It is given back to nobody but who typed it. */
export function createUnsavedReports({ db, clock }: { readonly db: Database; readonly clock: Clock }) {
  const sql = prepareUnsavedSql(db)
  return {
    keep(examId: string, unsaved: Omit<UnsavedReport, 'keptAt'>, { username, session }: Writer): { keptAt: number } {
      const keptAt = clock()
      sql.keep.run(examId, username, session, keptAt, JSON.stringify({ ...unsaved, keptAt }))
      return { keptAt }
    },
    /** The newest of this person, from whichever desk: after a crash the login is another one. */
    read(examId: string, username: string): UnsavedReport | null {
      const value = sql.newest.get(examId, username)
      return value === undefined ? null : unsavedReportSchema.parse(JSON.parse(value))
    },
    drop(examId: string, username: string): void {
      sql.drop.run(examId, username)
    },
    /** It was saved: what this desk typed is done with, and what earlier desks left. */
    saved(examId: string, { username, session }: Writer): void {
      sql.dropSaved.run(examId, username, session, clock() - lockLivesMilliseconds)
    },
  }
}
