import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { routes } from '../../shared/api/routes.ts'
import { describeWith } from '../peers.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'
import { button, menu, openDeskOf, storyPassword as password, setUpByHand, soon } from './desk-story.ts'

// The first administrator of a clinic, from the wizard to practising; then people with passwords of their own. One story, in its order.

vi.setConfig({ testTimeout: 150_000 })

const place = mkdtempSync(join(tmpdir(), 'yingzhan-stick-'))

describeWith(['chromium', 'cjk-font'], 'what an administrator looks after, by hand', () => {
  let station: DeskStation
  let browser: DeskBrowser
  let desk: Page
  beforeAll(async () => {
    station = await startDeskStation()
    browser = await startDeskBrowser()
    desk = await browser.open()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await station?.stop()
    rmSync(place, { recursive: true, force: true })
  })

  const heading = (page: Page, name: string) => page.getByRole('heading', { name })
  const chooseInUserMenu = async (page: Page, name: string) => {
    await page.getByTitle('用户菜单').click()
    await page.getByRole('menuitem', { name, exact: true }).click()
  }

  test('the wizard leads through institution, devices, clouds and backup, each with a way past it', async () => {
    await desk.goto(station.url)
    // Tab goes from field to field, past the eye that shows a password.
    await desk.getByLabel('密码', { exact: true }).focus()
    await desk.keyboard.press('Tab')
    const again = desk.getByLabel('再输一次密码')
    expect(await again.evaluate((field) => field === document.activeElement)).toBe(true)
    await setUpByHand(desk, 'training')
    await heading(desk, '开始使用影站').waitFor()
    // Put off, it is not forgotten.
    await button(desk, '以后再说').click()
    await heading(desk, '今日检查').waitFor()
    await desk.getByRole('link', { name: '继续首次设置' }).click()
    await heading(desk, '开始使用影站').waitFor()
    await desk.getByRole('cell', { name: '城东诊所' }).waitFor()
    await button(desk, '下一步').click()
    await desk.getByText(String(station.dicom.port)).waitFor()
    await desk.getByText(station.dicom.aeTitle).first().waitFor()
    await desk.emulateMedia({ media: 'print' })
    expect(await desk.getByText(String(station.dicom.port)).isVisible()).toBe(true)
    expect(await button(desk, '下一步').isVisible()).toBe(false)
    await desk.emulateMedia({ media: 'screen' })
    await button(desk, '下一步').click()
    await button(desk, /添加腾讯/).waitFor()
    for (const purpose of ['患者扫检查卡上的二维码', '按省里的要求上报', '转给医院、影像中心'])
      await desk.getByText(purpose, { exact: false }).waitFor()
    await button(desk, '添加 PACS').waitFor()
    await button(desk, '下一步').click()
    await desk.getByLabel('备份到（完整路径）').fill(place)
    await button(desk, '保存').click()
    await desk.getByText('备份完成，并已读回核对').waitFor()
    expect(readdirSync(join(place, 'yingzhan-backup'))).toContain('station.db')
    await button(desk, '下一步').click()
    await button(desk, '完成').click()
    await heading(desk, '训练').waitFor()
    await desk.getByRole('link', { name: '继续首次设置' }).waitFor({ state: 'detached' })
  })

  test('one click prepares the training: clouds, patients, images', async () => {
    await heading(desk, '训练').waitFor()
    await button(desk, '一键准备').click()
    await desk.getByText('准备好了：到“今日检查”看看').waitFor({ timeout: 60_000 })
    await desk.getByText('腹部彩超').first().waitFor()
    await button(desk, '做这个检查').first().click()
    await desk.getByText('模拟设备发来 3 幅影像').waitFor()
    await button(desk, '发一组没人登记的影像').click()
    await desk.getByTitle('1 个未匹配').waitFor()
    const frame = await desk.locator('.desk').evaluate((element) => getComputedStyle(element).borderTopColor)
    expect(frame).toBe('rgb(212, 107, 8)')
  })

  test('a new doctor chooses an own password before anything is shown', async () => {
    await menu(desk, '用户').click()
    await button(desk, '新建用户').click()
    const dialog = desk.locator('.ant-modal')
    await dialog.getByLabel('用户名').fill('li')
    await dialog.getByLabel('姓名').fill('李书写')
    await dialog.getByLabel('密码', { exact: true }).fill('given-by-admin')
    expect(await dialog.getByLabel('首次登录须改成自己的密码').isChecked()).toBe(true)
    await dialog.getByRole('button', { name: '保存' }).click()
    await desk.getByRole('cell', { name: '李书写', exact: true }).waitFor()

    const page = await browser.open()
    await page.goto(station.url)
    await page.getByLabel('用户名').fill('li')
    await page.getByLabel('密码').fill('given-by-admin')
    await button(page, '登录').click()
    await heading(page, '李书写，请先设置自己的密码').waitFor()
    await page.getByLabel('现在的密码').fill('given-by-admin')
    await page.getByLabel('新密码').fill(password)
    await page.getByLabel('再输一次密码').fill(password)
    await button(page, '修改密码').click()
    await heading(page, '今日检查').waitFor()
    // The wizard is the administrator's.
    expect(await page.getByRole('link', { name: '继续首次设置' }).count()).toBe(0)
    await page.goto(`${station.url}#/welcome`)
    await heading(page, '今日检查').waitFor()
    await page.close()
  })

  test('whoever mistyped the password too often is seen by the administrator, who opens the account', async () => {
    const page = await browser.open()
    await page.goto(station.url)
    await page.getByLabel('用户名').fill('li')
    const lockedWords = /^该账号因连续输错密码已被锁定到 \d\d:\d\d$/
    for (let i = 0; i < 6; i += 1) {
      await page.getByLabel('密码').fill(`wrong-password-${i}`)
      await Promise.all([
        page.waitForResponse((answer) => new URL(answer.url()).pathname === routes.sessionCreate.path),
        button(page, '登录').click(),
      ])
      const told = [/^用户名或密码不正确$/, /^用户名或密码不正确$/, /还可以试 2 次/, /还可以试 1 次/]
      await page.getByText(told[i] ?? (i === 4 ? /^密码又错了，该账号已被锁定到 \d\d:\d\d$/ : lockedWords)).waitFor()
    }
    await page.getByText('请在 15 分钟后再试，或请管理员在“用户”里解锁').waitFor()
    await desk.reload()
    const row = desk.getByRole('row', { name: /李书写/ })
    await row.getByText(/^已锁定到 \d\d:\d\d$/).waitFor()
    await button(row, '解锁').click()
    await row.getByText('可登录').waitFor()
    await page.getByLabel('密码').fill(password)
    await button(page, '登录').click()
    await heading(page, '今日检查').waitFor()
    await page.close()
  })

  test('a desk that is left locks itself, keeps what was typed, and opens with the password only', async () => {
    await desk.clock.install()
    await menu(desk, '登记').click()
    await desk.getByLabel('姓名').first().fill('没写完的人')
    await desk.clock.fastForward('16:00')
    await desk.getByRole('dialog', { name: '已锁定' }).waitFor()
    expect(await desk.locator('#root').getAttribute('inert')).toBe('')
    await desk.reload()
    await desk.getByRole('dialog', { name: '已锁定' }).waitFor()
    await desk.getByLabel('密码').fill('wrong')
    await button(desk, '解锁').click()
    await desk.getByText('密码不正确').first().waitFor()
    await desk.getByLabel('密码').fill(password)
    await button(desk, '解锁').click()
    await desk.getByRole('dialog', { name: '已锁定' }).waitFor({ state: 'detached' })
  })

  test('what was being typed is still there after unlocking', async () => {
    await menu(desk, '登记').click()
    const name = desk.getByLabel('姓名').first()
    await name.fill('没写完的人')
    await chooseInUserMenu(desk, '锁定')
    await desk.getByRole('dialog', { name: '已锁定' }).waitFor()
    await desk.getByLabel('密码').fill(password)
    await desk.keyboard.press('Enter')
    await desk.getByRole('dialog', { name: '已锁定' }).waitFor({ state: 'detached' })
    expect(await name.inputValue()).toBe('没写完的人')
  })

  test('a locked desk takes neither what a scanner types nor the keys of the page behind it', async () => {
    const page = await openDeskOf(browser, station.url, 'admin')
    const number = await page.evaluate(async () => {
      const { token } = JSON.parse(sessionStorage.getItem('station-session') ?? '{}')
      const answer = await fetch('/api/exams', { headers: { authorization: `Bearer ${token}` } })
      return (await answer.json()).rows[0].exam.accessionNumber
    })
    await menu(page, '登记').click()
    await page.getByLabel('姓名').first().fill('没写完的人')
    await chooseInUserMenu(page, '锁定')
    const lock = page.getByRole('dialog', { name: '已锁定' })
    await lock.getByLabel('密码').waitFor()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await lock.click({ position: { x: 3, y: 3 } })
    await page.keyboard.press('F1')
    await page.keyboard.type(number, { delay: 3 })
    await page.keyboard.press('Enter')
    // What the page shows only now can't be reached either.
    await page.evaluate(() => document.body.append(document.createElement('aside')))
    await expect.poll(() => page.locator('body > aside').getAttribute('inert'), soon).toBe('')
    await lock.getByLabel('密码').fill(password)
    await page.keyboard.press('Enter')
    await lock.waitFor({ state: 'detached' })
    expect(await page.locator('body > aside').getAttribute('inert')).toBeNull()
    expect(asked).not.toContain(routes.examFind.path)
    expect(await page.locator('.ant-modal-wrap:visible, .ant-drawer:visible').count()).toBe(0)
    expect(await page.getByLabel('姓名').first().inputValue()).toBe('没写完的人')
    // Another person's turn: the station knows the one before no more.
    const session = await page.evaluate(() => JSON.parse(sessionStorage.getItem('station-session') ?? '{}'))
    await chooseInUserMenu(page, '锁定')
    await button(lock, '换人登录').click()
    await heading(page, '登录').waitFor()
    const headers = { authorization: `Bearer ${session.token}` }
    expect((await fetch(new URL(routes.sessionRead.path, station.url), { headers })).status).toBe(401)
    await page.close()
  })

  test('the reading room is dark, and big letters are big, and both are remembered', async () => {
    await chooseInUserMenu(desk, '深色（阅片室）')
    await chooseInUserMenu(desk, '大字')
    await desk.reload()
    await heading(desk, '登记').first().waitFor()
    expect(await desk.locator('html').getAttribute('data-theme')).toBe('dark')
    const ground = await desk.locator('body').evaluate((element) => getComputedStyle(element).backgroundColor)
    expect(Math.max(...ground.match(/\d+/g)!.map(Number))).toBeLessThan(60)
    expect(await desk.locator('html').evaluate((element) => getComputedStyle(element).fontSize)).toBe('16px')
  })

  test('the audit log is searched by hand, and tells that nobody touched it', async () => {
    await menu(desk, '设置').click()
    await desk.getByRole('tab', { name: '审计日志' }).click()
    await desk.getByLabel('检查号、患者、用户或内容').fill('城东诊所')
    await desk.getByRole('cell', { name: '保存机构' }).first().waitFor()
    await desk.getByRole('cell', { name: '修改自己的密码' }).waitFor({ state: 'detached' })
    await desk.getByLabel('检查号、患者、用户或内容').fill('')
    await desk.getByRole('cell', { name: '修改自己的密码' }).first().waitFor()
    // People and exams by their names, and what was noted in words.
    const opened = desk.getByRole('row', { name: /王院长.*修改用户.*用户 李书写.*解锁：是/ })
    await opened.waitFor()
    await desk.getByLabel('检查号、患者、用户或内容').fill('张䶮')
    await desk
      .getByRole('row', { name: /登记检查.*检查 DR\d{10} 张䶮/ })
      .first()
      .waitFor()
    await desk.getByLabel('检查号、患者、用户或内容').fill('')
    await button(desk, '校验').click()
    await desk.getByText(/行都和写下时一样，没有人动过/).waitFor()
    const [file] = await Promise.all([desk.waitForEvent('download'), button(desk, '导出 CSV').click()])
    expect(file.suggestedFilename()).toMatch(/^audit-\d{8}-\d{4}\.csv$/)
    expect(browser.complaints.filter((words) => !words.includes('401'))).toEqual([])
  })
})
