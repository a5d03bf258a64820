import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import { type AuditSqlRow, type AuditSqlSearch, prepareAuditSql } from './audit-sql.ts'

/** Who did something: a person's username, or the station itself ('station'), or a device ('ae:CT1'). */
export type Actor = string

export type AuditEntry = {
  readonly actor: Actor
  /** verb-noun: 'register-exam', 'attach-study', 'release-report', 'send-copy'. */
  readonly action: string
  readonly subjectKind:
    | 'exam'
    | 'patient'
    | 'study'
    | 'instance'
    | 'report'
    | 'delivery'
    | 'account'
    | 'settings'
    | 'station'
  readonly subjectId: string
  /** What changed. Never a secret or an identity number. */
  readonly details?: Readonly<Record<string, unknown>>
}

export type AuditRow = {
  readonly id: number
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly details: unknown
}

export type AuditLog = ReturnType<typeof createAuditLog>

/** Adds rows to the audit table, in whatever transaction the caller is in. */
export function createAuditLog(db: Database, clock: Clock) {
  const sql = prepareAuditSql(db)
  const { last, insert, ofSubject, newest, all, highestId } = sql

  return {
    record(entry: AuditEntry): void {
      const at = clock()
      const details = JSON.stringify(entry.details ?? {})
      const fields = [at, entry.actor, entry.action, entry.subjectKind, entry.subjectId, details] as const
      insert.run(...fields, chainHash(last.get()?.hash ?? '', fields))
    },
    about(subjectKind: AuditEntry['subjectKind'], subjectId: string): AuditRow[] {
      return ofSubject.all(subjectKind, subjectId).map(toRow)
    },
    newest: (count: number): AuditRow[] => newest.all(count).map(toRow),
    /** Newest first. `from` and `to`: epoch milliseconds, `to` not included. */
    search: (wanted: AuditSqlSearch): AuditRow[] => sql.search.all(wanted).map(toRow),
    /** Whoever did something, and whatever was done: for choosing from. */
    choices: () => ({ actors: sql.actors.all(), actions: sql.actions.all() }),
    count: (): number => sql.count.get()!,
    /** The id of the first row that does not fit the chain or is gone, or undefined when every row is as it was written. */
    firstBrokenRow(): number | undefined {
      let previous = ''
      let lastId = 0
      for (const row of all.iterate()) {
        const fields = [row.at, row.actor, row.action, row.subject_kind, row.subject_id, row.details] as const
        if (chainHash(previous, fields) !== row.hash) return row.id
        previous = row.hash
        lastId = row.id
      }
      return (highestId.get() ?? 0) === lastId ? undefined : lastId + 1
    },
  }
}

function chainHash(previous: string, fields: readonly (string | number)[]): string {
  return createHash('sha256')
    .update(JSON.stringify([previous, ...fields]))
    .digest('hex')
}

function toRow(row: AuditSqlRow): AuditRow {
  return {
    id: row.id,
    at: row.at,
    actor: row.actor,
    action: row.action,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    details: JSON.parse(row.details),
  }
}
