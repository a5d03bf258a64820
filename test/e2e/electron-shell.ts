import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, _electron as electron } from 'playwright-core'
import { findElectron } from '../../build/find-electron.ts'
import { type Display, openDisplay } from './electron-display.ts'

const root = join(import.meta.dirname, '..', '..')

export type Shell = Readonly<{ app: ElectronApplication; folder: string; close: () => Promise<void> }>

/** The real shell on a screen of its own, with its data in a temporary folder and every port free. `flags` are Chromium's. */
export async function openShell(
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<Shell> {
  const display: Display = await openDisplay()
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-shell-'))
  const app = await electron.launch({
    executablePath: findElectron(),
    // Without a GPU process: under Xvfb it sometimes never comes up, and the page with it.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      ...flags,
      `--user-data-dir=${join(folder, 'user-data')}`,
      root,
      '--',
      '--dicom-port',
      '0',
    ],
    env: {
      ...(process.env as Record<string, string>),
      DISPLAY: display.name,
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      STATION_NODE: process.execPath,
      STATION_DATA: join(folder, 'data'),
      STATION_HTTP_PORT: '0',
      STATION_DICOM_HOST: '127.0.0.1',
      ...env,
    },
  })
  return {
    app,
    folder,
    async close() {
      const late = setTimeout(() => app.process().kill('SIGKILL'), 10_000)
      await app.close()
      clearTimeout(late)
      display.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
