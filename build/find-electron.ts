import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Raise N when the way the stand-in is put together changes. */
export const standInName = 'electron-33.2.1-r1'

export function standInFolder(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return join(cache, 'yingzhan', standInName)
}

function existing(path: string): string | undefined {
  return existsSync(path) ? path : undefined
}

const programName =
  process.platform === 'win32'
    ? 'electron.exe'
    : process.platform === 'darwin'
      ? 'Electron.app/Contents/MacOS/Electron'
      : 'electron'

/** The real Electron: the one that the environment names, or the one that the npm package downloaded. */
export function findRealElectron(): string | undefined {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return existing(join(override, programName))
  const folder = join(root, 'node_modules', 'electron')
  const pathFile = join(folder, 'path.txt')
  return existsSync(pathFile) ? existing(join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())) : undefined
}

/** The Electron for tests: a real one, else the stand-in that `npm test` prepared. */
export function findElectron(): string | undefined {
  return findRealElectron() ?? existing(join(standInFolder(), 'electron'))
}
