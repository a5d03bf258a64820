import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findCommand, findOrthanc } from '../../build/peer-list.ts'
import { stationEnvironment, stationNodeFlags } from '../../electron/station/process-options.ts'
import { startOrthanc } from '../stand-ins/orthanc.ts'

/** bare: what this computer allows at most (bare-receiver.ts). */
export type ReceiverName = 'station' | 'bare' | 'orthanc' | 'storescp'

/** A receiver with nothing in it, on 127.0.0.1. */
export type RunningReceiver = {
  readonly aeTitle: string
  readonly port: number
  readonly pid: number
  /** How many objects it holds. */
  readonly held: () => Promise<number>
  /** Its files go with it. */
  readonly stop: () => Promise<void>
}

export function startReceiver(name: ReceiverName): Promise<RunningReceiver> {
  if (name === 'station') return startStation()
  if (name === 'bare') return startBare()
  return name === 'orthanc' ? startSyncingOrthanc() : startStorescp()
}

export function isHere(name: ReceiverName): boolean {
  if (name === 'station' || name === 'bare') return true
  return name === 'orthanc' ? findOrthanc() !== undefined : findCommand('storescp') !== undefined
}

/** The built program where `npm run bench` has built it; otherwise its sources. */
const built = join(import.meta.dirname, '../../out/station/station-main.js')
const sources = join(import.meta.dirname, '../../electron/station/station-main.ts')

/** The whole station, with its desk's API and everything, that any device may send to. `before`: a program that runs it. */
export async function startStation(before: readonly string[] = []): Promise<RunningReceiver> {
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-bench-'))
  const program = existsSync(built) ? built : sources
  const flags = ['--headless', '--training', '--data', folder, '--dicom-host', '127.0.0.1']
  const ports = ['--http-port', '0', '--dicom-port', '0']
  const [command, ...args] = [...before, process.execPath, ...stationNodeFlags, program, ...flags, ...ports]
  const child = spawn(command!, args, {
    env: stationEnvironment({ ...process.env, STATION_ADMIN_PASSWORD: 'Admin-for-bench-1' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { dicom } = JSON.parse(await firstLine(child)) as { dicom: { aeTitle: string; port: number } }
  const store = join(folder, 'images', 'store')
  return {
    aeTitle: dicom.aeTitle,
    port: dicom.port,
    pid: child.pid!,
    held: async () => filesBelow(store),
    stop: () => stop(child, folder),
  }
}

async function startBare(): Promise<RunningReceiver> {
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-bare-'))
  const program = join(import.meta.dirname, 'bare-receiver.ts')
  const child = spawn(process.execPath, [...stationNodeFlags, program, folder], {
    env: stationEnvironment(process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { dicom } = JSON.parse(await firstLine(child)) as { dicom: { aeTitle: string; port: number } }
  const store = join(folder, 'store')
  return { ...dicom, pid: child.pid!, held: async () => filesBelow(store), stop: () => stop(child, folder) }
}

async function startSyncingOrthanc(): Promise<RunningReceiver> {
  const orthanc = await startOrthanc({ more: { Plugins: [], SyncStorageArea: true } })
  const { aeTitle, port } = orthanc.dicom
  return { aeTitle, port, pid: orthanc.pid, held: orthanc.count, stop: orthanc.stop }
}

async function startStorescp(): Promise<RunningReceiver> {
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-storescp-'))
  const out = join(folder, 'out')
  mkdirSync(out)
  const port = await freePort()
  const child = spawn(findCommand('storescp')!, ['-aet', 'STORESCP', '-od', out, String(port)], { stdio: 'ignore' })
  const status = `/proc/${child.pid}/net/tcp`
  const hexPort = `:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`
  if (existsSync(status))
    for (let tries = 0; tries < 200 && !readFileSync(status, 'utf8').includes(hexPort); tries++) await wait(20)
  else await wait(1000)
  return {
    aeTitle: 'STORESCP',
    port,
    pid: child.pid!,
    held: async () => readdirSync(out).length,
    stop: () => stop(child, folder),
  }
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    const isOver = await Promise.race([ended.then(() => true), wait(8000, false, { ref: false })])
    if (!isOver) child.kill('SIGKILL')
    await ended
  }
  rmSync(folder, { recursive: true, force: true })
}

async function firstLine(child: ChildProcess): Promise<string> {
  let out = ''
  let err = ''
  child.stderr!.on('data', (bytes) => {
    err = (err + bytes).slice(-2000)
  })
  child.stdout!.on('data', (bytes) => {
    out += bytes
  })
  while (!out.includes('\n')) {
    const gone = await Promise.race([
      once(child.stdout!, 'data').then(() => false),
      once(child, 'exit').then(() => true),
    ])
    if (gone && !out.includes('\n')) throw new Error(`the station did not start: ${err}`)
  }
  return out.split('\n', 1)[0]!
}

function filesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Begins a new peak at what the process holds now: what its start took is no part of receiving. Linux only. */
export function forgetPeak(pid: number): void {
  if (process.platform === 'linux') writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** Megabytes that the process held in memory now, and at most since `forgetPeak`. Undefined where the system does not tell. */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } | undefined {
  if (process.platform !== 'linux') return undefined
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name: string) => (Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024) / 1e6
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') }
}
