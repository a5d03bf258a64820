import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { StoredDataSet } from './archive.ts'

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
