// The shell. It starts the station and keeps it running, shows the desk in one window, and does what only a program on the
// desktop can: the tray icon, silent printing, the operating system's vault. All else is the station's.
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, safeStorage } from 'electron'
import { answerDesk } from './desk-requests.ts'
import { launchStation } from './launch-station.ts'
import { setMenu } from './menu.ts'
import { readDataKey } from './os-secrets.ts'
import { printingSettled } from './printing.ts'
import { openRotatingLog } from './rotating-log.ts'
import { stationFlags } from './station-flags.ts'
import { keepStationRunning, type StationProcess, type StationState } from './station-process.ts'
import { chooseStationRuntime } from './station-runtime.ts'
import { placeTrayIcon } from './tray.ts'
import { openDeskWindow } from './window.ts'

// Whoever started us may stop listening; that is no reason to end.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)

let isQuitting = false
let station: StationProcess | undefined

if (app.requestSingleInstanceLock()) {
  app.on('before-quit', (event) => {
    if (isQuitting) return
    isQuitting = true
    event.preventDefault()
    void leave()
  })
  // Not awaited here: Electron is ready only after this file has run.
  app.whenReady().then(start, fail)
} else {
  console.error('影站已经在运行，窗口已切换到前面。 / Yingzhan is running already; its window has come to the front.')
  app.exit(0)
}

async function start(): Promise<void> {
  const userData = app.getPath('userData')
  const log = openRotatingLog(join(userData, 'logs', 'station.log'))
  const runtime = chooseStationRuntime({
    appPath: app.getAppPath(),
    isPackaged: app.isPackaged,
    napi: Number(process.versions.napi),
    env: process.env,
  })
  if (runtime.kind === 'none') return fail(runtime.why)
  const dataKey = await askForDataKey(join(userData, 'data-key.enc'))
  if (dataKey === 'quit') return app.quit()

  setMenu()
  const window = openDeskWindow({
    logFile: log.file,
    mayClose: () => isQuitting,
    onHidden: () => tray.tellHidden(),
  })
  const tray = placeTrayIcon({ showWindow: window.show, quit: () => app.quit() })
  app.on('second-instance', window.show)
  app.on('activate', window.show)
  answerDesk(window)

  const env = { ...process.env, ...(dataKey ? { STATION_DATA_KEY: dataKey } : {}) }
  const flags = stationFlags(process.argv)
  station = keepStationRunning({
    launch: () => launchStation(runtime, flags, env),
    writeLog: log.write,
    writeOutput: (line) => process.stdout.write(`${line}\n`),
    onChange: (state: StationState) => {
      window.follow(state)
      tray.follow(state.kind === 'ready' ? state.ready.url : undefined)
    },
  })
}

async function askForDataKey(file: string): Promise<string | undefined | 'quit'> {
  if (process.env.STATION_DATA_KEY) return undefined
  const key = await readDataKey(safeStorage, file)
  if (key.kind === 'kept') return key.hex
  if (key.kind === 'no-vault') return undefined
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: '影站',
    message: '操作系统打不开影站保存的密钥',
    detail: `可能换了系统用户，或系统的密码库被重建。请用原来的用户登录后再启动。\n如果继续，云平台的密码和密钥需要重新填写，影像和报告不受影响。\n\nThe operating system no longer opens the station's key (${key.file}). Sign in as the user who installed it, or go on and type the clouds' secrets again; images and reports are not affected.`,
    buttons: ['退出 Quit', '继续 Go on'],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 0) return 'quit'
  renameSync(file, `${file}.unreadable-${Date.now()}`)
  return askForDataKey(file)
}

async function leave(): Promise<void> {
  await Promise.all([station?.stop(), printingSettled()])
  app.quit()
}

function fail(reason: unknown): void {
  dialog.showErrorBox('影站无法启动', reason instanceof Error ? (reason.stack ?? reason.message) : String(reason))
  app.exit(1)
}
