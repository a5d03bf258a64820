import type BetterSqlite3 from 'better-sqlite3'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'

export type Database = BetterSqlite3.Database

/** SQLite 3.7.0 to 3.51.2 can corrupt a WAL database (the WAL-reset bug, fixed in 3.51.3). */
const oldestSafeSqlite = [3, 51, 3] as const

/**
 * Opens the station's database, brings its tables up to date and makes sure that a committed row survives a power cut:
 * better-sqlite3 is compiled so that WAL means synchronous=NORMAL, which can roll back committed rows.
 * Throws when the database cannot be trusted; the station then does not start.
 */
export async function openDatabase(file: string): Promise<Database> {
  assertRuntime()
  const { default: SqliteDatabase } = await import('better-sqlite3')
  const db = new SqliteDatabase(file)
  db.pragma('busy_timeout = 5000')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  // What undoing a part of a transaction needs stays out of files, and the pages of a day's work stay in memory.
  db.pragma('temp_store = MEMORY')
  db.pragma('cache_size = -8000')
  assertDurable(db)
  migrate(db, migrations)
  return db
}

/** Said in words before better-sqlite3 13 is loaded: on an older runtime it ends the process without one. */
export function assertRuntime(): void {
  if (Number(process.versions.napi) < 10) {
    throw new Error(`This needs Node 22.14 or newer (Node-API 10); here is Node ${process.version}. Use "npm start".`)
  }
}

function assertDurable(db: Database): void {
  const version = String(db.prepare('select sqlite_version()').pluck().get())
  if (isOlder(version, oldestSafeSqlite)) throw new Error(`SQLite ${version} can lose data; 3.51.3 or newer is needed`)
  const synchronous = db.pragma('synchronous', { simple: true })
  if (synchronous !== 2) throw new Error(`SQLite runs with synchronous=${synchronous}; FULL (2) is needed`)
}

/** Compares 'a.b.c' with three numbers. */
export function isOlder(version: string, than: readonly [number, number, number]): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, wanted] of than.entries()) {
    const part = parts[index] ?? 0
    if (part !== wanted) return part < wanted
  }
  return false
}
