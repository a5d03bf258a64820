import { closeSync, fdatasync, rmSync, write, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import { type BlockPool, blockSize } from './block-pool.ts'
import { createBlockHash } from './hash-blocks.ts'
import { hashOfFile } from './hash-of-file.ts'
import type { HashThread } from './hash-thread.ts'
import type { IncomingFile } from './incoming-files.ts'
import { firstLook } from './read-header.ts'

const writePart = promisify(write)
const syncData = promisify(fdatasync)

/** So many full blocks may wait for the disk before the sender has to. */
const mostWaiting = 2
/** Of a large object so many bytes are synced while the next ones come: little is left to wait for at its end. */
const syncEvery = 8 * 1024 * 1024

/** Of the first block so many bytes are hashed and written as soon as they are there: nearly nothing is left to do at a small object's end. */
const step = 128 * 1024

/** A part file that holds a whole data set, still open. */
export type FilledPart = {
  readonly path: string
  readonly dataSetOffset: number
  readonly sizeBytes: number
  readonly sha256: string
  /** Resolves when bytes, length and name of the part file are on the disk. */
  sync(): Promise<void>
  /** At once, or when the sync that runs is over. */
  close(): void
}

export type PartFile = ReturnType<typeof createPartFile>

export type PartFileParts = {
  readonly file: IncomingFile
  /** Our own head of the file, shorter than a block. */
  readonly before: Buffer
  readonly blocks: BlockPool
  readonly thread: HashThread
  /** Called once, as soon as they are there: the first 64 KiB of the data set, or all of a shorter one. Lent for the call. */
  readonly onBeginning: (bytes: Buffer) => void
}

/**
 * Writes what comes to a file while hashing it. Bytes are copied: whoever gives them may use their memory again at once. Little waits
 * in memory; the caller is asked to wait when the disk does not keep up. A failed write is remembered and told at the end: what still
 * comes is let go. The first block is written at once, since it goes to the system's memory and another thread would cost more.
 */
export function createPartFile({ file, before, blocks, thread, onBeginning }: PartFileParts) {
  const { path, isNamed } = file
  /** Blocks that are either hashed or written, and wait for the other. */
  const halfDone = new Set<Buffer>()
  const hash = createBlockHash(thread, letGo)
  let block = blocks.take()
  let used = before.copy(block)
  /** Where the data set begins in the block, and how much of the block was written at once. */
  let start = used
  let flushed = 0
  /** Where the next block goes, and how many bytes have gone. */
  let position = 0
  let written = 0
  let sizeBytes = 0
  let isBegun = false
  let failure = file.failure
  let fd = file.fd
  let inFlight = 0
  let waiting: (() => void)[] = []
  let syncing: Promise<void> | undefined
  let syncedTo = 0

  function letGo(done: Buffer<SharedArrayBuffer>): void {
    if (halfDone.delete(done)) blocks.giveBack(done)
    else halfDone.add(done)
  }

  function tellBeginning(): void {
    isBegun = true
    onBeginning(block.subarray(start, Math.min(used, start + firstLook)))
  }

  /** What the first block holds by now is hashed and written. */
  function takeStep(): void {
    if (!isBegun && used - start >= firstLook) tellBeginning()
    hash.look(block, start, used)
    flush()
  }

  function flush(): void {
    try {
      while (flushed < used) flushed += writeSync(fd!, block, flushed, used - flushed, position + flushed)
    } catch (error) {
      failure = error as Error
    }
  }

  /** The block is full: it goes to the hash and to the disk, and the next one begins. */
  function takeBlock(): Promise<void> | undefined {
    const wait = hash.add(block, start, used)
    if (flushed > 0) {
      flush()
      letGo(block)
      written += blockSize
    } else void writeBlock(block, position)
    position += blockSize
    block = blocks.take()
    used = 0
    start = 0
    flushed = 0
    return wait
  }

  /** Several at a time: each knows its place. */
  async function writeBlock(bytes: Buffer<SharedArrayBuffer>, at: number): Promise<void> {
    inFlight++
    try {
      for (let done = 0; done < blockSize; ) {
        const { bytesWritten } = await writePart(fd!, bytes, done, blockSize - done, at + done)
        done += bytesWritten
      }
      letGo(bytes)
      written += blockSize
      syncMeanwhile(fd!)
    } catch (error) {
      failure = error as Error
    }
    inFlight--
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  }

  async function untilWritten(mostLeft: number): Promise<void> {
    while (inFlight > mostLeft) {
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }

  /** The system tells a failed write-back once only: what this sync says is the end's word too. */
  function syncMeanwhile(open: number): void {
    if (syncing || written - syncedTo < syncEvery) return
    syncedTo = written
    syncing = syncData(open)
      .catch((error: Error) => {
        failure = error
      })
      .then(() => {
        syncing = undefined
      })
  }

  async function syncAll(open: number): Promise<void> {
    if (syncing) await syncing
    if (failure) throw failure
    await syncData(open)
  }

  function close(): void {
    if (fd === undefined) return
    const closing = fd
    fd = undefined
    closeSync(closing)
  }

  async function remove(): Promise<void> {
    hash.drop()
    await untilWritten(0)
    await syncing
    close()
    rmSync(path, { force: true })
  }

  return {
    write(bytes: Buffer): Promise<void> | undefined {
      if (failure) return undefined
      let wait: Promise<void> | undefined
      for (let at = 0; at < bytes.length; ) {
        const copied = bytes.copy(block, used, at)
        at += copied
        used += copied
        sizeBytes += copied
        if (position === 0 && used - flushed >= step) takeStep()
        if (used === blockSize) wait = takeBlock()
      }
      if (inFlight <= mostWaiting) return wait
      const written = untilWritten(mostWaiting)
      return wait ? wait.then(() => written) : written
    },
    /** All bytes are with the operating system, and on their way to the disk: the sync runs while the caller does what it has to. */
    async fill(): Promise<FilledPart | { readonly kind: 'failed'; readonly error: Error }> {
      let synced: Promise<void>
      try {
        if (!isBegun) tellBeginning()
        if (!failure) flush()
        await untilWritten(0)
        if (failure) throw failure
        synced = syncAll(fd!)
      } catch (error) {
        await remove().catch(() => {})
        return { kind: 'failed', error: error as Error }
      }
      let isSyncing = true
      const ends = synced
        .catch(() => {}) // told by `sync`
        .then(() => {
          isSyncing = false
        })
      try {
        hash.add(block, start, used)
        letGo(block)
        const sha256 = (await hash.digest()) ?? (await hashOfFile(path, before.length))
        return {
          path,
          dataSetOffset: before.length,
          sizeBytes,
          sha256,
          async sync() {
            await synced
            await isNamed
          },
          close: () => void (isSyncing ? ends.then(close) : close()),
        }
      } catch (error) {
        await ends
        close()
        return { kind: 'failed', error: error as Error }
      }
    },
    remove,
  }
}
