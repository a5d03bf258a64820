import { constants } from 'node:crypto'
import type { Socket } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'
import type { DicomTlsSettings } from '../settings/check-dicom-tls.ts'

/**
 * BCP 195 (RFC 9325) as PS3.15 B.12 asks for it: TLS 1.2 and 1.3 only, of 1.2 the suites with ephemeral keys and GCM; no renegotiation.
 */
const bcp195 = {
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
  ].join(':'),
  ecdhCurve: 'X25519:P-256:P-384:P-521',
  secureOptions: constants.SSL_OP_NO_RENEGOTIATION | constants.SSL_OP_CIPHER_SERVER_PREFERENCE,
} as const

/** Why a peer could not be let in over TLS, in OpenSSL's words. */
export class HandshakeFailure extends Error {}

/** Makes a connected socket a secured one. Rejects with HandshakeFailure; whoever has the socket decides how long it may take. */
export type Handshake = (socket: Socket) => Promise<TLSSocket>

/** Throws where OpenSSL cannot use the settings; `checkDicomTls` has looked at them before. */
export function createHandshake(settings: DicomTlsSettings): Handshake {
  const isRequired = settings.clientCertificate === 'required'
  const underWay = new Map<string, { secured(socket: TLSSocket): void; failed(why: string): void }>()
  const server = createServer({
    ...bcp195,
    cert: settings.certificate,
    key: settings.privateKey,
    ...(isRequired && { ca: settings.authorities, requestCert: true }),
    // Judged below, so that the reason can be told: Node would close the connection without a word.
    rejectUnauthorized: false,
  })
  server.on('secureConnection', (socket) => {
    socket.on('error', () => {})
    const waiting = underWay.get(endOf(socket))
    const why = isRequired && !socket.authorized ? String(socket.authorizationError ?? 'no certificate') : undefined
    if (waiting && why === undefined) return waiting.secured(socket)
    socket.destroy()
    waiting?.failed(why ?? 'closed')
  })
  server.on('tlsClientError', (error: Error & { readonly code?: string; readonly reason?: string }, socket) =>
    underWay.get(endOf(socket))?.failed(error.reason ?? error.code ?? error.message),
  )

  return (socket) => {
    const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>()
    const end = endOf(socket)
    const closed = () => failed('closed in the middle')
    const failed = (why: string) => {
      settle()
      reject(new HandshakeFailure(why))
    }
    const settle = () => {
      underWay.delete(end)
      socket.off('close', closed)
    }
    underWay.set(end, {
      secured(secured) {
        settle()
        resolve(secured)
      },
      failed,
    })
    socket.on('close', closed)
    server.emit('connection', socket)
    return promise
  }
}

/** The other end: two connections at a time never have the same. */
const endOf = (socket: Socket): string => `${socket.remoteAddress} ${socket.remotePort}`
