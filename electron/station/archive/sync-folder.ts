import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes names in a folder survive a power cut. Windows has no such call; NTFS journals its folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A folder that is there after a power cut too. */
export async function makeDurableFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true })
  if (first !== undefined) await syncFolder(dirname(first))
}
