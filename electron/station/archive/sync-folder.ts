import { closeSync, fdatasync, fsync, openSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const sync = promisify(fsync)
const syncData = promisify(fdatasync)

/** Makes names in a folder survive a power cut. Windows has no such call; NTFS journals its folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    await sync(fd)
  } finally {
    closeSync(fd)
  }
}

/** A folder that is there after a power cut too. */
export async function makeDurableFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true })
  if (first !== undefined) await syncFolder(dirname(first))
}

/** What was written to a file by anybody is on the disk. */
export async function syncFile(path: string): Promise<void> {
  const fd = openSync(path, 'r+')
  try {
    await syncData(fd)
  } finally {
    closeSync(fd)
  }
}

export type FolderSync = (folder: string) => Promise<void>

/**
 * What several associations put into a folder is made durable together: while one sync runs, all who come wait for the one after it,
 * since the one that runs may have begun before their name was there.
 */
export function createFolderSync(syncOne: FolderSync = syncFolder): FolderSync {
  const running = new Map<string, { readonly ends: Promise<void>; next: Promise<void> | undefined }>()

  async function start(folder: string): Promise<void> {
    const ends = syncOne(folder)
    const turn = { ends, next: undefined }
    running.set(folder, turn)
    try {
      await ends
    } finally {
      if (running.get(folder) === turn) running.delete(folder)
    }
  }

  return (folder) => {
    const turn = running.get(folder)
    if (!turn) return start(folder)
    turn.next ??= turn.ends.then(
      () => start(folder),
      () => start(folder),
    )
    return turn.next
  }
}
