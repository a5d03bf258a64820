import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'

/** Lets the sender finish, for two seconds at most: one that is cut off in mid-sentence sees a broken pipe and no words. */
export async function readAway(body: IncomingMessage): Promise<void> {
  if (body.readableEnded || body.destroyed) return
  body.resume()
  await once(body, 'end', { signal: AbortSignal.timeout(2000) }).catch(() => undefined)
}
