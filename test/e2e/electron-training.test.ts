import { readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { logInToStation } from '../../electron/training/station-client.ts'
import { routes } from '../../shared/api/routes.ts'
import { describeWith } from '../peers.ts'
import { button, logInByHand, openClinic, soon } from './desk-story.ts'
import { openShell, type Shell } from './electron-shell.ts'

// A clinic that works with real patients opens a window to practise in, with one click.

vi.setConfig({ testTimeout: 120_000 })

/** The process that has this folder open as its own; undefined while there is none. */
function programIn(folder: string): number | undefined {
  try {
    // Chromium's lock is a link 'host-pid' that need not point at anything.
    return Number(/-(\d+)$/.exec(readlinkSync(join(folder, 'SingletonLock')))?.[1])
  } catch {
    return undefined
  }
}

/** Where the station of the program there listens, as its log says; undefined before it does. */
function addressIn(folder: string): string | undefined {
  try {
    return /http:\/\/127\.0\.0\.1:\d+/.exec(readFileSync(join(folder, 'logs', 'station.log'), 'utf8'))?.[0]
  } catch {
    return undefined
  }
}

describeWith(['electron', 'xvfb', 'cjk-font'], 'practising beside a real station', () => {
  let shell: Shell
  let page: Page
  let practice: number | undefined
  beforeAll(async () => {
    shell = await openShell()
    page = await shell.app.firstWindow()
    page.setDefaultTimeout(soon.timeout)
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:/, { timeout: 30_000 })
    const url = new URL(page.url()).origin
    await openClinic(() => url, { institutionName: '城东诊所', settings: { desk: { wizardDone: true } } })
    await page.reload()
    await logInByHand(page, 'admin')
  }, 120_000)
  afterAll(async () => {
    const pid = practice
    if (pid !== undefined) {
      process.kill(pid, 'SIGTERM')
      await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 30_000, interval: 100 })
    }
    await shell?.close()
  }, 60_000)

  const isRunning = (pid: number) => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }

  test('one click starts it, with data of its own and in training', async () => {
    const place = join(shell.folder, 'user-data', 'training')
    await page.evaluate(() => {
      location.hash = '#/settings/general'
    })
    await button(page, '打开训练窗口').click()
    await page.getByText('训练窗口正在打开').waitFor()
    await expect.poll(() => programIn(place), { timeout: 60_000 }).toBeGreaterThan(0)
    practice = programIn(place)
    await expect.poll(() => addressIn(place), { timeout: 60_000 }).toBeDefined()
    const address = addressIn(place)
    const setup = await (await fetch(new URL(routes.setupState.path, address))).json()
    expect(setup).toMatchObject({ needed: false, mode: 'training', trainingUser: { username: 'training' } })
    const practising = await logInToStation(() => address!, setup.trainingUser.username, setup.trainingUser.password)
    const [institution] = await practising.call(routes.institutionList)
    expect(institution?.name).toBe('城东诊所')
    expect(address).not.toBe(new URL(page.url()).origin)
  })
})
