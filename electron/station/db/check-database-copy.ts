import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

/** Answers 'ok' or what SQLite found, and the newest row of the audit log. */
const program = `
const { parentPort, workerData } = require('node:worker_threads')
const Database = require(workerData.sqlite)
const copy = new Database(workerData.file, { readonly: true })
parentPort.postMessage({
  found: copy.pragma('integrity_check', { simple: true }),
  lastAuditId: copy.prepare('select max(id) from audit').pluck().get() ?? 0,
})
copy.close()
`

/**
 * Opens a copied database as a station would, and reads all of it, in a thread of its own: a large one takes seconds. Throws an Error
 * with code EBADCOPY where SQLite finds it damaged, and what SQLite throws where it is no database.
 */
export async function checkDatabaseCopy(file: string): Promise<{ readonly lastAuditId: number }> {
  const sqlite = createRequire(import.meta.url).resolve('better-sqlite3')
  const worker = new Worker(program, { eval: true, workerData: { file, sqlite } })
  try {
    const { found, lastAuditId } = await new Promise<{ found: string; lastAuditId: number }>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('the check of the copied database ended early')))
    })
    if (found === 'ok') return { lastAuditId }
    throw Object.assign(new Error(`the copied database is damaged: ${found}`), { code: 'EBADCOPY' })
  } finally {
    await worker.terminate()
  }
}
