import { once } from 'node:events'
import { createServer } from 'node:net'

/** Asks again until it holds; fails after `within` milliseconds. */
export async function eventually(holds: () => boolean | Promise<boolean>, within = 15_000): Promise<void> {
  const end = performance.now() + within
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to hold in time')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
