import type { FastifyInstance } from 'fastify'
import { destinationOfCallback } from './callback-path.ts'
import { sendProblem } from './send-problem.ts'
import { isNamedViewer, welcomeViewer } from './viewer-origin.ts'

/** Nothing inline, nothing from elsewhere. antd writes its styles into the page, so styles may be inline; scripts may not. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  'frame-src blob:',
  'media-src blob:',
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** On every answer, refusals too. */
export const safeHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // The camera takes photos of request slips.
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
} as const

/**
 * Only this computer's own pages are answered: a page from elsewhere that was made to point here (DNS rebinding) names
 * another Host, and one that calls across sites has another Origin. The one exception are viewers whose origin was named.
 */
export function guard(server: FastifyInstance, port: () => number, viewerOrigins: () => readonly string[]): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(safeHeaders)
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`]
    if (!hosts.includes(request.headers.host ?? ''))
      return sendProblem(reply, { code: 'HOST-REFUSED', with: { header: 'Host' } })
    // A cloud's callback comes from a program, not from a page: its signature is its proof.
    if (request.method === 'POST' && destinationOfCallback(request.url) !== undefined) return undefined
    if (request.headers.origin !== undefined && isNamedViewer(request, viewerOrigins()))
      return welcomeViewer(request, reply)
    const { origin } = request.headers
    if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
      return sendProblem(reply, { code: 'HOST-REFUSED', with: { header: 'Origin' } })
    }
    const site = request.headers['sec-fetch-site']
    // A person may follow a link to the page itself; everything else comes from the page.
    const isPage =
      request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET' && !request.url.startsWith('/api/')
    if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isPage) {
      return sendProblem(reply, { code: 'HOST-REFUSED', with: { header: 'Sec-Fetch-Site' } })
    }
    return undefined
  })
}
