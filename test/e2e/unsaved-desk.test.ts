import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { describeWith } from '../peers.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'
import { button, dialog, logInByHand, menu, openClinic, soon, storyPassword } from './desk-story.ts'

// What was typed into settings, the wizard and their dialogs is not lost by a step, a tab, a menu entry or a click beside it.

vi.setConfig({ testTimeout: 150_000 })

describeWith(['chromium', 'cjk-font'], 'what was typed and not saved', () => {
  let station: DeskStation
  let browser: DeskBrowser
  let desk: Page
  beforeAll(async () => {
    station = await startDeskStation()
    browser = await startDeskBrowser()
    await openClinic(() => station.url, { institutionName: '城南诊所', settings: { desk: { wizardDone: true } } })
    desk = await browser.open()
    desk.setDefaultTimeout(soon.timeout)
    await desk.goto(station.url)
    await logInByHand(desk, 'admin')
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await station?.stop()
  })

  const question = () => desk.locator('.ant-modal:visible', { hasText: '有内容还没有保存' })
  const answer = async (name: string) => {
    await button(question(), name).click()
    await question().waitFor({ state: 'detached' })
  }
  const folder = () => desk.getByLabel('备份到（完整路径）')

  test('a step of the wizard asks, and going on typing finds everything as it was', async () => {
    await desk.goto(`${station.url}#/welcome/4`)
    await folder().fill('/backup/of/the/clinic')
    await button(desk, '下一步').click()
    await answer('继续填写')
    expect(await folder().inputValue()).toBe('/backup/of/the/clinic')
    await desk.getByText('云平台', { exact: true }).click()
    await answer('继续填写')
    expect(await folder().inputValue()).toBe('/backup/of/the/clinic')
  })

  test('saving from the question goes on to where the person wanted', async () => {
    await button(desk, '下一步').click()
    await answer('保存并继续')
    await button(desk, '完成').waitFor()
    await button(desk, '上一步').click()
    await expect.poll(() => folder().inputValue(), soon).toBe('/backup/of/the/clinic')
    // Nothing is unsaved now: nobody is asked.
    await button(desk, '上一步').click()
    await desk.getByText('要上传到哪里？', { exact: false }).waitFor()
  })

  test('what can’t be saved stays where it is, marked in red', async () => {
    await button(desk, /添加\s?PACS/).click()
    await desk.getByLabel('对方 AE 名').fill('PACS')
    await button(desk, '下一步').click()
    await answer('保存并继续')
    await desk.locator('.ant-form-item-has-error', { hasText: '对方地址' }).waitFor()
    expect(await desk.getByLabel('对方 AE 名').inputValue()).toBe('PACS')
    await button(desk, '下一步').click()
    await answer('不保存')
    await folder().waitFor()
  })

  test('loading the wizard again stays at its step', async () => {
    await desk.reload()
    await folder().waitFor()
  })

  test('a tab of the settings and the menu ask too', async () => {
    await desk.goto(`${station.url}#/settings/general`)
    const pattern = desk.getByLabel('检查号格式')
    await pattern.fill('X{YY}{nnnn}')
    await desk.getByRole('tab', { name: '报告' }).click()
    await answer('继续填写')
    expect(await pattern.inputValue()).toBe('X{YY}{nnnn}')
    await desk.getByRole('navigation', { name: '主菜单' }).getByText('登记').click()
    await answer('继续填写')
    await button(desk, '保存').click()
    await desk.getByText('已保存').first().waitFor()
    await desk.getByRole('tab', { name: '报告' }).click()
    await desk.getByLabel('禁用词').waitFor()
  })

  test('an address typed by hand asks too', async () => {
    await desk.goto(`${station.url}#/settings/general`)
    const pattern = desk.getByLabel('检查号格式')
    await expect.poll(() => pattern.inputValue(), soon).toBe('X{YY}{nnnn}')
    await pattern.fill('Y{YY}{nnnn}')
    const type = (hash: string) =>
      desk.evaluate((wanted) => {
        location.hash = wanted
      }, hash)
    await type('#/day')
    await answer('继续填写')
    expect(desk.url()).toContain('#/settings/general')
    expect(await pattern.inputValue()).toBe('Y{YY}{nnnn}')
    await type('#/day')
    await answer('不保存')
    await desk.getByRole('heading', { name: '收工' }).waitFor()
    await desk.goBack()
    await expect.poll(() => pattern.inputValue(), soon).toBe('X{YY}{nnnn}')
    // Nothing is unsaved: nobody is asked.
    await type('#/day')
    await desk.getByRole('heading', { name: '收工' }).waitFor()
    await menu(desk, '登记').click()
    await desk.getByLabel('姓名').first().fill('没写完的人')
    await type('#/day')
    const leaving = desk.locator('.ant-modal-confirm', { hasText: '离开登记？' })
    await leaving.getByRole('button', { name: '返回修改' }).click()
    await leaving.waitFor({ state: 'detached' })
    expect(await desk.getByLabel('姓名').first().inputValue()).toBe('没写完的人')
  })

  test('logging out asks too, and the same person comes back to the page that was left', async () => {
    const logOut = async () => {
      await desk.getByTitle('用户菜单').click()
      await desk.getByRole('menuitem', { name: '退出登录' }).click()
    }
    await logOut()
    const leaving = desk.locator('.ant-modal-confirm', { hasText: '离开登记？' })
    await leaving.getByRole('button', { name: '离开', exact: true }).click()
    await desk.getByRole('heading', { name: '登录' }).waitFor()
    expect(desk.url()).toContain('#/register')
    await desk.getByLabel('用户名').fill('admin')
    await desk.getByLabel('密码').fill(storyPassword)
    await button(desk, '登录').click()
    await desk.getByRole('heading', { name: '登记', exact: true }).waitFor()
    await desk.goto(`${station.url}#/settings/general`)
    await desk.getByLabel('检查号格式').fill('Z{YY}{nnnn}')
    await logOut()
    await answer('继续填写')
    expect(await desk.getByLabel('检查号格式').inputValue()).toBe('Z{YY}{nnnn}')
    await logOut()
    await answer('保存并继续')
    await desk.getByRole('heading', { name: '登录' }).waitFor()
    await desk.getByLabel('用户名').fill('admin')
    await desk.getByLabel('密码').fill(storyPassword)
    await button(desk, '登录').click()
    await expect.poll(() => desk.getByLabel('检查号格式').inputValue(), soon).toBe('Z{YY}{nnnn}')
  })

  test('a dialog begins in its first field, and neither a click beside it nor Escape drops what was typed', async () => {
    await desk.goto(`${station.url}#/people`)
    await button(desk, '新建用户').click()
    const username = dialog(desk).getByLabel('用户名')
    await expect.poll(() => username.evaluate((field) => field === document.activeElement), soon).toBe(true)
    await desk.keyboard.type('wang')
    await desk.mouse.click(20, 500)
    await desk.keyboard.press('Escape')
    await answer('继续填写')
    expect(await username.inputValue()).toBe('wang')
    await desk.keyboard.press('Escape')
    await answer('不保存')
    await expect.poll(() => dialog(desk).count(), soon).toBe(0)
    // Nothing typed, nothing asked.
    await button(desk, '新建用户').click()
    await username.waitFor()
    await desk.keyboard.press('Escape')
    await expect.poll(() => dialog(desk).count(), soon).toBe(0)
    expect(browser.complaints).toEqual([])
  })
})
