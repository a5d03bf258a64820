import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { aimis, jilin, pacs } from '../db/rooms-for-tests.ts'
import { startDeskBrowser } from '../e2e/desk-station.ts'
import { adminPassword, startStation } from '../stand-ins/station-for-tests.ts'
import type { Bench } from './bench.ts'
import { writeManyExams } from './many-exams.ts'

/** From key to rows on the screen, issue 5. */
const goalMilliseconds = 100

/** Between two keys, milliseconds: fifteen in a second, faster than anybody types. */
const keyRest = 66

/** What a person types, key by key: names, initials, numbers, and back again. */
const searches = ['张', '王伟', 'zw', 'lyh', 'wangwei', 'DR26', '1', '88', '没有这个人']

/** Needs a built desk: `npm run build`, or STATION_DESK names the folder of one. */
export const boardDeskBench: Bench = {
  about:
    '100,000 exams on the desk in a browser: from key to rows, and scrolling (--exams, --runs; --kept <folder> writes the exams once)',
  async run(flags, say) {
    const { values } = parseArgs({
      args: [...flags],
      options: {
        exams: { type: 'string', default: '100000' },
        runs: { type: 'string', default: '5' },
        kept: { type: 'string' },
      },
    })
    const dataFolder = values.kept ?? mkdtempSync(join(tmpdir(), 'yingzhan-board-desk-bench-'))
    try {
      if (!values.kept) await fill(dataFolder, Number(values.exams))
      else if (!existsSync(dataFolder)) {
        const unfinished = `${dataFolder}-unfinished`
        rmSync(unfinished, { recursive: true, force: true })
        mkdirSync(unfinished, { recursive: true })
        await fill(unfinished, Number(values.exams))
        renameSync(unfinished, dataFolder)
      }
      const station = await startStation({ dataFolder })
      const browser = await startDeskBrowser()
      try {
        await station.api.examList({ query: { pageSize: 50 } })
        const page = await openBoard(await browser.open(), station.url)
        await measureKeys(page, Number(values.runs), say)
        await measureScrolling(page, say)
      } finally {
        await browser.close()
        await station.end()
      }
    } finally {
      if (!values.kept) rmSync(dataFolder, { recursive: true, force: true })
    }
  },
}

async function fill(dataFolder: string, exams: number): Promise<void> {
  const station = await startStation({ dataFolder })
  const create = async (input: ReturnType<typeof aimis>) =>
    (await station.api.destinationCreate({ body: { ...input, enabled: false } })).id
  const places = { aimis: await create(aimis()), jilin: await create(jilin()), pacs: await create(pacs()) }
  await station.end()
  await writeManyExams(dataFolder, exams, places)
}

async function openBoard(page: Page, url: string): Promise<Page> {
  await page.goto(url)
  await page.getByLabel('用户名').fill('admin')
  await page.getByLabel('密码').fill(adminPassword)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '今日检查' }).waitFor()
  await page.getByText('全部', { exact: true }).first().click()
  await page.locator('.board-table .ant-table-row .patient-link').first().waitFor()
  return page
}

/** Sets the clock at the first event of each key and reads it when a frame with its rows was drawn. */
async function watchKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const times = { began: 0, text: '', done: 0, answers: [] as number[] }
    Object.assign(window, { boardTimes: times })
    const box = document.querySelector<HTMLInputElement>('.board-search input')!
    const board = document.querySelector<HTMLElement>('.board-page')!
    const look = () => {
      if (times.done || board.dataset.shownText !== times.text) return
      const drawn = document.querySelector('.board-table .patient-link, .board-table .ant-empty')
      if (!drawn) return
      const channel = new MessageChannel()
      // After the frame: what is measured is on the screen.
      requestAnimationFrame(() => {
        channel.port1.onmessage = () => {
          times.done ||= performance.now()
        }
        channel.port2.postMessage(null)
      })
    }
    box.addEventListener('beforeinput', () => Object.assign(times, { began: performance.now(), done: 0 }), true)
    box.addEventListener('input', () => Object.assign(times, { text: box.value.trim() }), true)
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceResourceTiming[])
        if (entry.name.includes('/api/exams?')) times.answers.push(entry.responseEnd - entry.requestStart)
    }).observe({ type: 'resource' })
    new MutationObserver(look).observe(board, { attributes: true, subtree: true, childList: true })
  })
}

async function measureKeys(page: Page, runs: number, say: (line: string) => void): Promise<void> {
  await watchKeys(page)
  const box = page.getByLabel('搜索检查')
  await box.focus()
  const times = new Map<string, number[]>()
  for (let run = 0; run < runs; run++) {
    for (const search of searches) {
      for (const key of [...search]) times.set('typing', [...(times.get('typing') ?? []), await press(page, key)])
      for (let left = search.length; left > 0; left--)
        times.set('taking back', [...(times.get('taking back') ?? []), await press(page, 'Backspace')])
    }
  }
  const all = [...times.values()].flat()
  say(`from key to rows, ms          p50     p95     worst   (${all.length} keys)`)
  for (const [name, some] of [...times, ['all', all] as const]) tell(name, some, say)
  const answers = await page.evaluate(
    () => (window as unknown as { boardTimes: { answers: number[] } }).boardTimes.answers,
  )
  tell("of it the station's answer", answers, say)
}

async function press(page: Page, key: string): Promise<number> {
  await setTimeout(keyRest)
  if (key === 'Backspace') await page.keyboard.press(key)
  else await page.keyboard.insertText(key)
  return await page
    .waitForFunction(() => {
      const { began, done } = (window as unknown as { boardTimes: { began: number; done: number } }).boardTimes
      return done > 0 ? done - began : undefined
    })
    .then((handle) => handle.jsonValue() as Promise<number>)
}

/** The wheel through the list: how long each frame took, and how long until no gap is in sight. */
async function measureScrolling(page: Page, say: (line: string) => void): Promise<void> {
  await page.locator('.board-table .ant-table-row .patient-link').first().waitFor()
  await page.mouse.move(700, 600)
  const frames = page.evaluate(async () => {
    const took: number[] = []
    let last = performance.now()
    while (took.length < 150) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      took.push(performance.now() - last)
      last = performance.now()
    }
    return took
  })
  for (let turn = 0; turn < 40; turn++) await page.mouse.wheel(0, 600)
  say('scrolling, ms                 p50     p95     worst')
  tell('a frame', await frames, say)
  const began = performance.now()
  await page.waitForFunction(() => !document.querySelector('[data-row-key^="gap-"]'))
  say(`rows in place after the last turn of the wheel: ${(performance.now() - began).toFixed(0)} ms`)
}

function tell(name: string, values: readonly number[], say: (line: string) => void): void {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const figures = [at(0.5), at(0.95), at(1)].map((one) => one.toFixed(1).padStart(7)).join(' ')
  const missed = name === 'all' && at(0.95) > goalMilliseconds ? `   over the goal of ${goalMilliseconds}` : ''
  say(`${name.padEnd(26)} ${figures}${missed}`)
}
