import type BetterSqlite3 from 'better-sqlite3'
import type { Migration } from './migration.ts'

/**
 * Applies the steps that this database has not seen, each with its number in one transaction: a power cut leaves the old
 * tables or the new ones. A database written by a newer program is refused.
 */
export function migrate(db: BetterSqlite3.Database, migrations: readonly Migration[]): void {
  const reached = Number(db.pragma('user_version', { simple: true }))
  if (reached > migrations.length) {
    throw new Error(
      `The data was written by a newer version (${reached}); this program knows ${migrations.length}. Install the newer version.`,
    )
  }
  for (const [index, migration] of migrations.entries()) {
    if (index < reached) continue
    db.transaction(() => {
      db.exec(migration.sql)
      db.pragma(`user_version = ${index + 1}`)
    })()
  }
}
