import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findRealElectron } from './find-electron.ts'

const patience = 3 * 60_000
const retryAfter = 24 * 60 * 60_000

/**
 * Electron's npm package carries no Electron: it is fetched when first wanted. A failed fetch is remembered for a day, so that
 * a computer without that network does not wait at every start; naming a mirror (ELECTRON_MIRROR) tries again at once.
 */
export function fetchElectron(root: string): string | undefined {
  const script = join(root, 'node_modules', 'electron', 'install.js')
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH || !existsSync(script)) return undefined
  const failureMark = join(root, 'out', 'stamps', 'electron-fetch-failed')
  const failedLately = existsSync(failureMark) && Date.now() - statSync(failureMark).mtimeMs < retryAfter
  if (failedLately && !process.env.ELECTRON_MIRROR) return undefined
  console.error('正在下载 Electron（约 120 MB，只需一次）… / fetching Electron (about 120 MB, once)…')
  spawnSync(process.execPath, [script], { cwd: root, stdio: 'ignore', timeout: patience })
  const electron = findRealElectron()
  if (electron) {
    rmSync(failureMark, { force: true })
  } else {
    mkdirSync(dirname(failureMark), { recursive: true })
    writeFileSync(failureMark, '')
  }
  return electron
}
