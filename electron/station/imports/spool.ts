import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ProblemError } from '../../../shared/problems/problem.ts'
import type { Archive } from '../archive/archive.ts'
import { refusalDetail } from './refusal-detail.ts'

/** How often, in bytes, it is asked whether the disk still has room. */
const askEvery = 64 * 1024 * 1024

export type Spool = Awaited<ReturnType<typeof createSpool>>

/**
 * Files that must be read more than once (a ZIP, a film) and come from a stream wait here. The folder is the station's own, and emptied at
 * start: what a stopped run left is of no use.
 */
export async function createSpool(folder: string, archive: Pick<Archive, 'mayAccept'>) {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return {
    /** Runs `work` with a file of these bytes, which is gone afterwards. Throws IMPORT-NO-ROOM. */
    async with<T>(bytes: AsyncIterable<Buffer>, work: (path: string) => Promise<T>): Promise<T> {
      const path = join(folder, randomUUID())
      try {
        await pipeline(Readable.from(withRoom(bytes)), createWriteStream(path, { mode: 0o600 }))
        return await work(path)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
          throw new ProblemError({ code: 'IMPORT-NO-ROOM', with: { detail: 'ENOSPC' } })
        throw error
      } finally {
        await rm(path, { force: true })
      }
    },
  }

  async function* withRoom(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let since = askEvery
    for await (const part of bytes) {
      since += part.length
      if (since >= askEvery) {
        since = 0
        const room = await archive.mayAccept()
        if (room.kind === 'refused') throw new ProblemError({ code: 'IMPORT-NO-ROOM', with: refusalDetail(room) })
      }
      yield part
    }
  }
}
