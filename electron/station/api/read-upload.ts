import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { filling, inBoth } from '../../../shared/problems/both-words.ts'
import { type Problem, ProblemError } from '../../../shared/problems/problem.ts'
import type { ImportItem } from '../imports/import-item.ts'

const limits = { fileSize: 4096 * 1024 * 1024, files: 100_000, parts: 100_100, fields: 20, fieldSize: 1024 * 1024 }

export type Upload = {
  /** Fields that stand before the first file. */
  readonly fields: ReadonlyMap<string, string>
  /** The first file's name, '' when there is none. */
  readonly firstName: string
  /** Each file as it comes over the wire; the next is read when the one before is dealt with. Throws a ProblemError when it breaks off. */
  items(): AsyncGenerator<ImportItem>
}

/** A multipart upload, read as it comes: no file sits in memory. Names keep their folders and serve the report only. */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  // preservePath is busboy's own; the plugin's types leave it out.
  const options = { limits, preservePath: true } as Parameters<FastifyRequest['parts']>[0]
  const parts = request.parts(options)[Symbol.asyncIterator]()
  const fields = new Map<string, string>()
  let file: MultipartFile | undefined

  async function nextFile(): Promise<MultipartFile | undefined> {
    for (;;) {
      const { value, done } = await parts.next().catch((error) => {
        throw new ProblemError(problemOf(error))
      })
      if (done) return undefined
      if (value.type === 'file') return value
      fields.set(value.fieldname, String(value.value))
    }
  }

  file = await nextFile()
  return {
    fields,
    firstName: nameOf(file),
    async *items() {
      try {
        for (; file; file = await nextFile()) {
          const { file: stream } = file
          const open = async () => Readable.from(stream.iterator({ destroyOnReturn: false }))
          const name = nameOf(file)
          yield { kind: 'file', name, isPart: name.includes('/'), mayOpen: true, open }
          await readAway(stream)
        }
      } finally {
        for (; file; file = await nextFile().catch(() => undefined)) await readAway(file.file)
      }
    },
  }
}

const nameOf = (file: MultipartFile | undefined) =>
  file
    ? (file.filename || '未命名')
        .replaceAll('\\', '/')
        .replace(/\p{Cc}/gu, '')
        .slice(-300)
    : ''

/** What nobody wanted must still come off the wire before the next file. */
async function readAway(stream: Readable): Promise<void> {
  stream.resume()
  await finished(stream).catch(() => {})
}

function problemOf(error: { readonly code?: string }): Problem {
  if (error.code === 'FST_REQ_FILE_TOO_LARGE') return { code: 'TOO-LARGE' }
  if (error.code === 'FST_FILES_LIMIT' || error.code === 'FST_PARTS_LIMIT')
    return { code: 'IMPORT-TOO-MANY', with: { ...filling('path', inBoth('上传', 'the upload')), limit: limits.files } }
  return { code: 'IMPORT-BROKEN-OFF' }
}
