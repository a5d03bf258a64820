import type { FastifyReply, FastifyRequest } from 'fastify'
import { dicomWebRoot } from './dicom-web-call.ts'

/**
 * A viewer (OHIF) that another program of this computer serves asks from its own origin. Where the administrator has named that
 * origin, and for DICOMweb only, its page may read the answers; the token is asked for all the same.
 */
export function isNamedViewer(request: FastifyRequest, origins: readonly string[]): boolean {
  const { origin } = request.headers
  const [path] = request.url.split('?', 1)
  return origin !== undefined && origins.includes(origin) && `${path}/`.startsWith(`${dicomWebRoot}/`)
}

/** The headers of the Fetch Standard for exactly this origin; a preflight is answered here and goes no further. */
export function welcomeViewer(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  reply.headers({
    'access-control-allow-origin': request.headers.origin,
    'access-control-expose-headers': 'warning, content-location, etag',
    'cross-origin-resource-policy': 'cross-origin',
    vary: 'origin',
  })
  if (request.method !== 'OPTIONS') return undefined
  return reply
    .headers({
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, accept, content-type, if-none-match',
      'access-control-max-age': '600',
    })
    .code(204)
    .send()
}
