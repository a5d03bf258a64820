import type { Database } from './open-database.ts'

/**
 * Transactions within `work` are not synced: SQLite is told NORMAL for them, which in WAL mode differs from FULL in nothing but this sync
 * (sqlite.org/pragma.html#pragma_synchronous). For what may be lost with the power, or is synced by the caller.
 */
export function withoutSync<T>(db: Database, work: () => T): T {
  // exec, because these two stand before and behind every received object: pragma() takes eight times as long.
  db.exec('pragma synchronous = NORMAL')
  try {
    return work()
  } finally {
    db.exec('pragma synchronous = FULL')
  }
}
