import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** SHA-256 in hex of what stands in a file from `start` to its end. */
export async function hashOfFile(path: string, start: number): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(path, { start })) hash.update(bytes)
  return hash.digest('hex')
}
