import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { Busboy } from '@fastify/busboy'

export type UploadedFile = {
  readonly field: string
  readonly fileName: string
  readonly bytes: number
  readonly sha256: string
  /** The first bytes, at most `keep`. */
  readonly head: Buffer
}

export type Upload = { readonly texts: Readonly<Record<string, string>>; readonly files: readonly UploadedFile[] }

/** Reads multipart/form-data without keeping a file as a whole: its hash, its size and its first `keep` bytes. Undefined: no such body. */
export async function readUpload(request: IncomingMessage, keep: number): Promise<Upload | undefined> {
  const contentType = request.headers['content-type'] ?? ''
  if (!/^multipart\/form-data\b/i.test(contentType)) return undefined
  const texts: Record<string, string> = {}
  const files: Promise<UploadedFile>[] = []
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const parser = new Busboy({ headers: { ...request.headers, 'content-type': contentType } })
  parser.on('field', (name: string, value: string) => {
    texts[name] = value
  })
  parser.on('file', (field: string, file: Readable, fileName: string) => {
    files.push(readFile(field, fileName, file, keep))
  })
  parser.on('finish', resolve).on('error', reject)
  request.on('aborted', () => reject(new Error('The upload was cut')))
  request.pipe(parser)
  try {
    await promise
    return { texts, files: await Promise.all(files) }
  } catch {
    return undefined
  }
}

async function readFile(field: string, fileName: string, file: Readable, keep: number): Promise<UploadedFile> {
  const hash = createHash('sha256')
  const head: Buffer[] = []
  let bytes = 0
  for await (const chunk of file as AsyncIterable<Buffer>) {
    hash.update(chunk)
    if (bytes < keep) head.push(chunk.subarray(0, keep - bytes))
    bytes += chunk.length
  }
  return { field, fileName, bytes, sha256: hash.digest('hex'), head: Buffer.concat(head) }
}
