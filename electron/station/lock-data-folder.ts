import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { ProblemError } from '../../shared/problems/problem.ts'

/**
 * One station a data folder. The lock names the process that holds it; a lock whose process is gone (power cut, kill) is
 * taken over. Throws DATA-IN-USE.
 */
export function lockDataFolder(dataFolder: string): { readonly release: () => void } {
  const file = join(dataFolder, 'station.lock')
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return { release: () => unlinkSync(file) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (isAlive(Number(readFileSync(file, 'utf8')))) throw new ProblemError({ code: 'DATA-IN-USE' })
      unlinkSync(file)
    }
  }
  throw new ProblemError({ code: 'DATA-IN-USE' })
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
