import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { describeWith } from '../peers.ts'
import { openShell, type Shell } from './electron-shell.ts'

const screenshots = join(import.meta.dirname, '..', '..', 'out', 'screenshots')
const standIn = join(import.meta.dirname, '..', 'stand-ins', 'minimal-station.mjs')

let shell: Shell | undefined

afterEach(async () => {
  await shell?.close()
  shell = undefined
})

async function deskOf({ app }: Shell): Promise<Page> {
  const page = await app.firstWindow()
  try {
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:/, { timeout: 20_000 })
    return page
  } catch {
    throw new Error(`no desk; the window says: ${await page.locator('body').innerText({ timeout: 2_000 })}`)
  }
}

function childPids(parent: number): readonly number[] {
  const list = `/proc/${parent}/task/${parent}/children`
  return existsSync(list) ? readFileSync(list, 'utf8').trim().split(' ').filter(Boolean).map(Number) : []
}

function stationPids(shellPid: number): readonly number[] {
  return childPids(shellPid).filter((pid) => {
    const [, ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return /station/.test(args.find((arg) => !arg.startsWith('--')) ?? '')
  })
}

describeWith(['electron', 'xvfb', 'cjk-font'], 'the shell with the real station', () => {
  test('shows the desk in its window and takes the station with it when it quits', async () => {
    shell = await openShell()
    const page = await deskOf(shell)
    await page.getByText('影站').first().waitFor()
    mkdirSync(screenshots, { recursive: true })
    await page.screenshot({ path: join(screenshots, 'electron.png') })

    const pids = stationPids(shell.app.process().pid ?? 0)
    expect(pids).toHaveLength(1)
    await shell.app.close()
    expect(existsSync(`/proc/${pids[0]}`)).toBe(false)
  })
})

describeWith(['electron', 'xvfb'], 'the shell', () => {
  test('gives the page the few things a browser cannot do, and no Node', async () => {
    shell = await openShell({ STATION_SCRIPT: standIn })
    const page = await deskOf(shell)
    const seen = await page.evaluate(() => ({
      bridge: Object.keys((window as unknown as { shell: object }).shell).sort(),
      hasNode: 'require' in window || 'process' in window,
    }))
    expect(seen).toEqual({ bridge: ['listPrinters', 'openTraining', 'platform', 'printPdf'], hasNode: false })
    expect(await page.locator('#args').textContent()).toBe('--dicom-port 0')
  })

  test('keeps the window at the station: no other site, no new window, no permission', async () => {
    shell = await openShell({ STATION_SCRIPT: standIn })
    const page = await deskOf(shell)
    const home = page.url()
    await page.evaluate(() => {
      location.href = 'http://127.0.0.1:1/elsewhere'
    })
    const opened = await page.evaluate(() => window.open('http://127.0.0.1:1/elsewhere') === null)
    const microphone = await page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'given',
        () => 'refused',
      ),
    )
    expect({ url: page.url(), opened, microphone }).toEqual({ url: home, opened: true, microphone: 'refused' })
    expect(shell.app.windows()).toHaveLength(1)
  })

  test('starts a station that died again, and shows it', async () => {
    shell = await openShell({ STATION_SCRIPT: standIn })
    const page = await deskOf(shell)
    const before = page.url()
    const [pid] = stationPids(shell.app.process().pid ?? 0)
    // 0 would be this test's own group.
    if (!pid) throw new Error('the shell has no station')
    process.kill(pid, 'SIGKILL')
    await page.waitForURL((url) => url.protocol === 'http:' && url.href !== before, { timeout: 20_000 })
    expect(await page.getByRole('heading').textContent()).toBe('影站')
  })

  test('says in the words of the station why it does not start', async () => {
    shell = await openShell({ STATION_SCRIPT: standIn, FAIL_WITH: '端口 11112 已被其他程序占用 / port 11112 is taken' })
    const page = await shell.app.firstWindow()
    await page.getByText('端口 11112 已被其他程序占用').waitFor({ timeout: 20_000 })
    expect(await page.getByRole('heading').textContent()).toContain('没有运行')
    expect(await page.getByText('秒后自动重试').count()).toBe(1)
  })
})
