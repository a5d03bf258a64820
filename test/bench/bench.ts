import { boardBench } from './board-bench.ts'
import { boardDeskBench } from './board-desk-bench.ts'
import { framesBench } from './frames-bench.ts'
import { framesDeskBench } from './frames-desk-bench.ts'
import { receiveBench } from './receive-bench.ts'

// `npm run bench` measures all there is; `npm run bench -- receive` one thing, `npm run bench -- receive --runs 5 --only ct` a part of it.
// A benchmark tells figures and which goals they reach. It is no test: a goal that is missed is said, and the exit code stays 0.

export type Bench = {
  readonly about: string
  /** Everything it starts, it stops. */
  readonly run: (flags: readonly string[], say: (line: string) => void) => Promise<void>
}

const benches: Readonly<Record<string, Bench>> = {
  receive: receiveBench,
  board: boardBench,
  'board-desk': boardDeskBench,
  frames: framesBench,
  'frames-desk': framesDeskBench,
}

const [first, ...rest] = process.argv.slice(2).filter((one) => one !== '--')
const named = first !== undefined && !first.startsWith('-') ? first : undefined
const chosen = named === undefined ? Object.keys(benches) : [named]
if (!chosen.every((name) => Object.hasOwn(benches, name))) {
  console.error(`没有这个性能测试 / no such benchmark: ${named}`)
  for (const [name, { about }] of Object.entries(benches)) console.error(`  npm run bench -- ${name}   ${about}`)
  process.exitCode = 2
} else {
  const flags = named === undefined ? process.argv.slice(2).filter((one) => one !== '--') : rest
  for (const name of chosen) {
    console.log(`\n${name}: ${benches[name]!.about}`)
    await benches[name]!.run(flags, (line) => console.log(line))
  }
}
