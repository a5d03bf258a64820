import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../db/open-database.ts'
import { withoutSync } from '../db/without-sync-sql.ts'
import type { Log } from '../log.ts'
import { type ListedFact, prepareBoardFactSql } from './board-fact-sql.ts'
import { type BoardFact, decideBoardFact } from './decide-board-fact.ts'

/** Exams that are looked at in one go: some 15 ms, so that images are received between. */
const atOnce = 100

export type BoardFacts = ReturnType<typeof createBoardFacts>

/**
 * Keeps `exam_fact`, what lists show and search by. Triggers mark an exam in the transaction in which anything of it changes; whoever
 * asks a list calls `upToDate` before, and the marked ones are decided anew. So many changes of one exam (an image each) cost one decision.
 */
export function createBoardFacts(db: Database, log: Log) {
  const sql = prepareBoardFactSql(db)
  let running: Promise<void> | undefined
  let isOver = false

  /** Returns false when nothing was marked. */
  function refreshSome(): boolean {
    const ids = sql.stale.all(atOnce)
    if (ids.length === 0) return false
    // Rows and marks go together, and both follow from facts that are on the disk: should a power cut take them, they are marked again.
    withoutSync(
      db,
      db.transaction(() => {
        for (const id of ids) {
          const sources = sql.sources(id)
          if (sources) sql.save(decideBoardFact(sources))
          sql.fresh.run(id)
        }
      }),
    )
    return ids.length === atOnce
  }

  async function refreshAll(): Promise<void> {
    while (!isOver && refreshSome()) await nextTurn()
  }

  /** Settles when every row says what is. At once, unless something changed since the last time. */
  async function upToDate(): Promise<void> {
    if (isOver || (!running && !refreshSome())) return
    running ??= refreshAll().finally(() => {
      running = undefined
    })
    await running
  }

  return {
    upToDate,
    /** As it was when `upToDate` settled last. */
    read: (examId: string): ListedFact | undefined => sql.read(examId),
    /** As it is at this moment, whatever is written: for one exam. Undefined where there is no such exam. */
    now(examId: string): BoardFact | undefined {
      const sources = sql.sources(examId)
      return sources && decideBoardFact(sources)
    },
    /** Exams without a row get one, and what changed while nobody looked is decided: beside everything else, in small steps. */
    start(): void {
      const missing = sql.markMissing.run().changes
      if (missing > 0) log.info({ exams: missing }, 'exams without a row of the board get one')
      upToDate().catch((error) => log.error({ err: error }, 'the rows of the board could not be written'))
    },
    async stop(): Promise<void> {
      isOver = true
      await running?.catch(() => {})
    },
  }
}
