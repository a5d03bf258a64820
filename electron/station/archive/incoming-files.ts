import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, open, openSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { FolderSync } from './sync-folder.ts'

const openFile = promisify(open)

/** Four scanners at once use up some hundred a second: the next ones are made in time. */
const batch = 48
const refillAt = 64

/** An empty part file for one object, open for writing. `isNamed` settles when its name survives a power cut. */
export type IncomingFile = {
  readonly id: string
  readonly path: string
  readonly fd?: number
  /** Why it could not be made. */
  readonly failure?: Error
  readonly isNamed: Promise<void>
}

export type IncomingFiles = ReturnType<typeof createIncomingFiles>

/**
 * Part files that are there before an object comes: one sync of the folder names many of them for good, and is over before the first
 * is needed. They are made on another thread, as the file system takes its time for a new name. Those that were not used are empty and
 * go at the next start.
 */
export function createIncomingFiles(folder: string, syncFolder: FolderSync) {
  let ready: IncomingFile[] = []
  let isRefilling = false

  const nextPath = (id: string) => join(folder, `${id}.part`)

  /** Those whose name will not be durable are told so by whoever took one; the next object gets another. */
  function put(files: readonly Omit<IncomingFile, 'isNamed'>[]): Promise<void> {
    const isNamed = syncFolder(folder)
    const named = files.map((file) => ({ ...file, isNamed }))
    ready.push(...named)
    return isNamed.catch(() => {
      const unnamed = ready.filter((file) => named.includes(file))
      ready = ready.filter((file) => !unnamed.includes(file))
      for (const { fd } of unnamed) closeSync(fd!)
    })
  }

  async function refill(): Promise<void> {
    isRefilling = true
    const files: Omit<IncomingFile, 'isNamed'>[] = []
    try {
      for (let count = 0; count < batch; count++) {
        const id = randomUUID()
        files.push({ id, path: nextPath(id), fd: await openFile(nextPath(id), 'wx+') })
      }
    } catch {
      // What is wrong with the folder is told by the object that finds no file.
    }
    if (files.length > 0) await put(files)
    isRefilling = false
  }

  function makeNow(): IncomingFile {
    const id = randomUUID()
    const path = nextPath(id)
    try {
      const fd = openSync(path, 'wx+')
      const isNamed = syncFolder(folder)
      isNamed.catch(() => {}) // told by whoever waits for it
      return { id, path, fd, isNamed }
    } catch (error) {
      return { id, path, failure: error as Error, isNamed: Promise.resolve() }
    }
  }

  return {
    take(): IncomingFile {
      let file = ready.shift()
      while (file && !existsSync(file.path)) {
        closeSync(file.fd!)
        file = ready.shift()
      }
      if (ready.length <= refillAt && !isRefilling) void refill()
      return file ?? makeNow()
    },
  }
}
