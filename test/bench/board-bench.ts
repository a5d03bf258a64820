import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chinaDay } from '../../shared/text/china-time.ts'
import { aimis, jilin, pacs } from '../db/rooms-for-tests.ts'
import { type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import type { Bench } from './bench.ts'
import { writeManyExams } from './many-exams.ts'

/** From key to rows 100 ms: what the desk needs itself is left out. */
const goalMilliseconds = 40
const day = 24 * 3600_000

export const boardBench: Bench = {
  about:
    '100,000 exams on the board: every kind of search, the day page and the statistics, asked over HTTP (--exams, --runs)',
  async run(flags, say) {
    const { values } = parseArgs({
      args: [...flags],
      options: { exams: { type: 'string', default: '100000' }, runs: { type: 'string', default: '30' } },
    })
    const exams = Number(values.exams)
    const runs = Number(values.runs)
    const dataFolder = mkdtempSync(join(tmpdir(), 'yingzhan-board-bench-'))
    try {
      const places = await placesOf(dataFolder)
      const writing = await timed(() => writeManyExams(dataFolder, exams, places))
      say(`${exams} exams written in ${(writing / 1000).toFixed(1)} s`)
      const station = await startStation({ dataFolder })
      try {
        const first = await timed(() => station.api.examList({ query: { pageSize: 50 } }))
        say(`rows of the board for all of them, as after an update of the program: ${(first / 1000).toFixed(1)} s`)
        await measureAll(station, exams, runs, say)
        await measureExcel(station, say)
      } finally {
        await station.end()
      }
    } finally {
      rmSync(dataFolder, { recursive: true, force: true })
    }
  },
}

/** Destinations that send nothing: their lamps are what is measured. */
async function placesOf(dataFolder: string) {
  const station = await startStation({ dataFolder })
  const create = async (input: ReturnType<typeof aimis>) =>
    (await station.api.destinationCreate({ body: { ...input, enabled: false } })).id
  const places = { aimis: await create(aimis()), jilin: await create(jilin()), pacs: await create(pacs()) }
  await station.end()
  return places
}

async function measureAll(station: StationForTests, exams: number, runs: number, say: (line: string) => void) {
  const { api } = station
  const today = chinaDay(Date.now())
  const ago = (days: number) => chinaDay(Date.now() - days * day)
  const list = (query: NonNullable<Parameters<typeof api.examList>[0]>['query']) => () => api.examList({ query })
  const some = (await api.examList({ query: { page: Math.floor(exams / 100) } })).rows[0]!
  const phone = some.patient.phone ?? '1234'
  const asked: Record<string, () => Promise<unknown>> = {
    today: list({ from: today, to: today }),
    'a week': list({ from: ago(6), to: today }),
    'a year': list({ from: ago(365), to: today }),
    everything: list({}),
    'everything, page of 200': list({ pageSize: 200 }),
    'everything, last page': list({ page: Math.ceil(exams / 50) }),
    'late first': list({ order: 'late' }),
    'late first, last page': list({ order: 'late', page: Math.ceil(exams / 50) }),
    'late first, released': list({ order: 'late', state: 'released' }),
    'late first, text 张': list({ order: 'late', text: '张' }),
    'state released': list({ state: 'released' }),
    'state released, last page': list({ state: 'released', page: Math.floor(exams / 56) }),
    'state awaiting-audit': list({ state: 'awaiting-audit' }),
    'text 张': list({ text: '张' }),
    'text 张, last page': list({ text: '张', page: Math.floor(exams / 50 / 45) }),
    'text z': list({ text: 'z' }),
    'text 1': list({ text: '1' }),
    'text 1, last page': list({ text: '1', page: Math.floor(exams / 51) }),
    'initials zw': list({ text: 'zw' }),
    'pinyin zhangwei': list({ text: 'zhangwei' }),
    'name and phone': list({ text: `${some.patient.name} ${phone.slice(-4)}` }),
    'accession number': list({ text: some.exam.accessionNumber }),
    'phone tail': list({ text: phone.slice(-4) }),
    'patient number': list({ text: some.patient.patientId }),
    'nothing fits': list({ text: '没有这个人' }),
    'text 张 released': list({ text: '张', state: 'released' }),
    'modality CT': list({ modality: 'CT' }),
    'doctor 王建国': list({ doctor: '王建国' }),
    'flag blocked': list({ flag: 'blocked' }),
    'flag critical': list({ flag: 'critical' }),
    scan: () => api.examFind({ query: { code: some.exam.accessionNumber } }),
    'the day page': () => api.dayPage({ query: { day: today } }),
    'statistics of a year': () => api.statistics({ query: { from: ago(365), to: today } }),
    'scan of what is nowhere': () => api.examFind({ query: { code: 'NOWHERE-77' } }),
  }
  const times = new Map<string, number[]>()
  for (let run = 0; run < runs; run++)
    for (const [name, ask] of Object.entries(asked)) times.set(name, [...(times.get(name) ?? []), await timed(ask)])
  say(`${'asked over HTTP, ms'.padEnd(28)} ${'p50'.padStart(7)} ${'p95'.padStart(7)}`)
  for (const [name, all] of times) {
    const [half, most] = [quantile(all, 0.5), quantile(all, 0.95)]
    const missed = most > goalMilliseconds && !name.startsWith('statistics') ? `  over ${goalMilliseconds}` : ''
    say(`${name.padEnd(28)} ${half.toFixed(1).padStart(7)} ${most.toFixed(1).padStart(7)}${missed}`)
  }
}

/** The file of a year, and how long others wait meanwhile. */
async function measureExcel(station: StationForTests, say: (line: string) => void) {
  const query = { from: chinaDay(Date.now() - 365 * day), to: chinaDay(Date.now()) }
  const meanwhile: number[] = []
  let isDone = false
  const writing = timed(async () => {
    const answer = await station.call('statisticsSheet', { query })
    isDone = true
    say(`the Excel file of a year has ${(answer.bytes.length / 1e6).toFixed(1)} MB`)
  })
  while (!isDone) meanwhile.push(await timed(() => station.api.receivingNow()))
  const took = await writing
  say(
    `it took ${(took / 1000).toFixed(1)} s; another question waited ${Math.max(...meanwhile).toFixed(0)} ms at most meanwhile`,
  )
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
