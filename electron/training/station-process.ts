import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const stationMain = fileURLToPath(new URL('../station/station-main.ts', import.meta.url))

const readyLine = z.object({
  event: z.literal('ready'),
  url: z.string(),
  dicom: z.object({ aeTitle: z.string(), host: z.string(), port: z.number() }),
  data: z.string(),
})
export type ReadyStation = z.infer<typeof readyLine>

export type StationProcess = {
  /** What the station said when it was ready; newest after a restart. */
  readonly ready: () => ReadyStation
  /** SIGKILL, as a power cut would; then the same station again on the same ports. */
  readonly killAndRestart: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** The real station as a process of its own, on this computer only. Its log goes to `logFile`. */
export async function startStationProcess(options: {
  readonly dataFolder: string
  readonly logFile: string
  readonly adminPassword: string
}): Promise<StationProcess> {
  let ports = { http: 0, dicom: 0 }
  let child: ChildProcess
  let ready: ReadyStation

  async function start(): Promise<void> {
    const flags = [
      '--headless',
      '--training',
      '--data',
      options.dataFolder,
      '--http-port',
      String(ports.http),
      '--dicom-host',
      '127.0.0.1',
      '--dicom-port',
      String(ports.dicom),
    ]
    child = spawn(process.execPath, [stationMain, ...flags], {
      env: { ...process.env, STATION_ADMIN_PASSWORD: options.adminPassword },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stderr?.pipe(createWriteStream(options.logFile, { flags: 'a' }))
    ready = await readyOf(child)
    ports = { http: Number(new URL(ready.url).port), dicom: ready.dicom.port }
  }

  const ended = (process: ChildProcess) =>
    process.exitCode !== null || process.signalCode !== null
      ? Promise.resolve()
      : new Promise((done) => process.once('exit', done))

  await start()
  return {
    ready: () => ready,
    async killAndRestart() {
      child.kill('SIGKILL')
      await ended(child)
      await start()
    },
    async stop() {
      child.kill('SIGTERM')
      await ended(child)
    },
  }
}

function readyOf(child: ChildProcess): Promise<ReadyStation> {
  return new Promise((resolve, reject) => {
    let text = ''
    let errors = ''
    child.stderr?.on('data', (bytes: Buffer) => {
      errors = `${errors}${bytes.toString('utf8')}`.slice(-2000)
    })
    child.stdout?.on('data', (bytes: Buffer) => {
      text += bytes.toString('utf8')
      for (const line of text.split('\n').slice(0, -1)) {
        const ready = line.startsWith('{') ? readyLine.safeParse(JSON.parse(line)) : undefined
        if (ready?.success) resolve(ready.data)
      }
    })
    child.once('error', reject)
    child.once('exit', (code) =>
      reject(new Error(`影站没有启动（退出码 ${code}）/ the station did not start:\n${text}${errors}`)),
    )
  })
}
