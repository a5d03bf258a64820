import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { assertNever } from '../../shared/assert-never.ts'
import type { FaultScript } from './fault-script.ts'

export type SimulatedAnswer =
  | { readonly kind: 'json'; readonly value: object }
  | { readonly kind: 'bytes'; readonly contentType: string; readonly bytes: Buffer }

export type SimulatedServer = { readonly url: string; readonly stop: () => Promise<void> }

/** What a simulated cloud puts behind the common front: HTTP on 127.0.0.1, a random port, the fault script, GET /_ledger. */
export type SimulatedCloud = {
  /** The call's name in a path ('/ris/study/add', '/interface/getToken'); undefined where there is no such address. */
  readonly callOf: (path: string) => string | undefined
  readonly faults: FaultScript
  /** What the Date header of every answer tells. */
  readonly clock: () => number
  readonly ledger: () => unknown
  /** Does what a call asks. Undefined: there is no such call. */
  readonly handle: (call: string, request: IncomingMessage) => Promise<SimulatedAnswer | undefined>
  /** A refusal in the words of this cloud. */
  readonly refusal: (code: number, message: string) => object
  /** What a browser gets, for addresses that the cloud hands out (the film page). */
  readonly page?: (path: string) => string | undefined
}

export async function startSimulatedServer(cloud: SimulatedCloud): Promise<SimulatedServer> {
  const server = createServer((request, response) => {
    answer(cloud, request, response).catch(() => request.socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(cloud: SimulatedCloud, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '/'
  response.setHeader('Date', new Date(cloud.clock()).toUTCString())
  if (request.method === 'GET') {
    if (path === '/_ledger') return sendJson(response, 200, cloud.ledger())
    const page = cloud.page?.(path)
    return page === undefined
      ? send(response, 404, 'text/plain', '')
      : send(response, 200, 'text/html; charset=utf-8', page)
  }
  const call = request.method === 'POST' ? cloud.callOf(path) : undefined
  if (call === undefined) return send(response, 404, 'text/plain', '')
  const fault = cloud.faults.take(call)
  if (fault?.kind === 'reset-before-body') {
    request.socket.resetAndDestroy()
    return
  }
  if (fault && ['answer-code', 'http-status', 'html', 'redirect'].includes(fault.kind)) await drain(request)
  switch (fault?.kind) {
    case 'answer-code':
      return sendJson(response, 200, cloud.refusal(fault.code, fault.message ?? '训练故障'))
    case 'http-status':
      return send(response, fault.status, 'text/plain', '')
    case 'html':
      return send(
        response,
        200,
        'text/html; charset=utf-8',
        '<!doctype html><title>网络登录</title><p>请先登录网络</p>',
      )
    case 'redirect':
      response.setHeader('Location', fault.location)
      return send(response, 302, 'text/plain', '')
  }
  const result = await cloud.handle(call, request)
  if (!result) return send(response, 404, 'text/plain', '')
  const bytes = result.kind === 'json' ? Buffer.from(JSON.stringify(result.value)) : result.bytes
  const contentType = result.kind === 'json' ? 'application/json;charset=utf-8' : result.contentType
  switch (fault?.kind) {
    case undefined:
      break
    case 'cut-json':
      return send(response, 200, contentType, bytes.subarray(0, Math.floor(bytes.length / 2)))
    case 'reset-after-processing':
      request.socket.resetAndDestroy()
      return
    case 'slow':
      await wait(fault.ms)
      break
    default:
      assertNever(fault)
  }
  send(response, 200, contentType, bytes)
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json;charset=utf-8', JSON.stringify(value, null, 1))
}

function send(response: ServerResponse, status: number, contentType: string, body: string | Buffer): void {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}

async function drain(request: IncomingMessage): Promise<void> {
  for await (const _ of request) {
    // Read so that the client has sent everything.
  }
}

/** A JSON object of at most 4 MiB, undefined for anything else. */
export async function readJsonObject(request: IncomingMessage): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return undefined
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > 4 * 1024 * 1024) return undefined
    chunks.push(chunk)
  }
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}
