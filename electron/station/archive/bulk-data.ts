import { open } from 'node:fs/promises'
import { pixelData } from '../../../shared/dicom/read-elements.ts'
import type { DataSetEncoding } from '../../../shared/dicom/transfer-syntax.ts'
import type { StoredDataSet } from './archive.ts'
import { type ByteSource, fileSource } from './frame-bytes.ts'
import { littleEndian } from './json-values.ts'
import { elementAt, withStoredElements } from './stored-elements.ts'

export type BulkValue =
  /** The value of an element, in little endian. */
  | {
      readonly kind: 'value'
      readonly tag: number
      readonly length: number
      readonly read: () => AsyncIterable<Buffer>
    }
  /** Encapsulated pixel data: fragments in their order, without the offset table. */
  | { readonly kind: 'fragments'; readonly read: () => AsyncIterable<Buffer> }

const chunkSize = 256 * 1024

/** The value that a BulkDataURI names; undefined where the object has none there. */
export async function bulkDataOf(stored: StoredDataSet, path: readonly number[]): Promise<BulkValue | undefined> {
  return withStoredElements(stored, async (found) => {
    const element = elementAt(found, path)
    if (!element) return undefined
    const { tag, vr, offset, length, inMemory } = element
    if (length === undefined) {
      return tag === pixelData ? { kind: 'fragments', read: () => fragments(stored, offset) } : undefined
    }
    const { encoding } = found
    if (inMemory) {
      const bytes = littleEndian(inMemory.bytes.subarray(inMemory.element.offset, inMemory.element.end), vr, encoding)
      return { kind: 'value', tag, length: bytes.length, read: () => once(bytes) }
    }
    return {
      kind: 'value',
      tag,
      length,
      read: () => ofFile(stored, (source) => value(source, offset, length, vr, encoding)),
    }
  })
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

/** The file is open as long as somebody reads. */
async function* ofFile(stored: StoredDataSet, read: (source: ByteSource) => AsyncGenerator<Buffer>) {
  const file = await open(stored.path, 'r')
  try {
    const whole = fileSource(file)
    yield* read({ read: (offset, length) => whole.read(stored.offset + offset, length) })
  } finally {
    await file.close()
  }
}

async function* value(source: ByteSource, offset: number, length: number, vr: string, encoding: DataSetEncoding) {
  for (let at = 0; at < length; at += chunkSize) {
    const bytes = await source.read(offset + at, Math.min(chunkSize, length - at))
    if (bytes.length === 0) throw new Error('the stored file is shorter than its data set')
    yield littleEndian(bytes, vr, encoding)
  }
}

function fragments(stored: StoredDataSet, offset: number): AsyncGenerator<Buffer> {
  return ofFile(stored, async function* (source) {
    for (let at = offset, index = 0; ; index++) {
      const head = await source.read(at, 8)
      if (head.length < 8 || head.readUInt32LE(0) !== 0xe000fffe) return
      const length = head.readUInt32LE(4)
      at += 8
      if (index > 0) {
        for (let done = 0; done < length; done += chunkSize) {
          const bytes = await source.read(at + done, Math.min(chunkSize, length - done))
          if (bytes.length === 0) return
          yield bytes
        }
      }
      at += length
    }
  })
}
