import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerBrokenRequest, serverRefusal } from '../../electron/station/api/broken-request.ts'
import { takenMethods } from '../../electron/station/api/taken-methods.ts'
import { errorSchema } from '../../shared/api/views.ts'
import { errorOf, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'

let station: StationForTests
beforeAll(async () => {
  // Without the desk's pages, which would be looked through for the long address.
  station = await startStation({ args: ['--training'], env: { STATION_DESK: '/nowhere' } })
}, 60_000)
afterAll(() => station.stop())

/** Says the text on a connection of its own and reads until the other side has ended it. */
async function talk(port: number, text: string): Promise<{ status: number; headers: string; body: string }> {
  const socket = connect({ host: '127.0.0.1', port })
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.on('error', () => {})
  socket.write(text)
  await new Promise((ended) => socket.once('close', ended))
  const [headers = '', body = ''] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n')
  return { status: Number(headers.split(' ')[1]), headers: headers.toLowerCase(), body }
}
const port = () => Number(new URL(station.url).port)
const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  station.send(method, path, {
    headers: { authorization: `Bearer ${station.token}`, ...headers },
    ...(body !== undefined && { body }),
  })

/** What happened, what to do and the code, in the language that people here read. */
function expectWords(text: string, code: string): void {
  const { error } = errorSchema.parse(JSON.parse(text))
  expect(error.code).toBe(code)
  expect(error.message).toMatch(/\p{Script=Han}/u)
  expect(error.action).toMatch(/\p{Script=Han}/u)
  expect(error.message + error.action).not.toMatch(/\{\w+\}/)
}

describe('what the server itself refuses is answered in words', () => {
  test('a search of 16 KB', async () => {
    const search = `/api/exams?text=${encodeURIComponent('长'.repeat(2000))}`
    const answer = await send('GET', search)
    expect(answer.status).toBe(431)
    expectWords(answer.text, 'HEAD-TOO-LONG')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })

  test('headers of a megabyte, whose sender is still talking', async () => {
    const head = `GET /api/exams HTTP/1.1\r\nHost: 127.0.0.1:${port()}\r\n${`X-A: ${'b'.repeat(1000)}\r\n`.repeat(1000)}\r\n`
    const answer = await talk(port(), head)
    expect(answer.status).toBe(431)
    expectWords(answer.body, 'HEAD-TOO-LONG')
  })

  test('a search of more than a thousand characters, which names its field', async () => {
    const answer = await send('GET', `/api/exams?text=${'x'.repeat(1001)}`)
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'BAD-REQUEST'])
    expect(Object.keys(errorOf(answer).fields ?? {})).toEqual(['text'])
  })

  test('an address whose part is longer than a name may be', async () => {
    const answer = await send('GET', `/api/exams/${'a'.repeat(9000)}`)
    expect(answer.status, answer.text).toBe(414)
    expectWords(answer.text, 'ADDRESS-TOO-LONG')
  })

  test.each(['/api/exams/%E0%A4%A', '/%', '/api/exams/%zz/cancel'])(
    'percent encoding that is none: %s',
    async (path) => {
      const answer = await send('GET', path)
      expect(answer.status).toBe(400)
      expectWords(answer.text, 'ADDRESS-BROKEN')
    },
  )

  test.each([
    ['DELETE', '/api/exams', 'GET, POST'],
    ['PUT', '/api/health', 'GET'],
    ['PATCH', '/api/exams/some/cancel', 'POST'],
    ['DELETE', '/dicom-web/studies', 'GET, POST'],
    ['PROPFIND', '/api/exams', 'GET, POST'],
  ])('%s on %s is told which methods are taken', async (method, path, allow) => {
    const answer = await send(method, path)
    expect([answer.status, answer.headers.allow]).toEqual([405, allow])
    expectWords(answer.text, 'METHOD-REFUSED')
  })

  test('an address that nobody serves', async () => {
    for (const path of ['/api/nowhere', '/api/exams/', '/x'.repeat(3000)]) {
      const answer = await send('GET', path)
      expect(answer.status, answer.text).toBe(404)
      expectWords(answer.text, 'NOT-FOUND')
    }
  })

  test.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'nonsense'])(
    'a body of type %s',
    async (type) => {
      const answer = await send('POST', '/api/exams', { 'content-type': type }, 'x')
      expect(answer.status, answer.text).toBe(415)
      expectWords(answer.text, 'MEDIA-TYPE')
    },
  )

  test('a file where none was sent', async () => {
    const answer = await send('POST', '/api/exams/none/attachments', {}, '{}')
    expect(answer.status).toBeLessThan(500)
    expect(errorSchema.safeParse(answer.json).success).toBe(true)
  })

  test('JSON that is none, is empty, or would poison', async () => {
    expectWords((await send('POST', '/api/exams', {}, '{"patient":')).text, 'NOT-JSON')
    expectWords((await send('POST', '/api/exams', {}, '')).text, 'NOT-JSON')
    const poison = await send('POST', '/api/exams', {}, '{"__proto__":{"x":1}}')
    expect(poison.status).toBe(400)
    expect(errorOf(poison).message).not.toMatch(/prototype|FST_/)
  })

  test.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a length below nothing', 'POST /api/exams HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
    [
      'two lengths',
      'POST /api/exams HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
  ])('%s', async (_what, text) => {
    const answer = await talk(port(), text)
    expect(answer.status).toBe(400)
    expectWords(answer.body, 'NOT-HTTP')
    expect(answer.headers).toContain('connection: close')
    expect(answer.headers).toContain('content-security-policy')
  })
})

test('a request that does not end in time is told so', async () => {
  const server: Server = createServer({ headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => answerBrokenRequest(error, socket as never))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const answer = await talk((server.address() as AddressInfo).port, 'GET /slow HTTP/1.1\r\nHost:')
  server.close()
  expect(answer.status).toBe(408)
  expectWords(answer.body, 'REQUEST-SLOW')
})

test('what broke within the station is no refusal', () => {
  expect(serverRefusal({ code: 'ANY', statusCode: 500 })).toBeUndefined()
  expect(serverRefusal({ code: 'ANY' } as never)).toBeUndefined()
  expect(serverRefusal({ code: 'FST_STATIC_FORBIDDEN_PATH', statusCode: 403 })?.code).toBe('NOT-FOUND')
  expect(serverRefusal({ code: 'FST_NEW', statusCode: 418 })).toEqual({
    code: 'REQUEST-REFUSED',
    with: { detail: 'FST_NEW' },
  })
})

test('the methods of an address are those of all paths that fit it', () => {
  const served = [
    { method: 'GET', path: '/a/:id' },
    { method: 'PUT', path: '/a/b' },
    { method: 'GET', path: '/files/*' },
  ]
  expect(takenMethods(served, '/a/b?c=/d')).toEqual(['GET', 'PUT'])
  expect(takenMethods(served, '/a/c')).toEqual(['GET'])
  expect(takenMethods(served, '/a/')).toEqual([])
  expect(takenMethods(served, '/files/x/y')).toEqual(['GET'])
  expect(takenMethods(served, '/files')).toEqual([])
})
