import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually, freePort } from './eventually.ts'

/** dcmtk's storescp on a free port, with a folder of its own for what comes. */
export async function startStorescp(more: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-storescp-'))
  const port = await freePort()
  const child = spawn('storescp', ['+xa', '+B', '-od', folder, ...more, String(port)], {
    stdio: 'ignore',
    env: { ...process.env, TCP_NODELAY: '1' },
  })
  const ended = once(child, 'exit')
  await eventually(
    () =>
      new Promise<boolean>((resolve) => {
        const socket = connect(port, '127.0.0.1')
        socket.on('connect', () => {
          socket.destroy()
          resolve(true)
        })
        socket.on('error', () => resolve(false))
      }),
  )
  const files = () => readdirSync(folder).map((name) => join(folder, name))
  return {
    port,
    files,
    clear(): void {
      for (const file of files()) rmSync(file)
    },
    async stop(): Promise<void> {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}
