import { createReadStream } from 'node:fs'
import { crc32 } from 'node:zlib'

const chunkSize = 256 * 1024

/** CRC-32 of what stands in a file from `start` to its end. */
export async function crcOfFile(path: string, start: number): Promise<number> {
  let crc = 0
  for await (const bytes of createReadStream(path, { start, highWaterMark: chunkSize })) crc = crc32(bytes, crc)
  return crc
}
