import { createHash } from 'node:crypto'
import { closeSync, fdatasync, openSync, rmSync, write, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import { type BlockPool, blockSize } from './block-pool.ts'
import type { IncomingFile } from './incoming-files.ts'
import { firstLook } from './read-header.ts'

const writePart = promisify(write)
const syncData = promisify(fdatasync)

/** So many full blocks may wait for the disk before the sender has to. */
const mostWaiting = 2

/** A part file that holds a whole data set, still open. */
export type FilledPart = {
  readonly path: string
  readonly dataSetOffset: number
  readonly sizeBytes: number
  readonly sha256: string
  /** The first 64 KiB of the data set. */
  readonly beginning: Buffer
  /** Resolves when bytes, length and name of the part file are on the disk. */
  sync(): Promise<void>
  close(): void
}

export type PartFile = ReturnType<typeof createPartFile>

/**
 * Writes what comes to a file while hashing it. Bytes are copied: whoever gives them may use their memory again at once. Little waits
 * in memory; the caller is asked to wait when the disk does not keep up. A failed write is remembered and told at the end: what still
 * comes is let go. Opening and closing are done at once, as they cost less than handing them to another thread.
 */
export function createPartFile({ path, isNamed }: IncomingFile, before: Buffer, blocks: BlockPool) {
  const hash = createHash('sha256')
  let beginning: Buffer = Buffer.alloc(0)
  let block = blocks.take()
  let used = before.copy(block)
  let position = 0
  let sizeBytes = 0
  let failure: Error | undefined
  let fd: number | undefined
  const full: Buffer[] = []
  let writing: Promise<void> | undefined

  /** Hashes what the block holds of the data set, and keeps its beginning. */
  function digestBlock(): void {
    const isFirst = sizeBytes <= used - before.length
    const bytes = block.subarray(isFirst ? before.length : 0, used)
    if (isFirst) beginning = Buffer.from(bytes.subarray(0, firstLook))
    hash.update(bytes)
  }

  async function writeFull(): Promise<void> {
    try {
      fd ??= openSync(path, 'r+')
      for (let bytes = full[0]; bytes; bytes = full[0]) {
        for (let done = 0; done < blockSize; ) {
          const { bytesWritten } = await writePart(fd, bytes, done, blockSize - done, position)
          done += bytesWritten
          position += bytesWritten
        }
        full.shift()
        blocks.giveBack(bytes)
      }
    } catch (error) {
      failure = error as Error
      full.length = 0
    }
    writing = undefined
  }

  /** What is left is written at once: it goes to the system's memory, and less than a block takes no time. */
  function writeRest(): void {
    fd ??= openSync(path, 'r+')
    for (let done = 0; done < used; ) {
      const bytesWritten = writeSync(fd, block, done, used - done, position)
      done += bytesWritten
      position += bytesWritten
    }
  }

  function close(): void {
    if (fd === undefined) return
    const closing = fd
    fd = undefined
    closeSync(closing)
  }

  async function remove(): Promise<void> {
    await writing
    close()
    rmSync(path, { force: true })
  }

  return {
    write(bytes: Buffer): Promise<void> | undefined {
      if (failure) return undefined
      for (let at = 0; at < bytes.length; ) {
        const copied = bytes.copy(block, used, at)
        at += copied
        used += copied
        sizeBytes += copied
        if (used < blockSize) continue
        digestBlock()
        full.push(block)
        block = blocks.take()
        used = 0
        writing ??= writeFull()
      }
      return full.length > mostWaiting ? writing : undefined
    },
    /** All bytes are with the operating system; not yet on the disk. */
    async fill(): Promise<FilledPart | { readonly kind: 'failed'; readonly error: Error }> {
      digestBlock()
      if (writing) await writing
      try {
        if (failure) throw failure
        writeRest()
      } catch (error) {
        await remove().catch(() => {})
        return { kind: 'failed', error: error as Error }
      }
      blocks.giveBack(block)
      const open = fd!
      const sync = async () => {
        await syncData(open)
        await isNamed
      }
      const sha256 = hash.digest('hex')
      return { path, dataSetOffset: before.length, sizeBytes, sha256, beginning, sync, close }
    },
    remove,
  }
}
