import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { FolderSync } from './sync-folder.ts'

const batch = 16
const refillAt = 4

/** An empty part file for one object. `isNamed` settles when its name survives a power cut. */
export type IncomingFile = { readonly id: string; readonly path: string; readonly isNamed: Promise<void> }

export type IncomingFiles = ReturnType<typeof createIncomingFiles>

/**
 * Part files that are there before an object comes: one sync of the folder names many of them for good, and is over before the first
 * is needed. Those that were not used are empty and go at the next start.
 */
export function createIncomingFiles(folder: string, syncFolder: FolderSync) {
  let ready: IncomingFile[] = []

  function refill(): void {
    const ids = Array.from({ length: batch }, () => randomUUID())
    const paths = ids.map((id) => join(folder, `${id}.part`))
    const isNamed = (async () => {
      for (const path of paths) closeSync(openSync(path, 'wx'))
      await syncFolder(folder)
    })()
    const files: readonly IncomingFile[] = ids.map((id, at) => ({ id, path: paths[at]!, isNamed }))
    ready = [...ready, ...files]
    // Whoever took one of them is told; the next object gets another.
    isNamed.catch(() => {
      ready = ready.filter((file) => !files.includes(file))
    })
  }

  return {
    take(): IncomingFile {
      ready = ready.filter(({ path }) => existsSync(path))
      if (ready.length <= refillAt) refill()
      return ready.shift()!
    },
  }
}
