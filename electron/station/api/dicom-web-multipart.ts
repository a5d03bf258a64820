import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'

/** One part of a multipart/related answer; its body is read when its turn comes. */
export type Part = {
  readonly contentType: string
  readonly contentLocation?: string
  readonly body: () => AsyncIterable<Uint8Array>
}

export type MultipartAnswer = { readonly contentType: string; readonly stream: Readable }

/**
 * Parts one after another (RFC 2387, PS3.18 8.7.1), read only as fast as the client takes them; a client that goes away ends the
 * reading. `type`: the media type of the parts.
 */
export function multipartAnswer(type: string, parts: AsyncIterable<Part> | Iterable<Part>): MultipartAnswer {
  const boundary = `yingzhan-${randomUUID()}`
  return {
    contentType: `multipart/related; type="${type}"; boundary=${boundary}`,
    stream: Readable.from(written(parts, boundary), { objectMode: false, highWaterMark: 256 * 1024 }),
  }
}

async function* written(parts: AsyncIterable<Part> | Iterable<Part>, boundary: string): AsyncGenerator<Uint8Array> {
  for await (const { contentType, contentLocation, body } of parts) {
    const location = contentLocation ? `Content-Location: ${contentLocation}\r\n` : ''
    yield Buffer.from(`--${boundary}\r\nContent-Type: ${contentType}\r\n${location}\r\n`)
    yield* body()
    yield Buffer.from('\r\n')
  }
  yield Buffer.from(`--${boundary}--\r\n`)
}
