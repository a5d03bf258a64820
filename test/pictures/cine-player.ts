import { createHash } from 'node:crypto'
import { createPixelReader } from '../../electron/station/pictures/read-pixels.ts'
import { dataSetIn } from './film-files.ts'

// Plays a film as a greedy player does, and tells what it cost: a program of its own, because a peak of memory is a process's.
// node cine-player.ts FILE FRAMES ASKED AT-ONCE

const [path, frames, asked, atOnce] = [process.argv[2]!, ...process.argv.slice(3).map(Number)] as [
  string,
  number,
  number,
  number,
]
const stored = dataSetIn(path)
const reader = createPixelReader({ dataSetOf: () => stored })
const wrong: number[] = []
let next = 0

/** Jumps about: what is read ahead helps nobody. */
const frameOf = (turn: number) => (turn * 7919) % frames

async function play(): Promise<void> {
  while (next < asked) {
    const frame = frameOf(next++)
    const read = await reader.readFrame('film', frame)
    if (read.kind === 'cannot' || read.pixels[0] !== frame % 251) wrong.push(frame)
  }
}

const first = await reader.readFrame('film', 0)
const start = process.resourceUsage().maxRSS
const began = performance.now()
await Promise.all(Array.from({ length: atOnce }, play))
const seconds = (performance.now() - began) / 1000
const sha256 = first.kind === 'frame' ? createHash('sha256').update(first.pixels).digest('hex') : first.reason
await reader.stop()
console.log(
  JSON.stringify({
    wrong,
    first: sha256,
    seconds,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    startMegabytes: start / 1024,
  }),
)
