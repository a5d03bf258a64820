import { randomUUID } from 'node:crypto'
import type { BothWords } from '../../../shared/problems/both-words.ts'
import type { Database } from '../db/open-database.ts'
import type { CommitmentRequest } from './storage-commitment-data-set.ts'

export type OpenCommitment = {
  readonly id: string
  readonly callingAeTitle: string
  readonly request: CommitmentRequest
  readonly attempts: number
}

type CommitmentRow = {
  id: string
  calling_ae_title: string
  transaction_uid: string
  referenced: string
  attempts: number
}

export type UnsentCommitments = {
  readonly callingAeTitle: string
  readonly requests: number
  readonly lastProblem: BothWords
}

export type StorageCommitmentSql = ReturnType<typeof prepareStorageCommitmentSql>

export function prepareStorageCommitmentSql(db: Database) {
  const open =
    'select id, calling_ae_title, transaction_uid, referenced, attempts from storage_commitment where sent_at is null'
  // The same transaction asked for again: the device did not hear us. What it names now is what is answered.
  const keep = db.prepare(
    `insert into storage_commitment (id, transaction_uid, calling_ae_title, referenced, requested_at, next_attempt_at) values (?, ?, ?, ?, ?, ?)
     on conflict (calling_ae_title, transaction_uid) do update set referenced = excluded.referenced, requested_at = excluded.requested_at,
       attempts = 0, next_attempt_at = excluded.next_attempt_at, last_problem = null, sent_at = null`,
  )
  const due = db.prepare<[number], CommitmentRow>(
    `${open} and next_attempt_at <= ? order by next_attempt_at, rowid limit 20`,
  )
  const nextAt = db
    .prepare<[], number | null>('select min(next_attempt_at) from storage_commitment where sent_at is null')
    .pluck()
  const sent = db.prepare('update storage_commitment set sent_at = ?, last_problem = null where id = ?')
  const failed = db.prepare(
    'update storage_commitment set attempts = attempts + 1, next_attempt_at = ?, last_problem = ? where id = ?',
  )
  const hurry = db.prepare(
    `update storage_commitment set next_attempt_at = @at
     where sent_at is null and calling_ae_title = @callingAeTitle and (next_attempt_at is null or next_attempt_at > @at)`,
  )
  const hurryAll = db.prepare(
    'update storage_commitment set next_attempt_at = ?, attempts = 0 where sent_at is null and last_problem is not null',
  )
  const unsent = db.prepare<[number], Omit<UnsentCommitments, 'lastProblem'> & { lastProblem: string }>(
    `select calling_ae_title callingAeTitle, count(*) requests, max(last_problem) lastProblem from storage_commitment
     where sent_at is null and last_problem is not null and requested_at <= ? group by calling_ae_title order by 1`,
  )
  const forget = db.prepare('delete from storage_commitment where coalesce(sent_at, requested_at) < ?')
  return {
    keep: (callingAeTitle: string, { transactionUid, referenced }: CommitmentRequest, at: number): void => {
      keep.run(randomUUID(), transactionUid, callingAeTitle, JSON.stringify(referenced), at, at)
    },
    due: (now: number): OpenCommitment[] =>
      due.all(now).map((row) => ({
        id: row.id,
        callingAeTitle: row.calling_ae_title,
        attempts: row.attempts,
        request: { transactionUid: row.transaction_uid, referenced: JSON.parse(row.referenced) },
      })),
    /** When the next one is due; undefined: none is. */
    nextAt: (): number | undefined => nextAt.get() ?? undefined,
    sent: (id: string, at: number): void => {
      sent.run(at, id)
    },
    failed: (id: string, nextAttemptAt: number | null, problem: BothWords): void => {
      failed.run(nextAttemptAt, JSON.stringify(problem), id)
    },
    hurry: (callingAeTitle: string, at: number): boolean => hurry.run({ at, callingAeTitle }).changes > 0,
    hurryAll: (at: number): boolean => hurryAll.run(at).changes > 0,
    /** Reports that did not reach their device though they were asked for before `before`. */
    unsent: (before: number): UnsentCommitments[] =>
      unsent.all(before).map((row) => ({ ...row, lastProblem: JSON.parse(row.lastProblem) })),
    forget: (before: number): void => {
      forget.run(before)
    },
  }
}
