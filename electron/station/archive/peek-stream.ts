import type { Readable } from 'node:stream'
import { firstLook } from './read-header.ts'

/** A source of bytes broke: the disk, the medium, the archive or the connection it came from. */
export class SourceError extends Error {}

export type PeekedStream = {
  /** The first 64 KiB, or all there is. */
  readonly beginning: Buffer
  /** All bytes from the first one. Throws SourceError when the source breaks. Asked once. */
  all(): AsyncGenerator<Buffer>
  close(): void
}

/** Looks at the beginning of a stream without losing it. `onBytes`: told how many came. Throws SourceError. */
export async function peekStream(stream: Readable, onBytes?: (count: number) => void): Promise<PeekedStream> {
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer | string>
  const next = async () => {
    try {
      const read = await iterator.next()
      if (!read.done) onBytes?.(Buffer.byteLength(read.value))
      return read
    } catch (error) {
      throw new SourceError((error as Error).message, { cause: error })
    }
  }
  const parts: Buffer[] = []
  let length = 0
  while (length < firstLook) {
    const { value, done } = await next()
    if (done) break
    parts.push(Buffer.from(value))
    length += parts.at(-1)!.length
  }
  const beginning = Buffer.concat(parts)
  return {
    beginning,
    async *all() {
      if (beginning.length > 0) yield beginning
      for (let read = await next(); !read.done; read = await next()) yield Buffer.from(read.value)
    },
    close: () => stream.destroy(),
  }
}

/** All of it, or undefined when it is more than `most` bytes. */
export async function gather(bytes: AsyncIterable<Buffer>, most: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of bytes) {
    length += part.length
    if (length > most) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}
