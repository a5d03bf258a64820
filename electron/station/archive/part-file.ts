import { createHash } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { firstLook } from './read-header.ts'

/** Gathered before it is written: fewer, larger writes. */
const writeSize = 512 * 1024

/** A part file that holds a whole data set, still open. */
export type FilledPart = {
  readonly file: FileHandle
  readonly path: string
  readonly dataSetOffset: number
  readonly sizeBytes: number
  readonly sha256: string
  /** The first 64 KiB of the data set. */
  readonly beginning: Buffer
}

export type PartFile = ReturnType<typeof createPartFile>

/**
 * Writes what comes to a file while hashing it. Bytes wait in memory only while one write is under way; the caller is asked to
 * wait when they are more than one write's worth. A failed write is remembered and told at the end: what still comes is let go.
 */
export function createPartFile(path: string, before: Buffer) {
  const hash = createHash('sha256')
  const beginning: Buffer[] = []
  let beginningLength = 0
  let gathered: Buffer[] = [before]
  let gatheredLength = before.length
  let sizeBytes = 0
  let failure: Error | undefined
  let file: FileHandle | undefined
  let writing: Promise<void> | undefined

  function startWriting(): void {
    const bytes = gathered
    gathered = []
    gatheredLength = 0
    writing = (async () => {
      try {
        file ??= await open(path, 'wx+')
        await writeAll(file, bytes)
      } catch (error) {
        failure = error as Error
      }
      writing = undefined
    })()
  }

  async function writeRest(): Promise<void> {
    while (writing) await writing
    if (gathered.length === 0 && file) return
    startWriting()
    await writing
  }

  async function remove(): Promise<void> {
    while (writing) await writing
    await file?.close().catch(() => {})
    if (file) await unlink(path).catch(() => {})
  }

  return {
    write(bytes: Buffer): Promise<void> | undefined {
      sizeBytes += bytes.length
      if (failure) return undefined
      hash.update(bytes)
      if (beginningLength < firstLook) {
        beginning.push(bytes.subarray(0, firstLook - beginningLength))
        beginningLength += beginning.at(-1)!.length
      }
      gathered.push(bytes)
      gatheredLength += bytes.length
      if (gatheredLength < writeSize) return undefined
      if (!writing) {
        startWriting()
        return undefined
      }
      return writing
    },
    /** All bytes are with the operating system; not yet on the disk. */
    async fill(): Promise<FilledPart | { readonly kind: 'failed'; readonly error: Error }> {
      await writeRest()
      if (failure || !file) {
        await remove()
        return { kind: 'failed', error: failure ?? new Error('no file') }
      }
      const sha256 = hash.digest('hex')
      return { file, path, dataSetOffset: before.length, sizeBytes, sha256, beginning: Buffer.concat(beginning) }
    },
    remove,
  }
}

/** `writev` may write less than it was given (a nearly full disk): then the rest is tried, which succeeds or says why not. */
async function writeAll(file: FileHandle, buffers: readonly Buffer[]): Promise<void> {
  const total = buffers.reduce((sum, buffer) => sum + buffer.length, 0)
  const { bytesWritten } = await file.writev(buffers)
  if (bytesWritten === total) return
  let rest = Buffer.concat(buffers).subarray(bytesWritten)
  while (rest.length > 0) {
    const more = await file.write(rest)
    rest = rest.subarray(more.bytesWritten)
  }
}
