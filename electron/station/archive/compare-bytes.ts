import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeepParts } from './archive-parts.ts'
import { crcOfFile } from './crc-of-file.ts'

/** A data set in a file: from `offset`, `length` bytes of it. */
export type BytesInFile = { readonly path: string; readonly offset: number; readonly length: number }

/**
 * same: byte for byte. other: both are well and differ. lost: the stored file is gone, or is not what its CRC-32 says it was.
 */
export type Comparison = 'same' | 'other' | 'lost'

const chunkSize = 256 * 1024

/** Holds what came against a version whose length and CRC-32 are the same, once its own bytes have settled. */
export async function compareWithVersion(
  { folder, sql, arriving }: Pick<KeepParts, 'folder' | 'sql' | 'arriving'>,
  came: BytesInFile,
  versionId: string,
): Promise<Comparison> {
  await arriving.settled(versionId)
  const { file, data_set_offset: offset, size_bytes: length, crc32 } = sql.versionRow(versionId)!
  return compareBytes(came, { path: join(folder, file), offset, length, crc32 })
}

/** Holds what came against a stored data set of the same length and CRC-32. Reads both, in small pieces. */
async function compareBytes(came: BytesInFile, stored: BytesInFile & { readonly crc32: number }): Promise<Comparison> {
  const file = await open(stored.path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!file) return 'lost'
  try {
    if (await hasSameBytes(file, stored, came)) return 'same'
  } finally {
    await file.close()
  }
  return (await crcOfFile(stored.path, stored.offset)) === stored.crc32 ? 'other' : 'lost'
}

async function hasSameBytes(file: FileHandle, stored: BytesInFile, came: BytesInFile): Promise<boolean> {
  const other = await open(came.path, 'r')
  try {
    const [one, two] = [Buffer.alloc(chunkSize), Buffer.alloc(chunkSize)]
    for (let at = 0; at < came.length; at += chunkSize) {
      const length = Math.min(chunkSize, came.length - at)
      const read = await Promise.all([
        file.read(one, 0, length, stored.offset + at),
        other.read(two, 0, length, came.offset + at),
      ])
      if (read.some(({ bytesRead }) => bytesRead !== length)) return false
      if (!one.subarray(0, length).equals(two.subarray(0, length))) return false
    }
    return true
  } finally {
    await other.close()
  }
}
