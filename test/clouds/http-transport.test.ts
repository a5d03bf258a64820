import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpTransport, type HttpTimeouts } from '../../shared/clouds/http-transport.ts'
import { readAnswer } from '../../shared/clouds/read-answer.ts'
import type { TlsTrust } from '../../shared/models/destination.ts'
import { testCertificate, testCertificateKey, testFingerprint } from './test-certificate.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    if ('closeAllConnections' in server && typeof server.closeAllConnections === 'function')
      server.closeAllConnections()
  }
})

async function listen(server: Server): Promise<string> {
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}
const plain = async (listener: RequestListener) => `http://${await listen(createServer(listener))}`

const now = 1_772_676_000_000
const post = (
  url: string,
  options: { tls?: TlsTrust; timeouts?: Partial<HttpTimeouts>; body?: Readable; length?: number } = {},
) => {
  const timeouts = { connectMs: 500, headersMs: 300, noProgressMs: 200, answerMs: 300, ...options.timeouts }
  const transport = createHttpTransport({ clock: () => now, timeouts, ...(options.tls ? { tls: options.tls } : {}) })
  const { body, length = 0 } = options
  return transport({
    url,
    body: body
      ? { kind: 'stream', contentType: 'application/octet-stream', contentLength: length, open: () => body }
      : { kind: 'json', value: { name: '王秀英' } },
  })
}

describe('the transport', () => {
  it('posts JSON in UTF-8 with its length, and brings the answer and the clock of the server', async () => {
    let seen = ''
    const url = await plain(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
      seen = `${request.method} ${request.url} ${request.headers['content-type']} ${request.headers['content-length']} ${Buffer.concat(chunks)}`
      response.setHeader('Date', new Date(now + 120_000).toUTCString())
      response.end('{"code":0}')
    })
    const result = await post(`${url}/ris/study/add`)
    expect(seen).toBe('POST /ris/study/add application/json;charset=utf-8 20 {"name":"王秀英"}')
    expect(result).toMatchObject({ kind: 'answered', status: 200, clockOffsetMs: 120_000 })
  })

  it('never follows a redirect', async () => {
    let visits = 0
    const other = await plain((_, response) => {
      visits += 1
      response.end()
    })
    for (const status of [301, 302, 303, 307, 308]) {
      const url = await plain((request, response) => {
        request.resume()
        response.writeHead(status, { Location: other }).end()
      })
      const result = await post(url)
      expect(readAnswer(result)).toMatchObject({
        kind: 'failure',
        failure: { kind: 'retry', reason: { code: 'CLOUD-REDIRECT' } },
      })
    }
    expect(visits).toBe(0)
  })

  it('reads at most 1 MiB of an answer', async () => {
    const answering = (size: number) => plain((_, response) => response.end(Buffer.alloc(size, ' ')))
    expect(await post(await answering(1024 * 1024))).toMatchObject({ kind: 'answered' })
    expect(await post(await answering(1024 * 1024 + 1))).toMatchObject({
      kind: 'failed',
      problem: 'answer-too-large',
      sent: 'wholly',
    })
  })

  it('says no-answer, answer-too-slow or answer-cut, and that the request had left', async () => {
    const silent = await plain((request) => request.resume())
    expect(await post(silent)).toMatchObject({ problem: 'no-answer', sent: 'wholly' })
    const dribbling = await plain((_, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'), 50)
      response.on('close', () => clearInterval(timer))
    })
    expect(await post(dribbling)).toMatchObject({ problem: 'answer-too-slow', sent: 'wholly' })
    const cutting = await plain((_, response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('half')
      setTimeout(() => response.destroy(), 20)
    })
    expect(await post(cutting)).toMatchObject({ problem: 'answer-cut', sent: 'wholly' })
  })

  it('gives up a connection that is never made, and one that stalls while sending', async () => {
    expect(await post('http://127.0.0.1:9')).toMatchObject({ problem: 'refused', sent: 'nothing' })
    expect(await post('https://no-such-host.invalid')).toMatchObject({ problem: 'name-not-found', sent: 'nothing' })
    expect(await post('ftp://127.0.0.1')).toMatchObject({ problem: 'bad-address', sent: 'nothing' })
    const mute = await listen(createTcpServer((socket) => socket.on('error', () => {})))
    expect(await post(`https://${mute}`)).toMatchObject({ problem: 'connect-timeout', sent: 'nothing' })
    const stalled = new Readable({ read() {} })
    stalled.push(Buffer.alloc(1000))
    const patient = await plain((request) => request.resume())
    expect(await post(patient, { body: stalled, length: 5000 })).toMatchObject({ problem: 'stalled', sent: 'partly' })
    expect(stalled.destroyed).toBe(true)
  })

  it('uses one connection for calls that follow each other, and a new one after the server has closed it', async () => {
    let connections = 0
    const server = createServer((request, response) => {
      request.resume()
      response.end('{}')
    })
    server.on('connection', () => {
      connections += 1
    })
    const url = `http://${await listen(server)}`
    const transport = createHttpTransport({ clock: () => now })
    const call = () => transport({ url, body: { kind: 'json', value: {} } })
    for (let turn = 0; turn < 5; turn += 1) expect(await call()).toMatchObject({ kind: 'answered' })
    expect(connections).toBe(1)
    server.closeAllConnections()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await call()).toMatchObject({ kind: 'answered' })
    expect(connections).toBe(2)
    await Promise.all([call(), call(), call()])
    expect(connections).toBeGreaterThan(2)
  })

  it('ends when it is told to', async () => {
    const silent = await plain((request) => request.resume())
    const transport = createHttpTransport({ clock: () => now })
    const signal = AbortSignal.timeout(50)
    expect(await transport({ url: silent, body: { kind: 'json', value: {} }, signal })).toMatchObject({
      problem: 'stopped',
    })
    expect(await transport({ url: silent, body: { kind: 'json', value: {} }, signal })).toMatchObject({
      problem: 'stopped',
      sent: 'nothing',
    })
  })
})

describe('the trust of the transport', () => {
  let requests = 0
  const secure = async () => {
    requests = 0
    const server = createTlsServer({ cert: testCertificate, key: testCertificateKey }, (request, response) => {
      requests += 1
      request.resume()
      response.end('{"code":0}')
    })
    return `https://${await listen(server)}`
  }

  it('refuses a certificate that nobody vouches for, before a byte is sent', async () => {
    expect(await post(await secure())).toMatchObject({ problem: 'certificate-untrusted', sent: 'nothing' })
    expect(requests).toBe(0)
  })

  it('takes it with its CA file, or with its fingerprint in any writing', async () => {
    expect(await post(await secure(), { tls: { caPem: testCertificate } })).toMatchObject({ kind: 'answered' })
    for (const fingerprint of [testFingerprint, testFingerprint.replaceAll(':', '').toLowerCase()]) {
      expect(await post(await secure(), { tls: { fingerprint } })).toMatchObject({ kind: 'answered' })
    }
    expect(await post(await secure(), { tls: { caPem: testCertificate, fingerprint: testFingerprint } })).toMatchObject(
      { kind: 'answered' },
    )
  })

  it('stops for the settings when the fingerprint is another one, before a byte is sent', async () => {
    const fingerprint = testFingerprint.replace(/^../, testFingerprint.startsWith('00') ? '11' : '00')
    for (const tls of [{ fingerprint }, { fingerprint, caPem: testCertificate }]) {
      const result = await post(await secure(), { tls })
      expect(readAnswer(result)).toMatchObject({
        failure: { kind: 'fix-settings', reason: { code: 'CLOUD-CERTIFICATE-CHANGED' } },
      })
      expect(requests).toBe(0)
    }
  })

  it('checks the name on a certificate that a CA file vouches for', async () => {
    const url = (await secure()).replace('127.0.0.1', 'localhost')
    expect(await post(url, { tls: { caPem: testCertificate } })).toMatchObject({
      problem: 'certificate-name',
      sent: 'nothing',
    })
  })

  it('says so when the CA file is none, and when the other side does not speak TLS', async () => {
    const broken = await post(await secure(), {
      tls: { caPem: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
    })
    expect(broken).toMatchObject({ kind: 'failed', problem: 'bad-trust-settings', sent: 'nothing' })
    const url = await plain((_, response) => response.end())
    expect(await post(url.replace('http:', 'https:'))).toMatchObject({ problem: 'not-tls', sent: 'nothing' })
  })
})

describe('reading an answer', () => {
  const answer = (body: string | Buffer, status = 200, contentType = 'application/json') =>
    readAnswer({ kind: 'answered', status, contentType, body: Buffer.from(body), clockOffsetMs: undefined })

  it('takes a JSON object in UTF-8, with a byte order mark, or in GBK', () => {
    const gbk = Buffer.concat([Buffer.from('{"code":200,"msg":"'), Buffer.from('b3c9b9a6', 'hex'), Buffer.from('"}')])
    expect(answer('{"code":200,"msg":"成功"}')).toMatchObject({ kind: 'json', body: { msg: '成功' } })
    expect(answer('\ufeff{"code":200,"msg":"成功"}')).toMatchObject({ kind: 'json', body: { msg: '成功' } })
    expect(answer(gbk, 200, 'application/json;charset=GBK')).toMatchObject({ kind: 'json', body: { msg: '成功' } })
    expect(answer(gbk)).toMatchObject({ kind: 'json', body: { msg: '成功' } })
  })

  it('takes nothing else for an answer', () => {
    for (const body of [
      '',
      '{"code":0',
      '[{"code":0}]',
      '0',
      'null',
      '"ok"',
      '{"code":0}{"code":0}',
      Buffer.from([0xff, 0xfe, 0x00]),
    ]) {
      expect(answer(body)).toMatchObject({
        kind: 'failure',
        failure: { kind: 'retry', reason: { code: 'CLOUD-JSON' } },
      })
    }
    expect(answer('<html>{"code":0}</html>')).toMatchObject({
      failure: { kind: 'retry', reason: { code: 'CLOUD-HTML' } },
    })
  })
})
