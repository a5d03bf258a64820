import { join } from 'node:path'
import { ProblemError } from '../../shared/problems/problem.ts'

/** Open connections. One that nobody refers to any more would be collected, and its lock with it. */
const held = new Set<object>()

/**
 * One station a data folder. The lock is one that the operating system ends with the process, however it ends: an exclusive
 * transaction on a database of its own. A file that named the process could outlive it. Throws DATA-IN-USE.
 */
export async function lockDataFolder(dataFolder: string): Promise<{ readonly release: () => void }> {
  const { default: SqliteDatabase } = await import('better-sqlite3')
  const lock = new SqliteDatabase(join(dataFolder, 'lock.db'), { timeout: 0 })
  try {
    lock.pragma('journal_mode = DELETE')
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') throw new ProblemError({ code: 'DATA-IN-USE' })
    throw error
  }
  held.add(lock)
  return {
    release: () => {
      held.delete(lock)
      lock.close()
    },
  }
}
