import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { uploadSilenceMs, watchUpload } from '../../electron/station/api/silent-upload.ts'
import { errorSchema } from '../../shared/api/views.ts'

const silenceMs = 300
let server: Server
let sender: Socket
afterEach(() => {
  sender.destroy()
  server.close()
})

/** What the station read of a body, and whether that came to its end. */
type Reading = Promise<{ bytes: number; broke: boolean }>

/** One request whose body is said to have so many bytes; the test says what comes of it. */
async function upload(length: number, read: (request: IncomingMessage) => Reading) {
  const { promise, resolve } = Promise.withResolvers<Awaited<Reading>>()
  server = createServer((request, response) => {
    watchUpload(request, response, silenceMs)
    read(request).then((result) => {
      if (!response.destroyed) response.end('taken')
      resolve(result)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  sender = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
  const answer: Buffer[] = []
  sender.on('data', (chunk: Buffer) => answer.push(chunk)).on('error', () => {})
  const closed = once(sender, 'close')
  sender.write(`POST / HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`)
  return { reading: promise, answer: () => Buffer.concat(answer).toString('utf8'), closed }
}

async function readAll(request: IncomingMessage): Reading {
  let bytes = 0
  try {
    for await (const chunk of request) bytes += (chunk as Buffer).length
    return { bytes, broke: false }
  } catch {
    return { bytes, broke: true }
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('the sender of an upload', () => {
  test('that goes silent in the middle is told so, and its reading comes to an end', async () => {
    const { reading, answer, closed } = await upload(1000, readAll)
    sender.write(Buffer.alloc(400))
    expect(await reading).toEqual({ bytes: 400, broke: true })
    await closed
    const [head = '', body = ''] = answer().split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 408 /)
    expect(errorSchema.parse(JSON.parse(body)).error.code).toBe('REQUEST-SLOW')
  })

  test('that brings a little again and again may take as long as it likes', async () => {
    const { reading, answer, closed } = await upload(20, readAll)
    for (let byte = 0; byte < 20; byte++) {
      await pause(silenceMs / 6)
      sender.write('x')
    }
    expect(await reading).toEqual({ bytes: 20, broke: false })
    await closed
    expect(answer()).toContain('taken')
  })

  test('waits without blame while the station itself does not read, and while it works behind the last byte', async () => {
    const length = 4 * 1024 * 1024
    const { reading, answer, closed } = await upload(length, async (request) => {
      await pause(silenceMs * 3)
      const read = await readAll(request)
      await pause(silenceMs * 3)
      return read
    })
    sender.write(Buffer.alloc(length))
    expect(await reading).toEqual({ bytes: length, broke: false })
    await closed
    expect(answer()).toContain('taken')
  })

  test('has two minutes at the station', () => {
    expect(uploadSilenceMs).toBe(120_000)
  })
})
