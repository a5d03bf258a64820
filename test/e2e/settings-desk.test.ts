import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { describeWith } from '../peers.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'
import { button, dialog, dialogButton, logInByHand, openClinic, soon } from './desk-story.ts'

// What the station refuses stands at the field that has to be changed, in every form of the settings; each field has its help, each page too.

vi.setConfig({ testTimeout: 150_000 })

describeWith(['chromium', 'cjk-font'], 'settings, what they refuse and their help', () => {
  let station: DeskStation
  let browser: DeskBrowser
  let desk: Page
  beforeAll(async () => {
    station = await startDeskStation()
    browser = await startDeskBrowser()
    await openClinic(() => station.url, {
      institutionName: '城南诊所',
      settings: { desk: { wizardDone: true } },
      devices: [{ name: '拍片机', aeTitle: 'DR1', modality: 'DR' }],
    })
    desk = await browser.open()
    await desk.goto(station.url)
    await logInByHand(desk, 'admin')
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await station?.stop()
  })

  const go = (tab: string) => desk.goto(`${station.url}#/settings/${tab}`)
  /** The words at a field, once there are any. */
  const saidAt = async (label: string, words: RegExp, within = desk.locator('body')) =>
    expect
      .poll(
        () =>
          within
            .locator('.ant-form-item', { has: desk.getByLabel(label, { exact: true }) })
            .last()
            .innerText(),
        soon,
      )
      .toMatch(words)

  test('a numbering pattern', async () => {
    await go('general')
    await desk.getByLabel('检查号格式').fill('DR{YY}')
    await button(desk, '保存').click()
    await saidAt('检查号格式', /要含有 \{nnnn\} 这样的流水号/)
    await desk.getByLabel('检查号格式').fill('ABCDEFGHIJ{YYYY}{nnnn}')
    await button(desk, '保存').click()
    await saidAt('检查号格式', /编号规则不可用/)
  })

  test('an origin of a viewer, as one of several', async () => {
    await desk.getByLabel('检查号格式').fill('{modality}{YY}{MM}{DD}{nnnn}')
    const origins = desk.getByLabel('允许的网页阅片器')
    await origins.fill('http://localhost:3000 https://example.org')
    await origins.press('Enter')
    await button(desk, '保存').click()
    await expect.poll(() => desk.getByText('须是本机的来源').count(), soon).toBe(1)
  })

  test('a forbidden word that is a whole sentence, and the label of one modality', async () => {
    await go('reporting')
    const words = desk.getByLabel('禁用词')
    await words.fill('长'.repeat(51))
    await words.press('Enter')
    await button(desk, '保存').click()
    await expect.poll(() => desk.getByText('不能超过 50 个字符（现在 51 个字符）').count(), soon).toBe(1)
  })

  test('an AE title that another device has', async () => {
    await go('devices')
    await button(desk, '添加设备').click()
    await dialog(desk).getByLabel('设备名称').fill('另一台')
    await dialog(desk).getByLabel('设备的 AE 名').fill('DR1')
    await dialogButton(desk, '保存').click()
    await expect.poll(() => dialog(desk).getByText('AE 名“DR1”已登记给另一台设备').count(), soon).toBe(1)
    await dialogButton(desk, '取消').click()
  })

  test('DICOM over TLS without a certificate', async () => {
    await desk.getByRole('button', { name: /TLS/ }).first().click()
    await desk.getByLabel('启用 TLS 端口').click()
    await desk.locator('.dicom-tls').getByRole('button', { name: '保存' }).click()
    await expect.poll(() => desk.locator('.dicom-tls').getByText('还缺少证书').count(), soon).toBe(1)
  })

  test('the address of a cloud', async () => {
    await go('aimis')
    await button(desk, /添加腾讯/).click()
    await desk.getByLabel('前置机网址').fill('gateway')
    await desk.getByLabel('AppId').fill('app')
    await desk.getByLabel('Token').fill('0123456789abcdef0123456789abcdef')
    await desk.getByLabel('对方 AE 名').fill('GW')
    await desk.getByLabel('对方地址').fill('127.0.0.1')
    await button(desk, '保存').click()
    await saidAt('前置机网址', /须是完整的网址/)
  })

  test('a user name that somebody has', async () => {
    await desk.goto(`${station.url}#/people`)
    await button(desk, '新建用户').click()
    await dialog(desk).getByLabel('用户名').fill('admin')
    await dialog(desk).getByLabel('姓名').fill('李医生')
    await dialog(desk).getByLabel('密码', { exact: true }).fill('Password-of-li')
    await dialogButton(desk, '保存').click()
    await expect.poll(() => dialog(desk).getByText('用户名“admin”已存在').count(), soon).toBe(1)
    await dialogButton(desk, '取消').click()
  })

  /** The labels of fields in sight without a line of help under them. */
  const helpless = () =>
    desk.evaluate(() =>
      [...document.querySelectorAll('.ant-form-item')]
        .filter((item) => item.checkVisibility() && item.querySelector('.ant-form-item-label label'))
        .filter((item) => !item.querySelector('.ant-form-item-extra')?.textContent?.trim())
        .map((item) => item.querySelector('label')?.textContent),
    )

  test('every field that is shown has its line of help', async () => {
    for (const tab of ['general', 'reporting', 'printing', 'backup', 'aimis', 'jilin', 'pacs', 'devices']) {
      await go(tab)
      await expect.poll(() => desk.locator('.ant-spin-spinning').count(), soon).toBe(0)
      const adding = button(desk, /^添加(腾讯影像云|省影像云|PACS|设备)$/)
      if (await adding.count()) await adding.first().click()
      await expect.poll(() => desk.locator('.ant-form-item').count(), soon).toBeGreaterThan(1)
      expect(await helpless(), tab).toEqual([])
    }
    await dialogButton(desk, '取消').click()
  })

  test('F1 opens the help of the page, in a dialog too, and closes it', async () => {
    await go('devices')
    const help = desk.locator('.page-help')
    await desk.getByRole('heading', { name: '设置' }).waitFor()
    await desk.keyboard.press('F1')
    await help.getByText('帮助 · 设置 · 设备').waitFor()
    await help.getByText('被拒绝的设备', { exact: false }).waitFor()
    const { violations } = await new AxeBuilder({ page: desk }).include('.page-help').analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
    await desk.keyboard.press('F1')
    await help.waitFor({ state: 'detached' })
    await button(desk, '添加设备').click()
    await dialog(desk).getByLabel('设备名称').press('F1')
    await help.getByText('帮助 · 设置 · 设备').waitFor()
    await desk.keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })
    expect(await dialog(desk).count()).toBe(1)
    await dialogButton(desk, '取消').click()
  })

  test('the help is in the menu for the mouse, and speaks English too', async () => {
    await desk.goto(`${station.url}#/board`)
    await desk.getByTitle('用户菜单').click()
    await desk.getByRole('menuitem', { name: '帮助（F1）' }).click()
    await desk.locator('.page-help').getByText('帮助 · 今日检查').waitFor()
    await desk.keyboard.press('Escape')
    await desk.locator('.page-help').waitFor({ state: 'detached' })
    await desk.getByTitle('用户菜单').click()
    await desk.getByRole('menuitem', { name: 'English' }).click()
    await desk.keyboard.press('F1')
    await desk.locator('.page-help').getByText('Help · Exams today').waitFor()
    expect(browser.complaints).toEqual([])
  })
})
