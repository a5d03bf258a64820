import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { dataSetEncodingOf } from '../../../shared/dicom/transfer-syntax.ts'
import { type CopyToSend, readCopy } from './copy-to-send.ts'
import { transcode } from './transcode.ts'

/** Larger ones would have to be held in memory as a whole. */
const largest = 512 * 1024 * 1024

/** The copy in another uncompressed syntax, for a peer that refuses the one it came in; undefined where that can't be done. */
export async function copyInSyntax(copy: CopyToSend, transferSyntaxUid: string): Promise<CopyToSend | undefined> {
  if (copy.transferSyntaxUid === transferSyntaxUid) return copy
  if (copy.totalLength > largest) return undefined
  const pieces: Buffer[] = []
  for await (const piece of readCopy(copy)) pieces.push(piece)
  const bytes = await inflated(Buffer.concat(pieces), dataSetEncodingOf(copy.transferSyntaxUid).deflated)
  const written =
    bytes && transcode(bytes, dataSetEncodingOf(copy.transferSyntaxUid), dataSetEncodingOf(transferSyntaxUid))
  if (!written) return undefined
  return {
    ...copy,
    transferSyntaxUid,
    headerBytes: written,
    bodyRange: { start: 0, length: 0 },
    totalLength: written.length,
    sha256: createHash('sha256').update(written).digest('hex'),
  }
}

async function inflated(bytes: Buffer, deflated: boolean): Promise<Buffer | undefined> {
  if (!deflated) return bytes
  try {
    return await promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw)(bytes, { maxOutputLength: largest })
  } catch {
    return undefined
  }
}
