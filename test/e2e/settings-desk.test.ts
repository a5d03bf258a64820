import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
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

  /** The dialog asks about what is not saved. */
  const drop = async () => {
    await button(dialog(desk), '不保存').click()
    await expect.poll(() => dialog(desk).count(), soon).toBe(0)
  }
  /** By the address, typed by hand: what a test before left unsaved is asked about, and dropped. */
  const goTo = async (address: string, there: Locator) => {
    await desk.goto(`${station.url}#/${address}`)
    const asked = button(dialog(desk), '不保存')
    await there.or(asked).first().waitFor()
    if (await asked.isVisible()) await drop()
    await there.waitFor()
  }
  const go = (tab: string) => goTo(`settings/${tab}`, desk.locator(`.ant-tabs-tab-active[data-node-key="${tab}"]`))
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
  /** The desk's own limit of a field does not stand in the way of the contract's. */
  const asLongAsOneLikes = (input: HTMLElement | SVGElement) => input.removeAttribute('maxlength')
  /** What is told beside the field: the words, what to do, and the code that can be copied. Then it is put away. */
  const toldWith = async (words: string, action: string, code: string) => {
    const told = desk.locator('.ant-notification-notice', { hasText: words }).last()
    await told.getByText(action).waitFor()
    const number = told.locator('.failure-notice .mono')
    expect(await number.innerText()).toContain(code)
    await number.getByRole('button').waitFor()
    await told.locator('.ant-notification-notice-close').click()
    await told.waitFor({ state: 'detached' })
  }

  test('a numbering pattern', async () => {
    await go('general')
    await desk.getByLabel('检查号格式').fill('DR{YY}')
    await button(desk, '保存').click()
    await saidAt('检查号格式', /要含有 \{nnnn\} 这样的流水号/)
    await toldWith('检查号格式：要含有', '请按标红处的提示修改', 'BAD-REQUEST')
    await desk.getByLabel('检查号格式').fill('ABCDEFGHIJ{YYYY}{nnnn}')
    await button(desk, '保存').click()
    await saidAt('检查号格式', /编号规则不可用/)
    await toldWith('编号规则不可用', '检查号最多 16 个字符', 'NUMBER-PATTERN')
  })

  test('an origin of a viewer, as one of several', async () => {
    await desk.getByLabel('检查号格式').fill('{modality}{YY}{MM}{DD}{nnnn}')
    const origins = desk.getByLabel('允许的网页阅片器')
    await origins.fill('http://localhost:3000 https://example.org')
    await origins.press('Enter')
    await button(desk, '保存').click()
    await expect.poll(() => desk.locator('.ant-form-item').getByText('须是本机的来源').count(), soon).toBe(1)
    await toldWith('须是本机的来源', '请按标红处的提示修改', 'BAD-REQUEST')
  })

  test('a forbidden word that is a whole sentence, and the label of one modality', async () => {
    await go('reporting')
    const words = desk.getByLabel('禁用词')
    await words.fill('长'.repeat(51))
    await words.press('Enter')
    await button(desk, '保存').click()
    await expect
      .poll(() => desk.locator('.ant-form-item').getByText('不能超过 50 个字符（现在 51 个字符）').count(), soon)
      .toBe(1)
    await toldWith('不能超过 50 个字符', '请按标红处的提示修改', 'BAD-REQUEST')
  })

  test('an AE title that another device has', async () => {
    await go('devices')
    await button(desk, '添加设备').click()
    await dialog(desk).getByLabel('设备名称').fill('另一台')
    await dialog(desk).getByLabel('设备的 AE 名').fill('DR1')
    await dialogButton(desk, '保存').click()
    await expect.poll(() => dialog(desk).getByText('AE 名“DR1”已登记给另一台设备').count(), soon).toBe(1)
    await toldWith('已登记给另一台设备', '请核对设备的 AE 名', 'AE-TITLE-TAKEN')
    await dialogButton(desk, '取消').click()
    await drop()
  })

  test('DICOM over TLS without a certificate', async () => {
    await desk.getByRole('button', { name: /TLS/ }).first().click()
    await desk.getByLabel('启用 TLS 端口').click()
    await desk.locator('.dicom-tls').getByRole('button', { name: '保存' }).click()
    await expect.poll(() => desk.locator('.dicom-tls').getByText('还缺少证书').count(), soon).toBe(1)
    await toldWith('还缺少证书', '请粘贴 PEM 格式', 'DICOM-TLS-CERTIFICATE-MISSING')
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
    await toldWith('须是完整的网址', '请按标红处的提示修改', 'BAD-REQUEST')
  })

  test('a user name that somebody has', async () => {
    await goTo('people', button(desk, '新建用户'))
    await button(desk, '新建用户').click()
    await dialog(desk).getByLabel('用户名').fill('admin')
    await dialog(desk).getByLabel('姓名').fill('李医生')
    await dialog(desk).getByLabel('密码', { exact: true }).fill('Password-of-li')
    await dialogButton(desk, '保存').click()
    await expect.poll(() => dialog(desk).getByText('用户名“admin”已存在').count(), soon).toBe(1)
    await toldWith('用户名“admin”已存在', '请换一个用户名', 'ACCOUNT-EXISTS')
    await dialogButton(desk, '取消').click()
    await drop()
  })

  test('a phone that is longer than the contract takes', async () => {
    await go('institutions')
    await button(desk, '新建机构').click()
    await dialog(desk).getByLabel('机构名称').fill('城北诊所')
    await dialog(desk).getByLabel('电话').evaluate(asLongAsOneLikes)
    await dialog(desk).getByLabel('电话').fill('1'.repeat(31))
    await dialogButton(desk, '保存').click()
    await saidAt('电话', /不能超过 30 个字符（现在 31 个字符）/, dialog(desk))
    await toldWith('电话不能超过 30', '请按标红处的提示修改', 'BAD-REQUEST')
    await dialogButton(desk, '取消').click()
    await drop()
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
      const adding = button(desk, /^添加(腾讯影像云|省影像云| ?PACS|设备)$/)
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
    await desk.keyboard.press('Escape')
    await desk.locator('.page-help').waitFor({ state: 'detached' })
  })

  test('what is refused is told in English where the desk is', async () => {
    await go('institutions')
    await button(desk, 'New institution').click()
    await dialog(desk).getByLabel('Institution name').fill('城北诊所')
    await dialog(desk).getByLabel('Phone').evaluate(asLongAsOneLikes)
    await dialog(desk).getByLabel('Phone').fill('1'.repeat(31))
    await dialogButton(desk, 'Save').click()
    await saidAt('Phone', /takes at most 30 characters \(now 31\)/, dialog(desk))
    await toldWith('phone takes at most 30', 'Change what is marked in red', 'BAD-REQUEST')
    expect(browser.complaints).toEqual([])
  })
})
