import { closeSync, fdatasync, rmSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import type { IncomingFile } from './incoming-files.ts'
import { firstLook } from './read-header.ts'

const syncData = promisify(fdatasync)

/** Of a large object so many bytes are synced while the next ones come: little is left to wait for at its end. */
const syncEvery = 8 * 1024 * 1024

/** Beyond this the sender waits for the disk: the system's memory takes a write at once as long as little of it is dirty. */
const mostUnsynced = 4 * syncEvery

/** A part file that holds a whole data set, still open. */
export type FilledPart = {
  readonly path: string
  readonly dataSetOffset: number
  readonly sizeBytes: number
  /** Of the data set. */
  readonly crc32: number
  /** Resolves when bytes, length and name of the part file are on the disk. */
  sync(): Promise<void>
  /** At once, or when the sync that runs is over. */
  close(): void
}

export type PartFile = ReturnType<typeof createPartFile>

export type PartFileParts = {
  readonly file: IncomingFile
  /** Our own head of the file. */
  readonly before: Buffer
  /** Called once, as soon as they are there: the first 64 KiB of the data set, or all of a shorter one. Lent for the call. */
  readonly onBeginning: (bytes: Buffer) => void
}

/**
 * Writes what comes to a file, from the memory into which it was read: whoever gives the bytes may use that memory again at once.
 * A failed write is remembered and told at the end: what still comes is let go.
 */
export function createPartFile({ file, before, onBeginning }: PartFileParts) {
  const { path, isNamed } = file
  let failure = file.failure
  let fd = file.fd
  /** The data set's first pieces, until there is enough of them; then nothing. */
  let beginning: Buffer[] | undefined = []
  let sizeBytes = 0
  let crc = 0
  /** Where the next byte goes. */
  let end = 0
  let syncing: Promise<void> | undefined
  let syncedTo = 0
  put(before)

  function put(bytes: Buffer): void {
    if (failure) return
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(fd!, bytes, done, bytes.length - done, end + done)
      end += bytes.length
    } catch (error) {
      failure = error as Error
    }
  }

  function keepBeginning(bytes: Buffer): void {
    if (sizeBytes >= firstLook) {
      tellBeginning(beginning!.length === 0 ? bytes : Buffer.concat([...beginning!, bytes]))
    } else beginning!.push(Buffer.from(bytes))
  }

  function tellBeginning(bytes: Buffer): void {
    beginning = undefined
    onBeginning(bytes.subarray(0, firstLook))
  }

  /** The system tells a failed write-back once only: what this sync says is the end's word too. */
  function syncMeanwhile(): Promise<void> | undefined {
    if (!syncing && end - syncedTo >= syncEvery) {
      const to = end
      syncing = syncData(fd!)
        .catch((error: Error) => {
          failure = error
        })
        .then(() => {
          syncing = undefined
          syncedTo = to
        })
    }
    return end - syncedTo > mostUnsynced ? syncing : undefined
  }

  async function syncRest(open: number): Promise<void> {
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
    await syncing
    close()
    rmSync(path, { force: true })
  }

  return {
    write(bytes: Buffer): Promise<void> | undefined {
      if (failure) return undefined
      sizeBytes += bytes.length
      if (beginning) keepBeginning(bytes)
      crc = crc32(bytes, crc)
      put(bytes)
      return failure ? undefined : syncMeanwhile()
    },
    /** All bytes are with the operating system, and on their way to the disk: the sync runs while the caller does what it has to. */
    async fill(): Promise<FilledPart | { readonly kind: 'failed'; readonly error: Error }> {
      if (failure) {
        await remove().catch(() => {})
        return { kind: 'failed', error: failure }
      }
      if (beginning) tellBeginning(Buffer.concat(beginning))
      const synced = syncRest(fd!)
      let isSyncing = true
      const ends = synced
        .catch(() => {}) // told by `sync`
        .then(() => {
          isSyncing = false
        })
      return {
        path,
        dataSetOffset: before.length,
        sizeBytes,
        crc32: crc,
        async sync() {
          await synced
          await isNamed
        },
        close: () => void (isSyncing ? ends.then(close) : close()),
      }
    },
    remove,
  }
}
