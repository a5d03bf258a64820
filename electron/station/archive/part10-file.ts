import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import type { ReceivedDataSet, StoredDataSet } from './archive.ts'

const chunkSize = 256 * 1024

/** A stored object as a Part 10 file (PS3.10 7): our head and the received bytes lie in the store as one file. */
export type Part10File = { readonly length: number; readonly read: () => AsyncIterable<Buffer> }

/** Undefined when the file is not there as it should be: the sweep raises the alarm. */
export async function part10FileOf({ path, offset, length }: StoredDataSet): Promise<Part10File | undefined> {
  const found = await stat(path).catch(() => undefined)
  const whole = offset + length
  if (!found || found.size < whole) return undefined
  return { length: whole, read: () => createReadStream(path, { end: whole - 1, highWaterMark: chunkSize }) }
}

/**
 * The bytes of a stored file, its data set held against its CRC-32 while they go. The last piece is
 * given only when all agree; otherwise `altered` is called and this throws, so that nobody takes a damaged object for a whole one.
 */
export async function* unalteredBytes(
  file: Part10File,
  { offset, crc32: received }: Pick<ReceivedDataSet, 'offset' | 'crc32'>,
  altered: () => void,
): AsyncGenerator<Buffer> {
  let crc = 0
  let at = 0
  let held: Buffer | undefined
  for await (const bytes of file.read()) {
    if (held) yield held
    held = bytes
    if (at + bytes.length > offset) crc = crc32(bytes.subarray(Math.max(0, offset - at)), crc)
    at += bytes.length
  }
  if (crc !== received) {
    altered()
    throw new Error('a stored file is not as it was received')
  }
  if (held) yield held
}
