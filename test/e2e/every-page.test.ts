import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { routes } from '../../shared/api/routes.ts'
import { describeWith } from '../peers.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'

// Every page of the desk, in both themes: looked at by axe-core for whoever cannot see or click well, and kept as a picture
// (out/screenshots/light, out/screenshots/dark) for eyes.

vi.setConfig({ testTimeout: 180_000 })

const password = 'jianchuan-2026'
const pictures = join(import.meta.dirname, '..', '..', 'out', 'screenshots')
const themes = ['light', 'dark'] as const

/** Address below '#/', and what must be there before the page counts as shown. {exam} is one with images and a report. */
const pages: readonly (readonly [name: string, address: string, shown: string])[] = [
  ['board', 'board', '今日检查'],
  ['register', 'register', '登记'],
  ['tray', 'tray', '未匹配'],
  ['imports', 'imports', '导入'],
  ['deliveries', 'deliveries', '上传'],
  ['day', 'day', '收工'],
  ['statistics', 'statistics', '统计'],
  ['exam', 'exams/{exam}', '张䶮'],
  ['reprints', 'reprints', '待补打'],
  ['settings-general', 'settings/general', '设置'],
  ['settings-reporting', 'settings/reporting', '设置'],
  ['settings-institutions', 'settings/institutions', '设置'],
  ['settings-devices', 'settings/devices', '设置'],
  ['settings-aimis', 'settings/aimis', '设置'],
  ['settings-jilin', 'settings/jilin', '设置'],
  ['settings-pacs', 'settings/pacs', '设置'],
  ['settings-items', 'settings/items', '设置'],
  ['settings-printing', 'settings/printing', '设置'],
  ['settings-backup', 'settings/backup', '设置'],
  ['settings-audit', 'settings/audit', '设置'],
  ['people', 'people', '用户'],
  ['training', 'training', '训练'],
  ['welcome', 'welcome', '开始使用影站'],
  ['no-such-page', 'no-such-page', ''],
]

describeWith(['chromium', 'cjk-font'], 'every page in both themes', () => {
  let station: DeskStation
  let browser: DeskBrowser
  let desk: Page
  let examId = ''

  beforeAll(async () => {
    for (const theme of themes) mkdirSync(join(pictures, theme), { recursive: true })
    station = await startDeskStation()
    browser = await startDeskBrowser()
    desk = await browser.open()
    await desk.goto(station.url)
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await station?.stop()
  })

  async function show(theme: (typeof themes)[number], address: string): Promise<void> {
    await desk.evaluate((chosen) => localStorage.setItem('station-appearance', `${chosen} normal`), theme)
    await desk.goto(`${station.url}#/${address.replace('{exam}', examId)}`)
    await desk.reload()
  }

  /** Colours of what is drawn on images are the images' own business; everything else is looked at. */
  async function seriousFindings(page: Page): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page }).exclude('canvas').analyze()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
  }

  async function lookAt(theme: (typeof themes)[number], name: string): Promise<void> {
    await expect.poll(() => desk.locator('.ant-spin-spinning').count(), { timeout: 20_000 }).toBe(0)
    await desk.screenshot({ path: join(pictures, theme, `${name}.png`) })
    const overflow = await desk.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0)
    expect(await seriousFindings(desk), `${name}, ${theme}`).toEqual([])
  }

  test('the first start', async () => {
    for (const theme of themes) {
      await show(theme, '')
      await desk.getByRole('heading', { name: '首次设置' }).waitFor()
      await lookAt(theme, 'setup')
    }
    await desk.getByLabel('机构名称').fill('城北诊所')
    await desk.getByLabel('用户名').fill('admin')
    await desk.getByLabel('姓名').fill('王院长')
    await desk.getByLabel('密码', { exact: true }).fill(password)
    await desk.getByLabel('再输一次密码').fill(password)
    await desk.getByRole('button', { name: '创建并进入影站' }).click()
    await desk.getByRole('heading', { name: '开始使用影站' }).waitFor()
  })

  test('a day’s work is there to be shown', async () => {
    const call = async (name: keyof typeof routes, path: string, body?: unknown) => {
      const token = JSON.parse((await desk.evaluate(() => sessionStorage.getItem('station-session'))) ?? '{}').token
      const answer = await fetch(new URL(path, station.url), {
        method: routes[name].method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      expect(answer.status, `${name}: ${await answer.clone().text()}`).toBe(200)
      return answer.json()
    }
    await call('trainingCloudsTurn', '/api/training/clouds', { on: true })
    await call('trainingPatients', '/api/training/patients', {})
    const { rows } = (await call('examList', '/api/exams')) as {
      rows: { exam: { id: string }; patient: { name: string } }[]
    }
    for (const { exam } of rows.filter((row) => row.patient.name !== '陈静'))
      await call('trainingImages', '/api/training/images', { examId: exam.id })
    await call('trainingImages', '/api/training/images', {})
    examId = rows.find((row) => row.patient.name === '张䶮')!.exam.id
    await call('reportSave', `/api/exams/${examId}/report`, {
      findings: '双肺纹理清晰，未见实变影。心影大小、形态未见异常。',
      impression: '心肺膈未见明显异常。',
      positive: 'negative',
    })
  })

  for (const theme of themes)
    test.each(pages)(`${theme}: %s`, async (name, address, shown) => {
      await show(theme, address)
      if (shown) await desk.getByText(shown).first().waitFor()
      await lookAt(theme, name)
    })

  test('login and lock', async () => {
    for (const theme of themes) {
      await show(theme, 'board')
      await desk.getByTitle('用户菜单').click()
      await desk.getByRole('menuitem', { name: '锁定', exact: true }).click()
      await desk.getByRole('dialog', { name: '已锁定' }).waitFor()
      await lookAt(theme, 'locked')
      await desk.getByLabel('密码').fill(password)
      await desk.keyboard.press('Enter')
      await desk.getByRole('dialog', { name: '已锁定' }).waitFor({ state: 'detached' })
    }
    await desk.getByTitle('用户菜单').click()
    await desk.getByRole('menuitem', { name: '退出登录' }).click()
    for (const theme of themes) {
      await show(theme, '')
      await desk.getByRole('heading', { name: '登录' }).waitFor()
      await lookAt(theme, 'login')
    }
    expect(browser.complaints).toEqual([])
  })
})
