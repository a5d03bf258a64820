import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FaultScript } from './fault-script.ts'
import { actOnForm, type TrainingDesk, trainingPage } from './training-page.ts'
import { answerEarly, isEarly, send, spoilAnswer } from './wrong-answers.ts'

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
  /** The training page at '/', where faults and states are switched by hand. */
  readonly desk?: TrainingDesk
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
  if (request.method === 'GET') return answerBrowser(cloud, path, response)
  if (request.method !== 'POST') return send(response, 404, 'text/plain', '')
  if (path.startsWith('/_training/')) return actForBrowser(cloud, path, request, response)
  const call = cloud.callOf(path)
  if (call === undefined) return send(response, 404, 'text/plain', '')
  const fault = cloud.faults.take(call)
  if (fault?.kind === 'reset-before-body') {
    request.socket.resetAndDestroy()
    return
  }
  if (fault && isEarly(fault)) {
    await drain(request)
    return answerEarly(response, fault, cloud.refusal)
  }
  const result = await cloud.handle(call, request)
  if (!result) return send(response, 404, 'text/plain', '')
  const bytes = result.kind === 'json' ? Buffer.from(JSON.stringify(result.value)) : result.bytes
  const contentType = result.kind === 'json' ? 'application/json;charset=utf-8' : result.contentType
  if (fault) return spoilAnswer(response, fault, contentType, bytes)
  send(response, 200, contentType, bytes)
}

async function answerBrowser(cloud: SimulatedCloud, path: string, response: ServerResponse): Promise<void> {
  if (path === '/_ledger') {
    return send(response, 200, 'application/json;charset=utf-8', JSON.stringify(cloud.ledger(), null, 1))
  }
  const page =
    path === '/' && cloud.desk ? trainingPage(cloud.desk, cloud.faults.pending(), cloud.clock()) : cloud.page?.(path)
  if (page === undefined) return send(response, 404, 'text/plain', '')
  send(response, 200, 'text/html; charset=utf-8', page)
}

/** A form of the training page. Another site's page may not post here: its Origin is not ours. */
async function actForBrowser(
  cloud: SimulatedCloud,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { origin, host } = request.headers
  const isOurs = origin === undefined || origin === `http://${host}`
  const form = new URLSearchParams((await readText(request, 10_000)) ?? '')
  const action = path.slice('/_training/'.length)
  if (!isOurs || !cloud.desk || !actOnForm(cloud.desk, action, form, cloud.faults)) {
    return send(response, 400, 'text/plain; charset=utf-8', '无法执行')
  }
  response.setHeader('Location', '/')
  send(response, 303, 'text/plain', '')
}

async function drain(request: IncomingMessage): Promise<void> {
  for await (const _ of request) {
    // Read so that the client has sent everything.
  }
}

/** A JSON object of at most 4 MiB, undefined for anything else. */
export async function readJsonObject(request: IncomingMessage): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return undefined
  const text = await readText(request, 4 * 1024 * 1024)
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}

/** UTF-8 of at most `most` bytes. */
async function readText(request: IncomingMessage, most: number): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) return undefined
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    return undefined
  }
}
