import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { HttpBody } from '../../../shared/clouds/http-transport.ts'

/** One instance as a DICOM file (PS3.10): its head, then the data set as it is read from the disk. */
export type StowPart = {
  readonly head: Buffer
  readonly dataSetLength: number
  readonly dataSet: () => AsyncIterable<Buffer>
}

/**
 * The payload of a store transaction, PS3.18 10.5.1 and 8.6.1.2: multipart/related, one part an instance, streamed with an exact
 * Content-Length. No file is held in memory.
 */
export function stowBody(parts: readonly StowPart[]): HttpBody {
  const boundary = `yingzhan-${randomUUID()}`
  const partHead = Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`, 'latin1')
  const lineEnd = Buffer.from('\r\n', 'latin1')
  const end = Buffer.from(`--${boundary}--\r\n`, 'latin1')
  const partLength = (part: StowPart) => partHead.length + part.head.length + part.dataSetLength + lineEnd.length
  async function* bytes() {
    for (const part of parts) {
      yield partHead
      yield part.head
      yield* part.dataSet()
      yield lineEnd
    }
    yield end
  }
  return {
    kind: 'stream',
    contentType: `multipart/related; type="application/dicom"; boundary=${boundary}`,
    contentLength: parts.reduce((sum, part) => sum + partLength(part), end.length),
    open: () => Readable.from(bytes(), { objectMode: false }),
  }
}
