import type { Database } from '../db/open-database.ts'
import { withoutSync } from '../db/without-sync-sql.ts'
import { syncFile } from './sync-folder.ts'

type Job = {
  readonly work: () => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}
type Result = { readonly kind: 'done'; readonly value: unknown } | { readonly kind: 'failed'; readonly error: unknown }

export type CommitQueue = ReturnType<typeof createCommitQueue>

/**
 * What several associations have ready at the same moment is written in one transaction; each piece of work keeps its own savepoint, so
 * that one that fails takes nothing with it. A promise resolves when the commit is on the disk, never before.
 *
 * The sync that `synchronous=FULL` does within the commit is done right after it, on another thread: on a slow disk the bytes of other
 * associations are read meanwhile and the desk goes on. Only the log file is opened for it: closing another of SQLite's files would
 * drop its locks (sqlite.org/howtocorrupt.html 2.2).
 */
export function createCommitQueue(db: Database, sync: (file: string) => Promise<void> = syncFile) {
  let waiting: Job[] = []
  let isScheduled = false
  const logFile = `${db.name}-wal`
  const withSavepoint = db.transaction((job: Job) => job.work())
  const commitAll = db.transaction((jobs: readonly Job[]): Result[] => {
    // Alone, it takes nothing with it but itself.
    if (jobs.length === 1) return [{ kind: 'done', value: jobs[0]!.work() }]
    return jobs.map((job) => {
      try {
        return { kind: 'done', value: withSavepoint(job) }
      } catch (error) {
        // On a full disk SQLite itself rolls everything back: then nothing more may be written as if it were still open.
        if (!db.inTransaction) throw error
        return { kind: 'failed', error }
      }
    })
  })

  async function run(): Promise<void> {
    isScheduled = false
    const jobs = waiting
    waiting = []
    try {
      const results = withoutSync(db, () => commitAll.immediate(jobs))
      await sync(logFile)
      for (const [index, job] of jobs.entries()) {
        const result = results[index]!
        if (result.kind === 'done') job.resolve(result.value)
        else job.reject(result.error)
      }
    } catch (error) {
      for (const job of jobs) job.reject(error)
    }
  }

  return {
    commit<T>(work: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
        if (isScheduled) return
        isScheduled = true
        setImmediate(() => void run())
      })
    },
  }
}
