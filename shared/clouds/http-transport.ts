import type { IncomingMessage } from 'node:http'
import { request as httpRequest } from 'node:http'
import type { Readable } from 'node:stream'
import type { TlsTrust } from '../models/destination.ts'
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

/** One transport per destination: its trust and its time-outs. `clock` gives epoch milliseconds. */
export function createHttpTransport(options: {
  readonly clock: () => number
  readonly tls?: TlsTrust
  readonly timeouts?: Partial<HttpTimeouts>
}): HttpTransport {
  const timeouts = { ...defaultTimeouts, ...options.timeouts }
  return async (call) => {
    const url = URL.parse(call.url)
    if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
      return { kind: 'failed', problem: 'bad-address', sent: 'nothing' }
    }
    const connection = await openConnection(url, options.tls, timeouts.connectMs, call.signal)
    if (connection.kind === 'failed') return { kind: 'failed', problem: connection.problem, sent: 'nothing' }
    return exchange(url, call, connection.socket, timeouts, options.clock)
  }
}

type Socket = Extract<Awaited<ReturnType<typeof openConnection>>, { kind: 'open' }>['socket']

function exchange(
  url: URL,
  call: HttpCall,
  socket: Socket,
  timeouts: HttpTimeouts,
  clock: () => number,
): Promise<HttpResult> {
  const { promise, resolve } = Promise.withResolvers<HttpResult>()
  const bytesBefore = socket.bytesWritten
  let wholly = false
  let answered = false
  let timer: NodeJS.Timeout | undefined
  let source: Readable | undefined
  let watched = socket.bytesWritten

  const json = call.body.kind === 'json' ? Buffer.from(JSON.stringify(call.body.value)) : undefined
  const request = httpRequest({
    method: 'POST',
    host: url.hostname,
    path: url.pathname + url.search,
    headers: {
      Host: url.host,
      Accept: 'application/json',
      'Content-Type': call.body.kind === 'json' ? 'application/json;charset=utf-8' : call.body.contentType,
      'Content-Length': json ? json.length : call.body.kind === 'stream' ? call.body.contentLength : 0,
      Connection: 'close',
      ...call.headers,
    },
    createConnection: () => socket,
  })

  const settle = (result: HttpResult) => {
    if (answered) return
    answered = true
    clearTimeout(timer)
    call.signal?.removeEventListener('abort', onAbort)
    resolve(result)
    source?.destroy()
    request.destroy()
    socket.destroy()
  }
  const fail = (problem: HttpProblem) => {
    const sent = wholly ? 'wholly' : socket.bytesWritten > bytesBefore ? 'partly' : 'nothing'
    settle({ kind: 'failed', problem, sent })
  }
  const onAbort = () => fail('stopped')
  const expectAnswerWithin = (ms: number, problem: HttpProblem) => {
    clearTimeout(timer)
    timer = setTimeout(() => fail(problem), ms)
  }
  const watchSending = () => {
    timer = setTimeout(() => {
      if (socket.bytesWritten === watched) return fail('stalled')
      watched = socket.bytesWritten
      watchSending()
    }, timeouts.noProgressMs)
  }

  watchSending()
  call.signal?.addEventListener('abort', onAbort, { once: true })
  let isAnswering = false
  request.on('finish', () => {
    wholly = true
    // A refusal may come before everything was sent.
    if (!isAnswering) expectAnswerWithin(timeouts.headersMs, 'no-answer')
  })
  request.on('error', () => fail('reset'))
  request.on('response', (response) => {
    isAnswering = true
    expectAnswerWithin(timeouts.answerMs, 'answer-too-slow')
    const cap = call.maxAnswerBytes ?? oneMebibyte
    readCapped(response, cap).then(
      (body) => {
        if (body === undefined) return fail('answer-too-large')
        const { headers, statusCode: status = 0 } = response
        const contentType = headers['content-type'] ?? ''
        settle({ kind: 'answered', status, contentType, body, clockOffsetMs: offsetOf(headers.date, clock()) })
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

/** The whole answer, or undefined when it is longer than `cap` bytes. Rejects when the connection ends before the answer does. */
async function readCapped(response: IncomingMessage, cap: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > cap) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function offsetOf(date: string | undefined, now: number): number | undefined {
  const serverTime = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(serverTime) ? undefined : serverTime - now
}
