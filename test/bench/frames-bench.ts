import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { routes } from '../../shared/api/routes.ts'
import { writeFilm } from '../pictures/film-files.ts'
import { type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import type { Bench } from './bench.ts'
import { makeObjects } from './bench-objects.ts'
import { forgetPeak, memoryOf } from './bench-receivers.ts'

/** What an ultrasound's film wants. */
const goalFramesPerSecond = 30

const films = {
  'rgb, native, 210 MB': { frames: 228, write: (folder: string) => void makeObjects(folder, 'us', 1) },
  'grey, native, 211 MB': {
    frames: 440,
    write: (folder: string) =>
      writeFilm(join(folder, 'film.dcm'), { rows: 600, columns: 800, frames: 440, as: 'native' }),
  },
  'grey, RLE without a table, 211 MB': {
    frames: 220,
    write: (folder: string) =>
      writeFilm(join(folder, 'film.dcm'), { rows: 600, columns: 800, frames: 220, as: 'no-table' }),
  },
} as const

export const framesBench: Bench = {
  about:
    'frames of a 200 MB film over HTTP, as a player asks for them: frames a second, the wait for one, memory (--frames, --at-once)',
  async run(flags, say) {
    const { values } = parseArgs({
      args: [...flags],
      options: { frames: { type: 'string', default: '300' }, 'at-once': { type: 'string', default: '4' } },
    })
    const [asked, atOnce] = [Number(values.frames), Number(values['at-once'])]
    for (const [name, film] of Object.entries(films)) {
      const folder = mkdtempSync(join(tmpdir(), 'yingzhan-frames-bench-'))
      const station = await startStation()
      try {
        film.write(folder)
        const instanceId = await imported(station, folder)
        forgetPeak(station.child.pid!)
        const before = memoryOf(station.child.pid!)
        const told = await play(station, instanceId, film.frames, asked, atOnce)
        const after = memoryOf(station.child.pid!)
        const goal = told.framesPerSecond >= goalFramesPerSecond ? 'reaches' : 'misses'
        say(
          `${name}: ${told.framesPerSecond.toFixed(0)} frames/s (${goal} ${goalFramesPerSecond}), p50 ${told.p50.toFixed(0)} ms, p95 ${told.p95.toFixed(0)} ms` +
            (before && after ? `, memory ${before.now.toFixed(0)} → at most ${after.peak.toFixed(0)} MB` : ''),
        )
      } finally {
        await station.stop()
        rmSync(folder, { recursive: true, force: true })
      }
    }
  },
}

async function imported({ api }: StationForTests, folder: string): Promise<string> {
  let job = await api.importFolder({ body: { path: folder } })
  while (job.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 100))
    job = await api.importRead({ params: { id: job.id } })
  }
  const [study] = await api.trayList()
  if (!study?.firstInstanceId) throw new Error(`the film was not taken: ${JSON.stringify(job)}`)
  return study.firstInstanceId
}

/** Connections that stay, as a browser's do; bytes are counted and not looked at: what is measured is the station. */
async function play({ url, token }: StationForTests, id: string, frames: number, asked: number, atOnce: number) {
  const agent = new Agent({ keepAlive: true })
  const headers = { authorization: `Bearer ${token}` }
  const waits: number[] = []
  let next = 0
  const fetchFrame = (frame: number) =>
    new Promise<void>((resolve, reject) => {
      const path = routes.frame.path.replace(':id', id).replace(':frame', String(frame))
      const outgoing = get(new URL(path, url), { agent, headers }, (incoming) => {
        if (incoming.statusCode !== 200) reject(new Error(`frame ${frame}: ${incoming.statusCode}`))
        incoming.resume().on('end', resolve).on('error', reject)
      })
      outgoing.on('error', reject)
    })
  const began = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < asked) {
        const from = performance.now()
        await fetchFrame(next++ % frames)
        waits.push(performance.now() - from)
      }
    }),
  )
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  waits.sort((a, b) => a - b)
  const at = (part: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * part))]!
  return { framesPerSecond: asked / seconds, p50: at(0.5), p95: at(0.95) }
}
