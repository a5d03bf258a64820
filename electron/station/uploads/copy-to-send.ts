import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { crc32, deflateRaw, inflateRaw } from 'node:zlib'
import type { CloudReason } from '../../../shared/clouds/cloud-outcome.ts'
import { dataSetEncodingOf } from '../../../shared/dicom/transfer-syntax.ts'
import { type Coercion, coerceElements, type ElementChange, type WantedElements } from './coerce-copy.ts'
import type { StoredDataSet } from './delivery.ts'
import type { CoercionStamp } from './original-attributes.ts'
import { cannotWriteReason, copyReason } from './upload-reasons.ts'

/** The data set that is sent: `headerBytes`, then the stored file's bytes from `bodyRange`. The stored file stays as it is. */
export type CopyToSend = {
  readonly path: string
  readonly transferSyntaxUid: string
  readonly headerBytes: Buffer
  readonly bodyRange: { readonly start: number; readonly length: number }
  readonly totalLength: number
  /** Empty: the copy is the original, byte for byte. */
  readonly changes: readonly ElementChange[]
  /** SHA-256 of the whole copy, lower-case hex. */
  readonly sha256: string
}

export type CopyMade =
  | { readonly kind: 'made'; readonly copy: CopyToSend }
  /** `fixable`: the exam's data or the stored file must change; otherwise it is worth another try. */
  | { readonly kind: 'failed'; readonly reason: CloudReason; readonly fixable: boolean }

const chunkBytes = 256 * 1024
const firstWindow = 64 * 1024
/** Everything before OriginalAttributesSequence: real headers have some kilobytes, private ones a few hundred. */
const largestHeader = 64 * 1024 * 1024
const largestInflated = 1024 * 1024 * 1024

/**
 * Prepares the copy of one instance. The file is held against the CRC-32 of what was received: one that has rotted on the disk is
 * never sent (its pixels may be another patient's diagnosis). Reads the file once for it and for the copy's digest, in small pieces.
 */
export async function makeCopy(file: StoredDataSet, wanted: WantedElements, stamp: CoercionStamp): Promise<CopyMade> {
  return copyOf(file, (handle) => coerceStart(handle, file, wanted, stamp))
}

/** The received bytes as they are, with the same look at the whole file: what has rotted is not given out. */
export function originalCopy(file: StoredDataSet): Promise<CopyMade> {
  return copyOf(file, async () => untouched(file))
}

async function copyOf(file: StoredDataSet, begin: (handle: FileHandle) => Promise<CopyStart>): Promise<CopyMade> {
  let handle: FileHandle
  try {
    handle = await open(file.path, 'r')
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return {
      kind: 'failed',
      reason: copyReason(isMissing ? 'COPY-FILE-MISSING' : 'COPY-FILE-UNREADABLE'),
      fixable: isMissing,
    }
  }
  try {
    const start = await begin(handle)
    if (start.kind === 'failed') return start
    let original = 0
    const copied = createHash('sha256').update(start.headerBytes)
    const end = file.offset + file.length
    for await (const chunk of readRange(handle, file.offset, file.length)) {
      original = crc32(chunk.bytes, original)
      if (chunk.at + chunk.bytes.length > start.bodyStart) {
        copied.update(chunk.bytes.subarray(Math.max(0, start.bodyStart - chunk.at)))
      }
    }
    if (original !== file.crc32) return { kind: 'failed', reason: copyReason('COPY-FILE-ALTERED'), fixable: true }
    const length = end - start.bodyStart
    const copy = {
      path: file.path,
      transferSyntaxUid: file.transferSyntaxUid,
      headerBytes: start.headerBytes,
      bodyRange: { start: start.bodyStart, length },
      totalLength: start.headerBytes.length + length,
      changes: start.changes,
      sha256: copied.digest('hex'),
    }
    return { kind: 'made', copy }
  } catch (error) {
    if (error instanceof ShortFile) return { kind: 'failed', reason: copyReason('COPY-FILE-ALTERED'), fixable: true }
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    return { kind: 'failed', reason: copyReason('COPY-FILE-UNREADABLE'), fixable: false }
  } finally {
    await handle.close()
  }
}

/** The copy's bytes, the file read as they are asked for. */
export async function* readCopy(copy: CopyToSend): AsyncGenerator<Buffer> {
  if (copy.headerBytes.length > 0) yield copy.headerBytes
  if (copy.bodyRange.length === 0) return
  const handle = await open(copy.path, 'r')
  try {
    for await (const { bytes } of readRange(handle, copy.bodyRange.start, copy.bodyRange.length)) yield bytes
  } finally {
    await handle.close()
  }
}

class ShortFile extends Error {}

async function* readRange(handle: FileHandle, start: number, length: number) {
  const end = start + length
  let at = start
  while (at < end) {
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, end - at))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at)
    if (bytesRead === 0) throw new ShortFile('the file is shorter than it was')
    yield { at, bytes: buffer.subarray(0, bytesRead) }
    at += bytesRead
  }
}

type CopyStart =
  | {
      readonly kind: 'started'
      readonly headerBytes: Buffer
      readonly bodyStart: number
      readonly changes: readonly ElementChange[]
    }
  | Extract<CopyMade, { kind: 'failed' }>

const untouched = (file: StoredDataSet): CopyStart => ({
  kind: 'started',
  headerBytes: Buffer.alloc(0),
  bodyStart: file.offset,
  changes: [],
})

async function coerceStart(
  handle: FileHandle,
  file: StoredDataSet,
  wanted: WantedElements,
  stamp: CoercionStamp,
): Promise<CopyStart> {
  const encoding = dataSetEncodingOf(file.transferSyntaxUid)
  const end = file.offset + file.length
  if (encoding.deflated) {
    // A deflated data set is one compressed stream (PS3.5 A.5): it is opened, changed and deflated anew, or sent as it is.
    const inflated = await inflateWhole(await readStart(handle, file, file.length))
    if (!inflated) return failedBy({ kind: 'malformed', what: 'deflated data that cannot be inflated' })
    const coercion = coerceElements(inflated, encoding, true, wanted, stamp)
    if (coercion.kind === 'same') return untouched(file)
    if (coercion.kind !== 'coerced') return failedBy(coercion)
    const deflated = await promisify(deflateRaw)(Buffer.concat([coercion.head, inflated.subarray(coercion.rest)]))
    const headerBytes = deflated.length % 2 === 0 ? deflated : Buffer.concat([deflated, Buffer.alloc(1)])
    return { kind: 'started', headerBytes, bodyStart: end, changes: coercion.changes }
  }
  for (let window = Math.min(firstWindow, file.length); ; window = Math.min(window * 4, file.length)) {
    const whole = window === file.length
    const coercion = coerceElements(await readStart(handle, file, window), encoding, whole, wanted, stamp)
    if (coercion.kind === 'needs-more' && window < largestHeader) continue
    if (coercion.kind === 'same') return untouched(file)
    if (coercion.kind !== 'coerced') return failedBy(coercion)
    return {
      kind: 'started',
      headerBytes: coercion.head,
      bodyStart: file.offset + coercion.rest,
      changes: coercion.changes,
    }
  }
}

async function readStart(handle: FileHandle, file: StoredDataSet, length: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const { bytes } of readRange(handle, file.offset, length)) pieces.push(bytes)
  return Buffer.concat(pieces)
}

async function inflateWhole(bytes: Buffer): Promise<Buffer | undefined> {
  try {
    return await promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw)(bytes, {
      maxOutputLength: largestInflated,
    })
  } catch {
    return undefined
  }
}

function failedBy(
  coercion: Exclude<Coercion, { kind: 'same' } | { kind: 'coerced' }>,
): Extract<CopyMade, { kind: 'failed' }> {
  const reason =
    coercion.kind === 'cannot-write' ? cannotWriteReason(coercion.element) : copyReason('COPY-HEADER-UNREADABLE')
  return { kind: 'failed', reason, fixable: true }
}
