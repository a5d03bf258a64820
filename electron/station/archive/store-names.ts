import { linkSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Log } from '../log.ts'
import type { FolderSync } from './sync-folder.ts'

/** How long a file keeps its second name before the store's folder is synced for all of them together, milliseconds. */
const gatherFor = 250

export type StoreNames = ReturnType<typeof createStoreNames>

/**
 * Gives files their names in the store. A file whose name in incoming/ is durable gets a second one in the store, and that is enough
 * for the answer: after a power cut it is found by the one or the other. The first name goes only after the store's folder was synced,
 * once for many files. Where a file cannot have two names it is renamed, and the folder is synced before the answer.
 */
export function createStoreNames(syncFolder: FolderSync, log: Log) {
  let twice: { readonly part: string; readonly folder: string }[] = []

  async function dropFirstNames(): Promise<void> {
    const files = twice
    twice = []
    try {
      for (const folder of new Set(files.map((file) => file.folder))) await syncFolder(folder)
      for (const { part } of files) rmSync(part, { force: true })
    } catch (error) {
      log.warn({ err: error }, 'received files keep their names in incoming until the next start')
    }
  }

  async function rename(part: string, path: string): Promise<void> {
    renameSync(part, path)
    await syncFolder(dirname(path))
  }

  return {
    /** The name is durable when this is done. */
    rename,
    /** The file is found under one of its names when this is done, as long as the part file's own name is durable. */
    async add(part: string, path: string): Promise<void> {
      if (process.platform === 'win32') return rename(part, path)
      try {
        linkSync(part, path)
      } catch {
        return rename(part, path)
      }
      if (twice.length === 0) setTimeout(dropFirstNames, gatherFor).unref()
      twice.push({ part, folder: dirname(path) })
    },
  }
}
