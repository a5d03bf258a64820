import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError } from 'fastify'
import type { ErrorAnswer } from '../../../shared/api/views.ts'
import { describeProblem, type Problem } from '../../../shared/problems/problem.ts'
import { safeHeaders } from './guard.ts'

/** Fastify's own refusals, by their codes; https://fastify.dev/docs/latest/Reference/Errors/ */
const byCode: Readonly<Record<string, Problem>> = {
  FST_ERR_BAD_URL: { code: 'ADDRESS-BROKEN' },
  FST_STATIC_FORBIDDEN_PATH: { code: 'NOT-FOUND', with: { what: '这个地址' } },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'ADDRESS-TOO-LONG' },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'NOT-JSON' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'NOT-JSON' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'MEDIA-TYPE' },
  FST_ERR_CTP_EMPTY_TYPE: { code: 'MEDIA-TYPE' },
  FST_INVALID_MULTIPART_CONTENT_TYPE: { code: 'MEDIA-TYPE' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: 'NOT-HTTP' },
}
const byStatus: Readonly<Record<number, Problem>> = {
  404: { code: 'NOT-FOUND', with: { what: '这个地址' } },
  413: { code: 'TOO-LARGE' },
  414: { code: 'ADDRESS-TOO-LONG' },
  415: { code: 'MEDIA-TYPE' },
}

/** What a refusal by the server itself is to people; undefined: it is none, something broke. */
export function serverRefusal({ code, statusCode }: Pick<FastifyError, 'code' | 'statusCode'>): Problem | undefined {
  if (statusCode === undefined || statusCode >= 500) return undefined
  return byCode[code] ?? byStatus[statusCode] ?? { code: 'REQUEST-REFUSED', with: { detail: code ?? statusCode } }
}

/** Errors of the parser and of the clock: https://nodejs.org/api/http.html#event-clienterror */
function parserRefusal(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW' || code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return { code: 'HEAD-TOO-LONG' }
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? { code: 'REQUEST-SLOW' } : { code: 'NOT-HTTP' }
}

/** The sender may still be talking: cut off in mid-sentence it would see a broken pipe and no words. */
const lingerMs = 2000

/** Answers bytes that never became a request, in the same shape as everything else, and ends their connection. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, ...words } = describeProblem(parserRefusal(error.code))
  const body = JSON.stringify({ error: words } satisfies ErrorAnswer)
  const head = {
    ...safeHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    connection: 'close',
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
  socket.resume()
  socket.setTimeout(lingerMs, () => socket.destroy())
  setTimeout(() => socket.destroy(), lingerMs).unref()
}
