import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { isoSector, layoutIso } from './iso9660.ts'
import type { TakeAway, TakeAwayFile } from './take-away.ts'

/** The bytes of one file, never more than it said. Throws when the file has become shorter. */
export async function* bytesOf({ size, content }: TakeAwayFile): AsyncGenerator<Buffer> {
  if (content.kind === 'bytes') {
    yield content.bytes
    return
  }
  if (size === 0) return
  let read = 0
  for await (const bytes of createReadStream(content.path, { end: size - 1, highWaterMark: 512 * 1024 })) {
    read += bytes.length
    yield bytes
  }
  if (read !== size) throw new Error(`${content.path} holds ${read} bytes of ${size}`)
}

/** A ZIP as it is made, file by file; nothing is written to the disk. */
export function takeAwayZip({ files, at }: TakeAway): Readable {
  const zip = new ZipFile()
  zip.on('error', (error: Error) => (zip.outputStream as Readable).destroy(error))
  for (const file of files) {
    const options = { mtime: new Date(at), mode: 0o100644, size: file.size, compressionLevel: 1 }
    const open = (give: (error: unknown, stream: NodeJS.ReadableStream) => void) =>
      give(null, Readable.from(bytesOf(file)))
    zip.addReadStreamLazy(file.path.join('/'), options, open)
  }
  zip.end()
  return zip.outputStream as Readable
}

/** A disc image of a size known beforehand. A file of 4 GiB or more does not fit. */
export function takeAwayIso({ files, at }: TakeAway): Outcome<{ readonly size: number; readonly stream: Readable }> {
  const tooLarge = files.find((file) => file.size > 0xffffffff)
  if (tooLarge) return fail('TAKE-AWAY-TOO-LARGE', { file: tooLarge.path.join('/') })
  const layout = layoutIso(files, { id: 'IMAGES', at })
  async function* sectors() {
    yield layout.head
    for (const file of files) {
      yield* bytesOf(file)
      const over = file.size % isoSector
      if (over > 0) yield Buffer.alloc(isoSector - over)
    }
  }
  return ok({ size: layout.size, stream: Readable.from(sectors()) })
}
