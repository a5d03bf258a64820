import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

export type ZipEntry = {
  readonly name: string
  /** Bytes; absent: known when they have been read. */
  readonly size?: number
  readonly bytes: AsyncIterable<Buffer> | Buffer
  /** Pictures are compressed already. */
  readonly isCompressed?: boolean
}

/**
 * A ZIP as its entries are made, one at a time: nothing is written to the disk, and the next entry is asked for when the last one went out.
 * When an entry fails the stream is destroyed with its error, so that nobody takes half of it for a whole one.
 */
export function zipStream(entries: AsyncIterable<ZipEntry>, at: number): Readable {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  let current: Readable | undefined
  let isOver = false
  zip.on('error', (error: Error) => output.destroy(error))
  output.once('close', () => {
    isOver = true
    current?.destroy()
  })

  async function fill(): Promise<void> {
    for await (const { name, size, bytes, isCompressed } of entries) {
      if (isOver) return
      const options = {
        mtime: new Date(at),
        mode: 0o100644,
        ...(isCompressed ? { compress: false } : { compressionLevel: 1 }),
      }
      if (Buffer.isBuffer(bytes)) {
        zip.addBuffer(bytes, name, options)
        continue
      }
      const stream = Readable.from(bytes, { objectMode: false, highWaterMark: 256 * 1024 })
      current = stream
      const gone = new Promise<void>((resolve, reject) => {
        stream.once('error', reject)
        stream.once('close', resolve)
      })
      zip.addReadStream(stream, name, { ...options, ...(size !== undefined && { size }) })
      await gone
      if (isOver) return
    }
    zip.end()
  }

  fill().catch((error: Error) => output.destroy(error))
  return output
}
