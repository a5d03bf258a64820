import type { Database } from '../db/open-database.ts'

type Job = {
  readonly work: () => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}
type Result = { readonly kind: 'done'; readonly value: unknown } | { readonly kind: 'failed'; readonly error: unknown }

/** Milliseconds. */
const mostPatience = 20

export type CommitQueue = ReturnType<typeof createCommitQueue>

/**
 * What several associations have ready at the same moment is written in one transaction with one sync of the disk; each piece of
 * work keeps its own savepoint, so that one that fails takes nothing with it. A promise resolves after the commit, never before.
 * Work that was announced and will be ready soon is waited for, but no longer than the last commit took: on a slow disk that saves the
 * others a whole turn, on a fast one it costs next to nothing.
 */
export function createCommitQueue(db: Database) {
  let waiting: Job[] = []
  let announced = 0
  let lastTook = 0
  let isScheduled = false
  let patience: NodeJS.Timeout | undefined
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

  function run(): void {
    clearTimeout(patience)
    patience = undefined
    isScheduled = false
    const jobs = waiting
    waiting = []
    if (jobs.length === 0) return
    const began = performance.now()
    let results: Result[]
    try {
      results = commitAll.immediate(jobs)
    } catch (error) {
      for (const job of jobs) job.reject(error)
      return
    }
    lastTook = performance.now() - began
    for (const [index, job] of jobs.entries()) {
      const result = results[index]!
      if (result.kind === 'done') job.resolve(result.value)
      else job.reject(result.error)
    }
  }

  function schedule(): void {
    if (isScheduled || waiting.length === 0) return
    if (announced > 0 && lastTook >= 1) {
      patience ??= setTimeout(run, Math.min(lastTook, mostPatience))
      return
    }
    isScheduled = true
    setImmediate(run)
  }

  return {
    /** Says that work will be ready soon; the function says that it is, or never will be. */
    announce(): () => void {
      let isOver = false
      announced++
      return () => {
        if (isOver) return
        isOver = true
        announced--
        schedule()
      }
    },
    commit<T>(work: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
        schedule()
      })
    },
  }
}
