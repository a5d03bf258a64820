import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findCommand } from '../../build/peer-list.ts'
import type { Bench } from './bench.ts'
import { type BenchObjects, makeObjects } from './bench-objects.ts'
import {
  forgetPeak,
  isHere,
  memoryOf,
  type ReceiverName,
  type RunningReceiver,
  startReceiver,
  startStation,
} from './bench-receivers.ts'
import { judgeReceiving, type LoadName, median, type NagleName, type ReceiveFigure } from './receive-goals.ts'

const receivers: readonly ReceiverName[] = ['station', 'bare', 'orthanc', 'storescp']

/** Fewer of them when the sender leaves Nagle's algorithm on: others then take 40 ms more for each object. */
const loads = {
  ct: { kind: 'ct', senders: 1, count: { nodelay: 400, default: 100 }, said: 'CT of 525 KB' },
  dr: { kind: 'dr', senders: 1, count: { nodelay: 40, default: 40 }, said: 'DR of 8 to 16 MB' },
  us: { kind: 'us', senders: 1, count: { nodelay: 1, default: 1 }, said: 'one cine of 210 MB' },
  'ct-four': { kind: 'ct', senders: 4, count: { nodelay: 400, default: 200 }, said: 'CT of 525 KB, 4 senders' },
} as const

/** 5 ms more for each sync, as on a slow disk. The system call itself is held up, so SQLite's syncs are slow too. */
const slowDisk = ['strace', '-D', '-f', '--seccomp-bpf', '-qq', '-e', 'trace=fsync,fdatasync', '-e', 'signal=none']
const slowSync = ['-e', 'inject=fsync,fdatasync:delay_exit=5000', '-o', '/dev/null']

type Told = { readonly megabytesPerSecond: number; readonly peak: number | undefined }

export const receiveBench: Bench = {
  about:
    'C-STORE by storescu: the station, durable, beside Orthanc (file sync on), storescp (syncs nothing) and the bare least of a durable receiver',
  async run(flags, say) {
    const { runs, only } = readFlags(flags)
    if (!findCommand('storescu')) {
      say('没有 storescu（dcmtk），不能测量 / storescu (dcmtk) is not installed: nothing can be measured')
      return
    }
    const present = receivers.filter(isHere)
    for (const name of receivers)
      if (!present.includes(name)) say(`没有 ${name}，其余照测 / ${name} is not installed; the others are measured`)
    const folder = mkdtempSync(join(tmpdir(), 'yingzhan-bench-objects-'))
    try {
      const figures: ReceiveFigure[] = []
      const warmUp = makeObjects(join(folder, 'warm-up'), 'ct', 50)
      for (const [load, plan] of Object.entries(loads) as [LoadName, (typeof loads)[LoadName]][]) {
        if (!only.includes(load)) continue
        for (const nagle of ['nodelay', 'default'] as const) {
          const objects = makeObjects(join(folder, `${load}-${nagle}`), plan.kind, plan.count[nagle], plan.senders)
          const told = await measureInTurn(present, warmUp, objects, nagle, runs)
          for (const [receiver, figure] of told) figures.push({ load, nagle, receiver, ...figure })
          sayLoad(
            say,
            `${plan.said} × ${objects.count}, ${nagle === 'nodelay' ? 'TCP_NODELAY=1' : 'as it comes'}`,
            told,
          )
          rmSync(join(folder, `${load}-${nagle}`), { recursive: true })
        }
      }
      const slow = only.includes('slow') ? await measureSlowDisk(folder, warmUp, runs, say) : undefined
      for (const { goal, verdict, found } of judgeReceiving(figures, slow))
        say(`${verdict.padEnd(12)} ${goal}${found && `: ${found}`}`)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

function readFlags(flags: readonly string[]) {
  const { values } = parseArgs({
    args: [...flags],
    options: { runs: { type: 'string', default: '3' }, only: { type: 'string', multiple: true, default: [] } },
  })
  const only = values.only.length > 0 ? values.only : [...Object.keys(loads), 'slow']
  return { runs: Math.max(1, Number(values.runs) || 3), only }
}

/**
 * The receivers take turns, so that what else the computer does falls on all of them alike. TCP_NODELAY is dcmtk's own word, and holds
 * for both sides: with storescu alone, its peers' answers would still wait 40 ms.
 */
async function measureInTurn(
  names: readonly ReceiverName[],
  warmUp: BenchObjects,
  objects: BenchObjects,
  nagle: NagleName,
  runs: number,
): Promise<Map<ReceiverName, Told>> {
  if (nagle === 'nodelay') process.env.TCP_NODELAY = '1'
  else delete process.env.TCP_NODELAY
  const told = new Map<ReceiverName, Told[]>(names.map((name) => [name, []]))
  for (let run = 0; run < runs; run++) {
    for (const name of names) told.get(name)!.push(await measureOnce(await startReceiver(name), warmUp, objects))
  }
  return new Map([...told].map(([name, all]) => [name, medianOf(all)]))
}

function medianOf(all: readonly Told[]): Told {
  const peaks = all.flatMap(({ peak }) => (peak === undefined ? [] : [peak]))
  return {
    megabytesPerSecond: median(all.map((one) => one.megabytesPerSecond)),
    peak: peaks.length > 0 ? median(peaks) : undefined,
  }
}

/**
 * From the start of the senders to their end, on a disk that has nothing left to write. A receiver that stands in a clinic has been
 * running for days: each is given some objects first.
 */
async function measureOnce(receiver: RunningReceiver, warmUp: BenchObjects, objects: BenchObjects): Promise<Told> {
  try {
    await send(warmUp.folders[0]!, receiver)
    if (process.platform !== 'win32') spawnSync('sync')
    forgetPeak(receiver.pid)
    const began = performance.now()
    await Promise.all(objects.folders.map((folder) => send(folder, receiver)))
    const seconds = (performance.now() - began) / 1000
    const memory = memoryOf(receiver.pid)
    const held = await receiver.held()
    const sent = warmUp.count + objects.count
    if (held !== sent) throw new Error(`${receiver.aeTitle} holds ${held} of ${sent} objects`)
    return { megabytesPerSecond: objects.megabytes / seconds, peak: memory?.peak }
  } finally {
    await receiver.stop()
  }
}

async function send(folder: string, { aeTitle, port }: RunningReceiver): Promise<void> {
  const sender = spawn('storescu', ['-aet', 'BENCH', '-aec', aeTitle, '+sd', '127.0.0.1', String(port), folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  sender.stderr.on('data', (bytes) => {
    complaint = (complaint + bytes).slice(-1000)
  })
  const [code] = await once(sender, 'close')
  if (code !== 0) throw new Error(`storescu ended with ${code}: ${complaint}`)
}

async function measureSlowDisk(folder: string, warmUp: BenchObjects, runs: number, say: (line: string) => void) {
  if (spawnSync('strace', ['--seccomp-bpf', '-f', '-o', '/dev/null', 'true']).status !== 0) {
    say('没有 strace，或不许使用：慢磁盘不测 / no strace, or it may not be used: the slow disk is not measured')
    return undefined
  }
  process.env.TCP_NODELAY = '1'
  const count = 100
  const one = makeObjects(join(folder, 'slow-one'), 'ct', count)
  const four = makeObjects(join(folder, 'slow-four'), 'ct', count, 4)
  const speeds = { one: [] as number[], four: [] as number[] }
  for (let run = 0; run < runs; run++) {
    for (const [name, objects] of Object.entries({ one, four }) as ['one' | 'four', BenchObjects][]) {
      const station = await startStation([...slowDisk, ...slowSync])
      speeds[name].push((await measureOnce(station, warmUp, objects)).megabytesPerSecond)
    }
  }
  const slow = { one: median(speeds.one), four: median(speeds.four) }
  say(`\nCT of 525 KB × ${count}, 5 ms added to every sync (station)`)
  say(`  one sender ${slow.one.toFixed(0)} MB/s, four senders ${slow.four.toFixed(0)} MB/s`)
  return slow
}

function sayLoad(say: (line: string) => void, title: string, told: ReadonlyMap<ReceiverName, Told>): void {
  say(`\n${title}`)
  const station = told.get('station')?.megabytesPerSecond
  for (const [name, { megabytesPerSecond, peak }] of told) {
    const ratio =
      name === 'station' || station === undefined ? '' : `station is ${(station / megabytesPerSecond).toFixed(2)} ×`
    const memory = peak === undefined ? '' : `${peak.toFixed(0)} MB at most`
    say(`  ${name.padEnd(9)} ${megabytesPerSecond.toFixed(0).padStart(5)} MB/s  ${memory.padEnd(15)}  ${ratio}`)
  }
}
