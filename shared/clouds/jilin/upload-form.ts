import { Readable } from 'node:stream'
import FormData from 'form-data'
import type { HttpBody } from '../http-transport.ts'

/** A file to be sent: opened once per attempt, never held in memory as a whole. */
export type UploadFile = { readonly sizeBytes: number; readonly open: () => Readable }

export function fileInMemory(bytes: Uint8Array): UploadFile {
  return { sizeBytes: bytes.byteLength, open: () => Readable.from([Buffer.from(bytes)], { objectMode: false }) }
}

/** multipart/form-data (RFC 7578): the text fields first, then the file, with the exact Content-Length. */
export function uploadForm(
  texts: Readonly<Record<string, string>>,
  file: UploadFile & { readonly field: string; readonly fileName: string; readonly contentType: string },
): HttpBody {
  const build = (content: Readable | Buffer) => {
    const form = new FormData()
    form.setBoundary(boundary)
    for (const [name, value] of Object.entries(texts)) form.append(name, value)
    form.append(file.field, content, {
      filename: file.fileName,
      contentType: file.contentType,
      ...(Buffer.isBuffer(content) ? {} : { knownLength: file.sizeBytes }),
    })
    return form
  }
  const boundary = new FormData().getBoundary()
  return {
    kind: 'stream',
    contentType: `multipart/form-data; boundary=${boundary}`,
    contentLength: build(Buffer.alloc(0)).getLengthSync() + file.sizeBytes,
    open: () => {
      const content = file.open()
      const form = build(content)
      form.once('close', () => content.destroy())
      return form
    },
  }
}
