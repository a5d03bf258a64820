import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import iconv from 'iconv-lite'
import { assertNever } from '../../shared/assert-never.ts'
import type { Fault } from './fault-script.ts'

/** Faults that answer without doing anything. */
export type EarlyFault = Extract<Fault, { readonly kind: 'answer-code' | 'http-status' | 'html' | 'redirect' }>
/** Faults that do what was asked and spoil the answer. */
export type LateFault = Exclude<Fault, EarlyFault | { readonly kind: 'reset-before-body' }>

export function isEarly(fault: Fault): fault is EarlyFault {
  return ['answer-code', 'http-status', 'html', 'redirect'].includes(fault.kind)
}

const page = '<!doctype html><title>网络登录</title><p>请先登录网络</p>'
const html = 'text/html; charset=utf-8'

/** `refusal` words a code as this cloud does. */
export async function answerEarly(
  response: ServerResponse,
  fault: EarlyFault,
  refusal: (code: number, message: string) => object,
): Promise<void> {
  switch (fault.kind) {
    case 'answer-code': {
      const body = JSON.stringify(refusal(fault.code, fault.message ?? '训练故障'))
      return send(response, fault.httpStatus ?? 200, 'application/json;charset=utf-8', body)
    }
    case 'http-status':
      if (fault.retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(fault.retryAfterSeconds))
      return send(response, fault.status, 'text/plain', '')
    case 'html':
      return send(response, fault.status ?? 200, html, page)
    case 'redirect':
      response.setHeader('Location', fault.location)
      return send(response, fault.status ?? 302, 'text/plain', '')
    default:
      assertNever(fault)
  }
}

/** The answer was going to be `bytes`. */
export async function spoilAnswer(
  response: ServerResponse,
  fault: LateFault,
  contentType: string,
  bytes: Buffer,
): Promise<void> {
  const half = Math.floor(bytes.length / 2)
  switch (fault.kind) {
    case 'cut-json':
      return send(response, 200, contentType, bytes.subarray(0, half))
    case 'empty-body':
      return send(response, 200, contentType, '')
    case 'reset-after-processing':
      response.socket?.resetAndDestroy()
      return
    case 'slow':
      await wait(fault.ms)
      return send(response, 200, contentType, bytes)
    case 'slow-body':
      response.writeHead(200, { 'Content-Type': contentType, 'Content-Length': bytes.length })
      response.write(bytes.subarray(0, half))
      await wait(fault.ms)
      response.end(bytes.subarray(half))
      return
    case 'odd-answer':
      return sendOddly(response, fault.how, contentType, bytes)
    default:
      assertNever(fault)
  }
}

async function sendOddly(
  response: ServerResponse,
  how: Extract<Fault, { readonly kind: 'odd-answer' }>['how'],
  contentType: string,
  bytes: Buffer,
): Promise<void> {
  switch (how) {
    case 'bom':
      return send(response, 200, contentType, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]))
    case 'gbk':
      return send(response, 200, 'application/json;charset=GBK', iconv.encode(bytes.toString('utf8'), 'gbk'))
    case 'duplicate-keys':
      return send(response, 200, contentType, bytes.toString('utf8').replace('{', '{"code":500,'))
    case 'content-type':
      return send(response, 200, 'text/html', bytes)
    default:
      assertNever(how)
  }
}

export function send(response: ServerResponse, status: number, contentType: string, body: string | Buffer): void {
  const length = status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) }
  response.writeHead(status, { 'Content-Type': contentType, ...length })
  response.end(body)
}
