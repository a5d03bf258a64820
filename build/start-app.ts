import { existsSync } from 'node:fs'
import { stationEnvironment, stationNodeFlags } from '../electron/station/process-options.ts'
import { buildRenderer, buildShell } from './build-output.ts'
import { fetchElectron } from './fetch-electron.ts'
import { findRealElectron } from './find-electron.ts'
import { runProcess } from './run-process.mjs'
import type { TaskContext } from './task-context.ts'

export const stationScript = 'electron/station/station-main.ts'

type Window = Readonly<{ kind: 'electron'; program: string } | { kind: 'none'; why: string }>

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

function chooseWindow({ root, flags }: TaskContext): Window {
  if (flags.includes('--headless')) return { kind: 'none', why: '按要求不开窗口 / no window, as asked (--headless)' }
  if (!hasDisplay()) return { kind: 'none', why: '没有图形界面，不开窗口 / no window: this computer shows no display' }
  const program = findRealElectron() ?? fetchElectron(root)
  if (program) return { kind: 'electron', program }
  return {
    kind: 'none',
    why: '没有 Electron（下载不了），不开窗口；可设置 ELECTRON_MIRROR 后重试 / no window: Electron could not be fetched; set ELECTRON_MIRROR and try again',
  }
}

/** The app: a window where Electron and a display are there, else the station alone with its address printed. */
export async function startApp(context: TaskContext): Promise<number> {
  const { root, flags } = context
  await buildRenderer(context)
  const window = chooseWindow(context)
  if (window.kind === 'none') {
    console.error(`${window.why}。请用浏览器打开下面的地址。 / Open the address below in a browser.`)
    const script = process.env.STATION_SCRIPT ?? stationScript
    const args = [...stationNodeFlags, script, ...flags.filter((flag) => flag !== '--headless')]
    return runProcess(process.execPath, args, { cwd: root, env: stationEnvironment(process.env) })
  }
  await buildShell(context)
  const switches = [
    // Chromium's sandbox refuses to run as root, which only happens in containers.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    // Without a graphics device (Xvfb) the GPU process sometimes never comes up, and the page with it.
    ...(process.platform === 'linux' && !existsSync('/dev/dri') ? ['--disable-gpu'] : []),
  ]
  const env = { ...process.env, STATION_NODE: process.execPath }
  return runProcess(window.program, [...switches, root, '--', ...flags], { cwd: root, env })
}
