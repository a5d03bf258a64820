import type { IncomingMessage } from 'node:http'

/** The whole answer, or undefined when it is longer than `cap` bytes. Rejects when the connection ends before the answer does. */
export async function readCapped(response: IncomingMessage, cap: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > cap) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** When a busy server wants to be asked again. */
export function retryAtOf(seconds: string | undefined, now: number): { readonly retryAt?: number } {
  if (seconds === undefined || !/^\d{1,6}$/.test(seconds.trim())) return {}
  return { retryAt: now + Math.min(Number(seconds), 3600) * 1000 }
}

/** The server's clock minus ours by its Date header, whole seconds. */
export function offsetOf(date: string | undefined, now: number): number | undefined {
  const serverTime = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(serverTime) ? undefined : serverTime - now
}
