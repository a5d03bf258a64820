import type { Database } from '../db/open-database.ts'

type Job = {
  readonly work: () => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}
type Result = { readonly kind: 'done'; readonly value: unknown } | { readonly kind: 'failed'; readonly error: unknown }

export type CommitQueue = ReturnType<typeof createCommitQueue>

/**
 * What several associations have ready at the same moment is written in one transaction with one sync of the disk; each piece of
 * work keeps its own savepoint, so that one that fails takes nothing with it. A promise resolves after the commit, never before.
 */
export function createCommitQueue(db: Database) {
  let waiting: Job[] = []
  const withSavepoint = db.transaction((job: Job) => job.work())
  const commitAll = db.transaction((jobs: readonly Job[]): Result[] =>
    jobs.map((job) => {
      try {
        return { kind: 'done', value: withSavepoint(job) }
      } catch (error) {
        // On a full disk SQLite itself rolls everything back: then nothing more may be written as if it were still open.
        if (!db.inTransaction) throw error
        return { kind: 'failed', error }
      }
    }),
  )

  function run(): void {
    const jobs = waiting
    waiting = []
    let results: Result[]
    try {
      results = commitAll.immediate(jobs)
    } catch (error) {
      for (const job of jobs) job.reject(error)
      return
    }
    for (const [index, job] of jobs.entries()) {
      const result = results[index]!
      if (result.kind === 'done') job.resolve(result.value)
      else job.reject(result.error)
    }
  }

  return {
    commit<T>(work: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        if (waiting.length === 0) setImmediate(run)
        waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
      })
    },
  }
}
