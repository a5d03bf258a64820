import { X509Certificate } from 'node:crypto'
import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { TlsTrust } from '../models/destination.ts'
import type { HttpProblem } from './http-problem.ts'

export type Connection =
  | { readonly kind: 'open'; readonly socket: Socket }
  | { readonly kind: 'failed'; readonly problem: HttpProblem }

/**
 * A connection whose other end has been verified before one byte of a request is written.
 * Trust: a CA file (PEM) verifies the chain and the host name; a pinned SHA-256 fingerprint verifies the certificate itself, which is
 * what a private certificate on an IP address needs; with both, both must hold; with neither, the system's authorities.
 */
export function openConnection(
  url: URL,
  trust: TlsTrust | undefined,
  connectMs: number,
  signal?: AbortSignal,
): Promise<Connection> {
  const { promise, resolve } = Promise.withResolvers<Connection>()
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const secure = url.protocol === 'https:'
  const port = Number(url.port) || (secure ? 443 : 80)
  const pin = trust?.fingerprint ? normalFingerprint(trust.fingerprint) : undefined
  const pinAlone = pin !== undefined && !trust?.caPem

  if (secure && trust?.caPem && !isCertificate(trust.caPem)) {
    return Promise.resolve({ kind: 'failed', problem: 'bad-trust-settings' })
  }
  const socket: Socket | TLSSocket = secure
    ? connectTls({
        host,
        port,
        ...(trust?.caPem ? { ca: trust.caPem } : {}),
        ...(isIP(host) ? {} : { servername: host }),
        // With a pin alone the chain proves nothing: the certificate itself is compared below, before anything is sent.
        rejectUnauthorized: !pinAlone,
      })
    : connectPlain({ host, port })
  const settle = (connection: Connection) => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
    socket.off('error', onError)
    // Until the request takes over, a late error has nobody else to hear it.
    socket.on('error', () => {})
    if (connection.kind === 'failed') socket.destroy()
    resolve(connection)
  }
  const onError = (error: Error) => settle({ kind: 'failed', problem: problemOfConnection(error) })
  const onAbort = () => settle({ kind: 'failed', problem: 'stopped' })
  const timer = setTimeout(() => settle({ kind: 'failed', problem: 'connect-timeout' }), connectMs)
  socket.on('error', onError)
  if (signal?.aborted) onAbort()
  signal?.addEventListener('abort', onAbort, { once: true })
  socket.once(secure ? 'secureConnect' : 'connect', () => {
    socket.setNoDelay(true)
    if (pin === undefined || !secure) return settle({ kind: 'open', socket })
    const shown = normalFingerprint((socket as TLSSocket).getPeerX509Certificate()?.fingerprint256 ?? '')
    settle(shown === pin ? { kind: 'open', socket } : { kind: 'failed', problem: 'certificate-changed' })
  })
  return promise
}

/** Node passes over a CA file that it can't read, which would look like an untrusted server. */
function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}

/** Hex digits only, lower case: fingerprints are written with and without colons. */
export const normalFingerprint = (text: string): string => text.replace(/[^0-9a-fA-F]/g, '').toLowerCase()

/** Node's and OpenSSL's error codes, https://nodejs.org/api/tls.html#x509-certificate-error-codes. */
export function problemOfConnection(error: Error): HttpProblem {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return 'name-not-found'
    case 'ECONNREFUSED':
      return 'refused'
    case 'ETIMEDOUT':
      return 'connect-timeout'
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return 'unreachable'
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return 'certificate-date'
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'certificate-name'
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO|INVALID_CA|HOSTNAME_MISMATCH|PATH_LENGTH|INVALID_PURPOSE/.test(code)) {
    return 'certificate-untrusted'
  }
  return /SSL|TLS|EPROTO/.test(code) ? 'not-tls' : 'reset'
}
