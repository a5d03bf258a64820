import { Agent, request as httpRequest } from 'node:http'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { TlsTrust } from '../models/destination.ts'
import { offsetOf, readCapped, retryAtOf } from './http-answer.ts'
import type { HttpProblem } from './http-problem.ts'
import { openConnection } from './tls-connection.ts'

export type HttpBody =
  | { readonly kind: 'json'; readonly value: unknown }
  /** Sent as it comes; `open` is called once per attempt. `contentLength` in bytes, exact. */
  | {
      readonly kind: 'stream'
      readonly contentType: string
      readonly contentLength: number
      readonly open: () => Readable
    }

export type HttpCall = {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: HttpBody
  /** Most bytes an answer may have; 1 MiB when absent. */
  readonly maxAnswerBytes?: number
  /** Ends the attempt from outside, as when the station stops. */
  readonly signal?: AbortSignal
}

export type HttpResult =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly contentType: string
      readonly body: Buffer
      /** The server's clock (its Date header, whole seconds) minus ours, milliseconds; undefined without such a header. */
      readonly clockOffsetMs: number | undefined
      /** When the server wants to be asked again (Retry-After in seconds, RFC 9110 10.2.3; at most an hour), epoch milliseconds. */
      readonly retryAt?: number
    }
  | {
      readonly kind: 'failed'
      readonly problem: HttpProblem
      /** How much of the request had left. 'wholly': the other side may have done what was asked. */
      readonly sent: 'nothing' | 'partly' | 'wholly'
    }

/** Sends one POST. Never throws, never follows a redirect, never repeats by itself. */
export type HttpTransport = (call: HttpCall) => Promise<HttpResult>

export type HttpTimeouts = {
  /** From the first packet to the verified connection. */
  readonly connectMs: number
  /** From the last byte of the request to the answer's head. */
  readonly headersMs: number
  /** Longest time in which not one byte moves while the request is being sent. */
  readonly noProgressMs: number
  /** From the answer's head to its last byte. */
  readonly answerMs: number
}

export const defaultTimeouts: HttpTimeouts = {
  connectMs: 10_000,
  headersMs: 60_000,
  noProgressMs: 30_000,
  answerMs: 30_000,
}

const oneMebibyte = 1024 * 1024

/** How long an unused connection is kept for the next call: shorter than the servers' usual five seconds. */
const idleMs = 4000

/**
 * One transport per destination: its trust, its time-outs, its connections. A connection is used again by the next call, so that
 * hundreds of images don't need hundreds of TLS handshakes. `clock` gives epoch milliseconds.
 */
export function createHttpTransport(options: {
  readonly clock: () => number
  readonly tls?: TlsTrust
  readonly timeouts?: Partial<HttpTimeouts>
}): HttpTransport {
  const timeouts = { ...defaultTimeouts, ...options.timeouts }
  const agent = verifyingAgent(options.tls, timeouts.connectMs)
  return (call) => {
    const url = URL.parse(call.url)
    if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
      return Promise.resolve({ kind: 'failed', problem: 'bad-address', sent: 'nothing' })
    }
    return exchange(url, call, agent, timeouts, options.clock)
  }
}

/** Node's pool of connections, with each new one verified before a request gets it. */
function verifyingAgent(tls: TlsTrust | undefined, connectMs: number): Agent {
  const agent = new Agent({ keepAlive: true, timeout: idleMs })
  agent.createConnection = (options, connected) => {
    const { address, signal } = options as { readonly address?: URL; readonly signal?: AbortSignal }
    openConnection(address ?? new URL('http://invalid'), tls, connectMs, signal).then((connection) => {
      if (connection.kind === 'open') connected?.(null, connection.socket)
      else connected?.(new ConnectionFailure(connection.problem), new Socket())
    })
    return undefined
  }
  return agent
}

class ConnectionFailure extends Error {
  readonly problem: HttpProblem

  constructor(problem: HttpProblem) {
    super(problem)
    this.problem = problem
  }
}

function exchange(
  url: URL,
  call: HttpCall,
  agent: Agent,
  timeouts: HttpTimeouts,
  clock: () => number,
): Promise<HttpResult> {
  const { promise, resolve } = Promise.withResolvers<HttpResult>()
  const json = call.body.kind === 'json' ? Buffer.from(JSON.stringify(call.body.value)) : undefined
  let source: Readable | undefined
  let socket: Socket | undefined
  let bytesBefore = 0
  let wholly = false
  let isAnswering = false
  let isSettled = false
  let timer: NodeJS.Timeout | undefined

  const request = httpRequest({
    agent,
    method: 'POST',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    path: url.pathname + url.search,
    headers: {
      Host: url.host,
      Accept: 'application/json',
      'Content-Type': call.body.kind === 'json' ? 'application/json;charset=utf-8' : call.body.contentType,
      'Content-Length': json ? json.length : call.body.kind === 'stream' ? call.body.contentLength : 0,
      ...call.headers,
    },
    // Handed on to `createConnection` above.
    ...{ address: url },
    ...(call.signal ? { signal: call.signal } : {}),
  })

  const settle = (result: HttpResult) => {
    if (isSettled) return
    isSettled = true
    clearTimeout(timer)
    call.signal?.removeEventListener('abort', onAbort)
    resolve(result)
    source?.destroy()
    // After a whole exchange the connection stays for the next call.
    if (result.kind === 'failed' || !wholly) request.destroy()
  }
  const fail = (problem: HttpProblem) => {
    const sent = wholly ? 'wholly' : (socket?.bytesWritten ?? 0) > bytesBefore ? 'partly' : 'nothing'
    settle({ kind: 'failed', problem, sent })
  }
  const onAbort = () => fail('stopped')
  const expectAnswerWithin = (ms: number, problem: HttpProblem) => {
    clearTimeout(timer)
    timer = setTimeout(() => fail(problem), ms)
  }
  const watchSending = (before: number) => {
    timer = setTimeout(() => {
      const sent = socket?.bytesWritten ?? 0
      if (sent === before) fail('stalled')
      else watchSending(sent)
    }, timeouts.noProgressMs)
  }

  call.signal?.addEventListener('abort', onAbort, { once: true })
  request.on('socket', (given) => {
    socket = given
    bytesBefore = given.bytesWritten
    if (!isSettled) watchSending(bytesBefore)
  })
  request.on('finish', () => {
    wholly = true
    // A refusal may come before everything was sent.
    if (!isAnswering && !isSettled) expectAnswerWithin(timeouts.headersMs, 'no-answer')
  })
  request.on('error', (error) => fail(error instanceof ConnectionFailure ? error.problem : 'reset'))
  request.on('response', (response) => {
    isAnswering = true
    expectAnswerWithin(timeouts.answerMs, 'answer-too-slow')
    readCapped(response, call.maxAnswerBytes ?? oneMebibyte).then(
      (body) => {
        if (body === undefined) return fail('answer-too-large')
        const { headers, statusCode: status = 0 } = response
        const contentType = headers['content-type'] ?? ''
        const now = clock()
        const retryAt = retryAtOf(headers['retry-after'], now)
        settle({ kind: 'answered', status, contentType, body, clockOffsetMs: offsetOf(headers.date, now), ...retryAt })
      },
      () => fail('answer-cut'),
    )
  })

  if (call.signal?.aborted) fail('stopped')
  else if (json) request.end(json)
  else if (call.body.kind === 'stream') {
    source = call.body.open()
    source.on('error', () => fail('file-unreadable'))
    source.pipe(request)
  }
  return promise
}
