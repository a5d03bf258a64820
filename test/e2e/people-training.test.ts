import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { describeWith } from '../peers.ts'
import { runStation } from '../stand-ins/station-for-tests.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'
import { button, keepPicture, logInByHand, openClinic, soon } from './desk-story.ts'

// Practising: the window that a real station opens is ready for whoever sits down at it, and a browser is told how to get one.

vi.setConfig({ testTimeout: 120_000 })

describeWith(['chromium', 'cjk-font'], 'practising', () => {
  let practice: ReturnType<typeof runStation>
  let real: DeskStation
  let browser: DeskBrowser
  let address = ''
  beforeAll(async () => {
    practice = runStation({ adminPassword: null, args: ['--training-for', '城东诊所'] })
    const line = await practice.first
    if (line.event !== 'ready') throw new Error(`${line.code} ${line.message}`)
    address = line.url
    real = await startDeskStation()
    await openClinic(() => real.url, { institutionName: '城东诊所', settings: { desk: { wizardDone: true } } })
    browser = await startDeskBrowser()
  }, 90_000)
  afterAll(async () => {
    expect(browser?.complaints ?? []).toEqual([])
    await browser?.close()
    practice?.child.kill('SIGTERM')
    await practice?.ended
    await real?.stop()
  })
  async function seriousOf(page: Page): Promise<readonly string[]> {
    const { violations } = await new AxeBuilder({ page }).analyze()
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)
  }

  test('a window to practise in tells who may log in, and one click is enough', async () => {
    const page = await browser.open()
    page.setDefaultTimeout(soon.timeout)
    await page.goto(address)
    await page.getByText('用户名 training，密码 training-2026').waitFor()
    await keepPicture(page, 'training-login')
    expect(await seriousOf(page)).toEqual([])
    await button(page, '进入训练').click()
    await page.getByRole('heading', { name: '今日检查' }).waitFor()
    await page.locator('.desk-training').waitFor()
    await page.locator('.brand-institution').getByText('城东诊所').waitFor()
    expect(await page.getByRole('link', { name: '继续首次设置' }).count()).toBe(0)
    await page.getByRole('navigation', { name: '主菜单' }).getByText('训练').click()
    // The simulated clouds are there already.
    await page.getByRole('link', { name: /模拟/ }).first().waitFor()
    await page.close()
  })

  test('what is shown may be typed by hand as well', async () => {
    const page = await browser.open()
    page.setDefaultTimeout(soon.timeout)
    await page.goto(address)
    await logInByHand(page, 'training', 'training-2026')
    await page.close()
  })

  test('in a browser a station of real patients says how a window to practise in is opened', async () => {
    const page = await browser.open()
    page.setDefaultTimeout(soon.timeout)
    await page.goto(real.url)
    await logInByHand(page, 'admin')
    await page.goto(`${real.url}#/training`)
    await page.getByText('本站正在正式使用，这里不能练习').waitFor()
    await page.getByText('--training-for').waitFor()
    await keepPicture(page, 'training-elsewhere')
    await page.goto(`${real.url}#/settings/general`)
    await page.getByText('浏览器不能启动程序').waitFor()
    expect(await button(page, '打开训练窗口').count()).toBe(0)
    await page.close()
  })
})
