import { createServer } from 'node:net'
import { join } from 'node:path'
import { runProcess } from './run-process.mjs'
import { stationScript } from './start-app.ts'
import type { TaskContext } from './task-context.ts'

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Pages that reload as they are edited, before a station in training mode that restarts as it is edited. Ctrl-C ends both. */
export async function runDev({ root, flags }: TaskContext): Promise<number> {
  const port = await freePort()
  const data = join(root, 'out', 'dev-data')
  const station = ['--watch', stationScript, '--training', '--data', data, '--http-port', String(port), ...flags]
  const vite = [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), '--config', 'build/vite.renderer.config.ts']
  const env = { ...process.env, STATION_DEV_URL: `http://127.0.0.1:${port}` }
  const codes = await Promise.all([
    runProcess(process.execPath, station, { cwd: root }),
    runProcess(process.execPath, vite, { cwd: root, env }),
  ])
  return Math.max(...codes)
}
