import { spawn } from 'node:child_process'

export type Display = Readonly<{ name: string; close: () => void }>

/** A screen for one test: an Xvfb of its own, which picks a free number itself. Elsewhere than on Linux the real screen serves. */
export async function openDisplay(): Promise<Display> {
  if (process.platform !== 'linux') return { name: '', close: () => undefined }
  const args = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp']
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
    server.stdio[3]?.once('data', (bytes: Buffer) => resolve(bytes.toString().trim()))
  })
  return { name: `:${number}`, close: () => void server.kill() }
}
