import { request as httpRequest } from 'node:http'
import type { HttpProblem } from '../../../shared/clouds/http-problem.ts'
import { openConnection, problemOfConnection } from '../../../shared/clouds/tls-connection.ts'
import type { TlsTrust } from '../../../shared/models/destination.ts'
import type { FindHost } from './find-host.ts'
import { type AddressFinding, type AnswerHead, nextQuestion } from './judge-address.ts'

/** What the address of a QR is asked with. */
export type AskingSources = {
  readonly findHost: FindHost
  /** Host names of the clouds in use: one of them that leads to the open internet shows that names are answered from there. */
  readonly cloudHosts: () => readonly string[]
  /** How a cloud's own certificate is trusted; undefined for hosts that are none of ours. */
  readonly trustOf: (host: string) => TlsTrust | undefined
}

const mostRedirects = 3
const connectMs = 2500

/**
 * Asks as a phone would that scanned it, and reads no body: HEAD, then GET where HEAD settles nothing; at most three redirects. Sends no
 * cookie and nothing of the station. Ends with `signal`. Never throws.
 */
export async function askAddress(
  address: string,
  sources: AskingSources,
  signal: AbortSignal,
): Promise<AddressFinding> {
  let url = new URL(address)
  let method: 'HEAD' | 'GET' = 'HEAD'
  for (let followed = 0; ; ) {
    const missing = await missingName(url, sources, signal)
    if (missing) return missing
    const head = await headOf(url, method, sources.trustOf(hostOf(url)), signal)
    if ('problem' in head) return { kind: 'failed', problem: head.problem }
    const next = nextQuestion(url, method, head)
    switch (next.kind) {
      case 'done':
        return { kind: 'status', status: head.status }
      case 'ask-with-get':
        method = 'GET'
        break
      case 'follow':
        followed += 1
        if (followed > mostRedirects) return { kind: 'too-many-redirects' }
        url = next.url
        method = 'HEAD'
    }
  }
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

async function missingName(
  url: URL,
  { findHost, cloudHosts }: AskingSources,
  signal: AbortSignal,
): Promise<AddressFinding | undefined> {
  const found = await findHost(hostOf(url), signal)
  if (found === 'unknown') return { kind: 'failed', problem: 'name-not-found' }
  if (found !== 'no-such-name') return undefined
  for (const host of cloudHosts())
    if (host !== hostOf(url) && (await findHost(host, signal)) === 'open')
      return { kind: 'no-such-name', isOnline: true }
  return { kind: 'no-such-name', isOnline: false }
}

async function headOf(
  url: URL,
  method: 'HEAD' | 'GET',
  trust: TlsTrust | undefined,
  signal: AbortSignal,
): Promise<AnswerHead | { readonly problem: HttpProblem }> {
  const connection = await openConnection(url, trust, connectMs, signal)
  if (connection.kind === 'failed') return { problem: connection.problem }
  return new Promise((resolve) => {
    const request = httpRequest({
      method,
      path: url.pathname + url.search,
      headers: { Host: url.host, Accept: 'text/html,*/*', 'User-Agent': 'Mozilla/5.0 (compatible; Yingzhan)' },
      createConnection: () => connection.socket,
      signal,
    })
    request.on('error', (error) => resolve({ problem: signal.aborted ? 'no-answer' : problemOfConnection(error) }))
    request.on('response', (response) => {
      resolve({ status: response.statusCode ?? 0, location: response.headers.location })
      request.destroy()
    })
    request.end()
  })
}
