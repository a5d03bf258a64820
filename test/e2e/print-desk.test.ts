import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { registration } from '../api/fixtures.ts'
import { jilin } from '../db/rooms-for-tests.ts'
import { describeWith } from '../peers.ts'
import { adminPassword, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { type DeskBrowser, startDeskBrowser } from './desk-station.ts'
import { logInByHand } from './desk-story.ts'

// Printers, papers and cards to print again, as an administrator uses them. What the shell adds to a browser is a stand-in that keeps what it is given.

vi.setConfig({ testTimeout: 120_000 })

const screenshots = join(import.meta.dirname, '..', '..', 'out', 'screenshots')

type Job = {
  pages: number
  printer?: string
  widthMicrons: number
  heightMicrons: number
  copies: number
  askFirst: boolean
}
declare global {
  interface Window {
    jobs: Job[]
    refuse: boolean
  }
}

describeWith(['chromium', 'cjk-font'], 'printing at the desk', () => {
  let station: StationForTests
  let browser: DeskBrowser

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true })
    station = await startStation()
    await station.api.destinationCreate({ body: jilin() })
    browser = await startDeskBrowser()
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await station?.stop()
  })

  /** `inShell`: with printers, as in the desk's own window. */
  async function logIn({ inShell }: { readonly inShell: boolean }): Promise<Page> {
    const page = await browser.open()
    if (inShell)
      await page.addInitScript(() => {
        window.jobs = []
        window.refuse = false
        const printers = [
          { name: 'Label_60x40', displayName: '标签机', isDefault: false },
          { name: 'Office', displayName: '办公室 A4', isDefault: true },
        ]
        const printPdf = async (request: DeskPrintRequest | Uint8Array) => {
          if (request instanceof Uint8Array) return { kind: 'handed-over' as const }
          const { pdf, askFirst = false, copies = 1, widthMicrons = 0, heightMicrons = 0, printer } = request
          if (window.refuse && !askFirst) return { kind: 'refused' as const, reason: '缺纸' }
          const pages = new TextDecoder('latin1').decode(pdf).split('/Type /Page\n').length - 1
          window.jobs.push({ pages, askFirst, copies, widthMicrons, heightMicrons, ...(printer ? { printer } : {}) })
          return { kind: 'handed-over' as const }
        }
        Object.assign(window, { shell: { listPrinters: async () => printers, printPdf } })
      })
    await page.goto(station.url)
    await logInByHand(page, 'admin', adminPassword)
    return page
  }

  async function seriousIn(page: Page): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page }).analyze()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  }

  test('an administrator chooses printer, paper and letterhead, and gives a logo', async () => {
    const page = await logIn({ inShell: true })
    await page.goto(`${station.url}#/settings/printing`)
    await page.getByLabel('检查卡 打印机').click()
    await page.getByTitle('标签机').click()
    await page.getByText('标签 60×40', { exact: true }).first().click()
    await page.getByLabel('检查卡 份数').fill('2')
    await page.getByLabel('检查卡 右移（0.1 毫米）').fill('-5')
    await page.getByLabel('抬头名称').fill('城东影像中心')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('已保存').waitFor()
    const { paper, printing } = await station.api.settingsRead()
    expect({ card: paper.card, name: paper.letterhead.name }).toEqual({ card: 'label-60x40', name: '城东影像中心' })
    expect(printing.card).toMatchObject({ printer: 'Label_60x40', copies: 2, offsetX: -5 })

    const png = new PNG({ width: 120, height: 120 })
    for (let at = 0; at < 120 * 120; at += 1)
      png.data.set(Math.floor(at / 120) % 40 < 20 ? [160, 20, 30, 255] : [255, 255, 255, 255], at * 4)
    const chosen = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: '标志 上传图片' }).click()
    await (await chosen).setFiles({ name: 'logo.png', mimeType: 'image/png', buffer: PNG.sync.write(png) })
    await page.getByRole('img', { name: '标志' }).waitFor()
    await page.screenshot({ path: join(screenshots, 'print-settings.png'), fullPage: true })
    expect(await seriousIn(page)).toEqual([])
  })

  test('a measured ruler says whether the printer scales', async () => {
    const page = await logIn({ inShell: true })
    await page.goto(`${station.url}#/settings/printing`)
    await page.getByText('应为 50 毫米').waitFor()
    await page.getByRole('button', { name: '打印校准页' }).click()
    await page.getByText('校准页已交给Label_60x40').waitFor()
    expect(await page.evaluate(() => window.jobs)).toEqual([
      { pages: 1, askFirst: false, copies: 2, widthMicrons: 60_000, heightMicrons: 40_000, printer: 'Label_60x40' },
    ])
    await page.getByLabel('量得的全长（毫米）').fill('48.5')
    await page.getByText('打出来是应有大小的 97.0%').waitFor()
    await page.getByLabel('量得的全长（毫米）').fill('50')
    await page.getByText('大小正确').waitFor()
  })

  test('a card without QR waits to be printed again, until a person says that it need not', async () => {
    const { id } = await station.api.examRegister({ body: registration('赵待补') })
    const paper = await station.api.printPrepare({ body: { kind: 'card', examIds: [id] } })
    await station.api.printDone({ body: { kind: 'card', ticket: paper.ticket, how: 'silent' } })
    const page = await logIn({ inShell: true })
    await page.getByRole('navigation', { name: '主菜单' }).getByText('待补打').click()
    await page.getByRole('row').filter({ hasText: '赵待补' }).getByText('还没到').waitFor()
    expect(await page.getByRole('button', { name: /全部补打/ }).isDisabled()).toBe(true)
    await page.screenshot({ path: join(screenshots, 'reprints.png') })
    expect(await seriousIn(page)).toEqual([])
    await page.getByRole('button', { name: '不用补打' }).click()
    await page.getByRole('button', { name: '确定', exact: true }).click()
    await page.getByText('没有要补打的检查卡').waitFor()
  })

  test('where the printer refuses, the print dialog opens and the page says why', async () => {
    const page = await logIn({ inShell: true })
    await page.evaluate(() => {
      window.refuse = true
    })
    await page.goto(`${station.url}#/settings/printing`)
    await page.getByRole('button', { name: '打印校准页' }).click()
    await page.getByText('没能直接打印（缺纸）').waitFor()
    await vi.waitFor(async () =>
      expect(await page.evaluate(() => window.jobs.map((job) => job.askFirst))).toEqual([true]),
    )
  })

  test('in a browser the PDF goes to the browser’s print dialog, and that is told', async () => {
    const page = await logIn({ inShell: false })
    await page.goto(`${station.url}#/settings/printing`)
    await page.getByText('打印机由浏览器的打印窗口选择').waitFor()
    await page.getByRole('button', { name: '打印校准页' }).click()
    await page.getByText('校准页已打开打印窗口').waitFor()
    expect(await page.locator('iframe[data-print]').getAttribute('src')).toMatch(/^blob:/)
  })
})
