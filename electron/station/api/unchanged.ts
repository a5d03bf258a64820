import { createHash, randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Another program version may draw otherwise: what was kept under an earlier run is fetched once more. */
const thisRun = randomUUID()

/**
 * Says what the answer is (ETag, RFC 9110 8.8.3) and that it is asked for again each time, so that another chosen version shows at once.
 * `of`: all that the bytes depend on beside the address. True: the asker has exactly this already, and 304 was sent.
 */
export async function isAnsweredAsUnchanged(
  request: FastifyRequest,
  reply: FastifyReply,
  of: readonly string[],
): Promise<boolean> {
  const etag = `"${createHash('sha256')
    .update(JSON.stringify([thisRun, ...of]))
    .digest('hex')
    .slice(0, 32)}"`
  const vary = [reply.getHeader('vary'), 'accept'].filter((name) => name !== undefined).join(', ')
  reply.headers({ etag, 'cache-control': 'private, no-cache', vary })
  if (!isAmong(etag, request.headers['if-none-match'])) return false
  await reply.code(304).send()
  return true
}

/** Pure: If-None-Match, RFC 9110 13.1.2, compared weakly. */
export function isAmong(etag: string, ifNoneMatch: string | undefined): boolean {
  const asked = ifNoneMatch?.trim() ?? ''
  if (asked === '*') return true
  return (asked.match(/(?:W\/)?"[^"]*"/g) ?? []).some((one) => one.replace(/^W\//, '') === etag)
}
