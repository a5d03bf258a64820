import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type DemoClouds, startDemoClouds } from '../../electron/training/demo-clouds.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { describeWith } from '../peers.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'
import { button, menu, storyPassword as password, keepPicture as picture } from './desk-story.ts'

// A clinic's first day, by hand: every click is made in a browser, every image comes from a device over DICOM. The tests are one
// story and run in their order.

// A busy computer needs longer for a click than for everything behind it.
vi.setConfig({ testTimeout: 150_000 })

describeWith(['chromium', 'cjk-font'], 'the desk, by a person in a browser', () => {
  let station: DeskStation
  let browser: DeskBrowser
  let clouds: DemoClouds
  let desk: Page
  let accessionNumber = ''

  beforeAll(async () => {
    clouds = await startDemoClouds()
    station = await startDeskStation()
    browser = await startDeskBrowser()
    desk = await browser.open()
    desk.setDefaultTimeout(20_000)
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    await station?.stop()
    await clouds?.stop()
  })

  const dialogButton = (page: Page, name: string) =>
    page.locator('.ant-modal').getByRole('button', { name, exact: true }).first()
  const viewerFact = (page: Page, name: string) => page.locator('.viewer').getAttribute(`data-${name}`)
  const device = () => createSimulatedModality({ aeTitle: 'DR1', station: station.dicom })

  async function logIn(username: string): Promise<Page> {
    const page = await browser.open()
    page.setDefaultTimeout(20_000)
    await page.goto(station.url)
    await page.getByLabel('用户名').fill(username)
    await page.getByLabel('密码').fill(password)
    if (username === 'li') await picture(page, 'login')
    await button(page, '登录').click()
    await page.getByRole('heading', { name: '今日检查' }).waitFor()
    return page
  }

  test('the first start creates the administrator and names the clinic', async () => {
    await desk.goto(station.url)
    await desk.getByLabel('机构名称').fill('城东诊所')
    await desk.getByLabel('用户名').fill('admin')
    await desk.getByLabel('姓名').fill('王院长')
    await desk.getByLabel('密码', { exact: true }).fill(password)
    await desk.getByLabel('再输一次密码').fill('another-one')
    await desk.getByText('正式使用').click()
    await button(desk, '创建并进入影站').click()
    await desk.getByText('两次输入的密码不一样').waitFor()
    await desk.getByLabel('再输一次密码').fill(password)
    await picture(desk, 'setup')
    await button(desk, '创建并进入影站').click()
    await desk.getByRole('heading', { name: '开始使用影站' }).waitFor()
    await picture(desk, 'welcome')
    await button(desk, '以后再说').click()
    await desk.getByRole('heading', { name: '今日检查' }).waitFor()
    await desk.getByText('城东诊所').waitFor()
    await expect.poll(() => desk.locator('.desk').getAttribute('data-mode')).toBe('real')
  })

  test('an administrator creates the two doctors', async () => {
    await menu(desk, '用户').click()
    for (const [username, displayName, role, code] of [
      ['li', '李书写', '报告医生', 'D001'],
      ['zhao', '赵审核', '审核医生', 'D002'],
    ] as const) {
      await button(desk, '新建用户').click()
      const dialog = desk.locator('.ant-modal')
      await dialog.getByLabel('用户名').fill(username)
      await dialog.getByLabel('姓名').fill(displayName)
      await dialog.getByLabel('角色').click()
      await desk.locator('.ant-select-item-option', { hasText: role }).click()
      await dialog.getByLabel('医生编码').fill(code)
      await dialog.getByLabel('密码', { exact: true }).fill(password)
      await dialog.getByLabel('首次登录须改成自己的密码').uncheck()
      await dialogButton(desk, '保存').click()
      await desk.getByRole('cell', { name: displayName, exact: true }).waitFor()
    }
    await picture(desk, 'people')
  })

  test('a device that was refused is let in with one click', async () => {
    expect(await device().echo()).toBe(false)
    await menu(desk, '设置').click()
    await desk.getByRole('tab', { name: '设备' }).click()
    await desk.locator('[data-knock=DR1]').waitFor()
    await button(desk, '允许 DR1').click()
    await dialogButton(desk, '保存').click()
    await desk.getByRole('row', { name: /DR1/ }).waitFor()
    expect(await device().echo()).toBe(true)
  })

  test('images count as complete after a time that can be set', async () => {
    await desk.getByRole('tab', { name: '基本' }).click()
    await desk.getByLabel('影像收齐的判断（秒）').fill('1')
    await button(desk, '保存').click()
    await expect.poll(async () => (await desk.getByText('已保存').count()) > 0).toBe(true)
  })

  test('both clouds are set up, tried, and keep their secrets to themselves', async () => {
    const [aimis, jilin] = clouds.destinations
    if (aimis?.kind !== 'aimis' || jilin?.kind !== 'jilin') throw new Error('two clouds')
    await desk.getByRole('tab', { name: '腾讯影像云' }).click()
    await button(desk, '添加腾讯影像云').click()
    await desk.getByLabel('前置机网址').fill(aimis.settings.gatewayUrl)
    await desk.getByLabel('云服务网址').fill(aimis.settings.serviceUrl ?? '')
    await desk.getByLabel('AppId').fill(aimis.settings.appId)
    await desk.getByLabel('Token').fill(aimis.settings.token)
    await desk.getByLabel('医院 ID').fill(aimis.settings.hospitalId ?? '')
    await desk.getByLabel('联合体 ID').fill(aimis.settings.unionId ?? '')
    await desk.getByLabel('对方 AE 名').fill(aimis.settings.dicom.aeTitle)
    await desk.getByLabel('对方地址').fill(aimis.settings.dicom.host)
    await desk.getByLabel('对方端口').fill(String(aimis.settings.dicom.port))
    await button(desk, '保存').click()
    await desk.locator('.secret-set').waitFor()
    expect(await desk.content()).not.toContain(aimis.settings.token)
    await button(desk, '试连').click()
    await desk.getByText('都通了').waitFor()

    await desk.getByRole('tab', { name: '省影像云' }).click()
    await button(desk, '添加省影像云').click()
    await desk.getByLabel('平台网址').fill(jilin.settings.baseUrl)
    await desk.getByLabel('用户标识 uid').fill(jilin.settings.uid)
    await desk.getByLabel('密钥 appSecret').fill(jilin.settings.appSecret)
    await desk.getByLabel('SM2 公钥').fill(jilin.settings.sm2PublicKey)
    await desk.getByLabel('发布后等几分钟再上传').fill('0')
    await button(desk, '保存').click()
    await desk.locator('.secret-set').waitFor()
    await button(desk, '试连').click()
    await desk.getByText('都通了').waitFor()
    await picture(desk, 'settings')
  })

  test('a patient is registered with the keyboard; the identity number fills in sex and birth date', async () => {
    await menu(desk, '登记').click()
    const number = desk.getByLabel('证件号码')
    await number.fill('110105199003070018')
    await number.blur()
    await desk.getByText('校验位不对，请核对有没有抄错').waitFor()
    await number.fill('110105199003070017')
    await desk.getByText('号码正确，已填性别和出生日期').waitFor()
    expect(await desk.getByLabel('出生日期').inputValue()).toBe('1990-03-07')
    expect(await desk.getByLabel('年龄').inputValue()).toMatch(/^3\d$/)

    // Enter that ends a composition in a Chinese input method neither submits nor leaves the field.
    const name = desk.getByLabel('姓名', { exact: true })
    await name.fill('张三')
    await name.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true })
    expect(await name.evaluate((field) => field === document.activeElement)).toBe(true)

    await desk.getByLabel('电话').fill('13800138000')
    await desk.getByLabel('检查项目').fill('手')
    await desk.locator('.ant-select-item-option', { hasText: '手正斜位' }).click()
    await desk.getByLabel('申请医生', { exact: true }).fill('周申请')
    await picture(desk, 'register')
    await desk.keyboard.press('Control+Enter')
    const result = desk.locator('[data-accession-number]')
    await result.waitFor()
    accessionNumber = (await result.getAttribute('data-accession-number')) ?? ''
    expect(accessionNumber).toMatch(/^DR\d{10}$/)
    await button(desk, '打印检查卡').waitFor()
  })

  test('what is missing is said at its field, and what one patient after the other shares is kept', async () => {
    await button(desk, '再登记一个').click()
    await desk.getByLabel('姓名', { exact: true }).fill('欧阳丽华')
    await desk.getByLabel('出生日期').fill('19851120')
    await desk.getByText('女', { exact: true }).click()
    await button(desk, '登记').click()
    await desk.getByText('请填写').first().waitFor()
    expect(await desk.getByLabel('出生日期').inputValue()).toBe('1985-11-20')
    expect(await desk.getByLabel('申请医生', { exact: true }).inputValue()).toBe('周申请')
    await desk.getByLabel('检查项目').fill('胸部正位')
    await desk.getByLabel('项目编码').fill('DR001')
    await desk.getByText('急诊', { exact: true }).click()
    await button(desk, '登记').click()
    await desk.locator('[data-accession-number]').waitFor()
  })

  test('images that arrive show on the board by themselves', async () => {
    await menu(desk, '今日检查').click()
    const row = desk.getByRole('row', { name: /张三/ })
    await row.waitFor()
    await row.locator('.state-tag').getByText('已登记').waitFor()
    const items = await device().findWorklist()
    const item = items.find((one) => one.accessionNumber === accessionNumber)
    if (!item) throw new Error('not in the worklist')
    const sent = await device().sendStudy({ item, instances: 3, modality: 'DX' })
    expect(sent.instances.map((one) => one.status)).toEqual([0, 0, 0])
    await row.locator('.state-tag').getByText('已检查').waitFor()
    await row.getByRole('gridcell', { name: '3', exact: true }).waitFor()

    await desk.getByLabel('搜索检查').fill('zs')
    await expect.poll(() => desk.locator('.board-table .ant-table-row').count()).toBe(1)
    await desk.getByLabel('搜索检查').fill('')
    await desk.getByRole('row', { name: /欧阳丽华/ }).waitFor()
    await picture(desk, 'board')
  })

  test('images of an unknown patient wait in the tray until somebody says whose they are', async () => {
    const patient = { name: '欧阳丽华', patientId: '', sex: 'F', birthDate: '1985-11-20' }
    await device().sendStudy({ patient, instances: 2, modality: 'DX', bodyPart: 'CHEST' })
    await device().sendStudy({ patient: { ...patient, sex: 'M' }, instances: 1, modality: 'DX' })
    await desk.getByRole('navigation', { name: '主菜单' }).locator('.ant-badge-count').first().waitFor()
    await menu(desk, '未匹配').click()
    const cardOf = (sex: string) =>
      desk.locator('.tray-card').filter({ has: desk.locator('.tray-facts').getByText(sex, { exact: true }) })
    await cardOf('男').locator('[data-thumbnail-state=shown]').waitFor()
    await cardOf('女').locator('.reason-agrees').first().waitFor()
    await picture(desk, 'tray')
    await cardOf('女')
      .getByRole('button', { name: /^归入 欧阳丽华/ })
      .click()
    await cardOf('女').waitFor({ state: 'detached' })

    const stranger = cardOf('男')
    const search = stranger.getByRole('button', { name: '查找其他检查' })
    if (await search.count()) await search.click()
    await stranger.getByLabel('查找其他检查').fill('欧阳')
    await stranger.locator('[data-other-exam]').getByRole('button', { name: /^归入/ }).click()
    await desk.locator('.contradictions').waitFor()
    await picture(desk, 'tray-contradiction')
    await dialogButton(desk, '我已核对，仍然归入').click()
    await desk.getByText('没有未匹配的影像').waitFor()
  })

  test('the viewer windows by a drag, scrolls by the wheel, zooms and comes back', async () => {
    await menu(desk, '今日检查').click()
    await desk.getByRole('row', { name: /张三/ }).focus()
    await desk.keyboard.press('Enter')
    await desk.locator('.viewer[data-image-state=shown][data-window-width]').waitFor()
    expect(await viewerFact(desk, 'image-count')).toBe('3')

    const stage = await desk.locator('.viewer-stage').boundingBox()
    if (!stage) throw new Error('no stage')
    const [x, y] = [stage.x + stage.width / 2, stage.y + stage.height / 2]
    const before = await viewerFact(desk, 'window-width')
    const centre = Number(await viewerFact(desk, 'window-center'))
    await desk.mouse.move(x, y)
    await expect.poll(() => viewerFact(desk, 'pixel-value')).toMatch(/^-?\d+$/)
    await desk.mouse.down()
    await desk.mouse.move(x + 60, y + 40, { steps: 6 })
    await desk.mouse.up()
    await expect.poll(async () => Number(await viewerFact(desk, 'window-width'))).toBeGreaterThan(Number(before))
    expect(Number(await viewerFact(desk, 'window-center'))).toBeGreaterThan(centre)

    const first = await viewerFact(desk, 'instance-id')
    await desk.mouse.wheel(0, 120)
    await expect.poll(() => viewerFact(desk, 'image-index')).toBe('1')
    await expect.poll(() => viewerFact(desk, 'image-state')).toBe('shown')
    expect(await viewerFact(desk, 'instance-id')).not.toBe(first)

    const zoom = Number(await viewerFact(desk, 'zoom'))
    await desk.mouse.down({ button: 'right' })
    await desk.mouse.move(x + 60, y - 40, { steps: 4 })
    await desk.mouse.up({ button: 'right' })
    await expect.poll(async () => Number(await viewerFact(desk, 'zoom'))).toBeGreaterThan(zoom)
    await button(desk, '反相').click()
    await expect.poll(() => viewerFact(desk, 'inverted')).toBe('true')
    await button(desk, '复位').click()
    await expect.poll(() => viewerFact(desk, 'inverted')).toBe('false')
    await expect.poll(() => viewerFact(desk, 'window-width')).toBe(before)
    await picture(desk, 'exam')
  })

  test('one doctor writes, another approves and releases, and nobody approves the own report', async () => {
    const li = await logIn('li')
    await li.getByRole('row', { name: /张三/ }).click()
    await li.getByLabel('影像所见').fill('左手诸骨骨质结构完整，骨小梁清晰。各掌指、指间关节间隙清晰。')
    await li.getByLabel('影像诊断').fill('左手诸骨未见明显骨折征象。')
    await li.getByText('阴性', { exact: true }).click()
    await li
      .getByText(/^省平台 \d+\/100 字节$/)
      .first()
      .waitFor()
    await menu(li, '上传').click()
    await li.getByText('报告还没有保存').waitFor()
    await dialogButton(li, '留下').click()
    await button(li, '提交审核').click()
    await li
      .locator('.ant-modal')
      .getByText(/机构组织编码/)
      .waitFor()
    await picture(li, 'preflight')
    await dialogButton(li, '仍要继续').click()
    await li.locator('[data-report-state=awaiting-audit]').waitFor()
    expect(await button(li, '审核通过').isDisabled()).toBe(true)
    await picture(li, 'report')

    const zhao = await logIn('zhao')
    await zhao.getByRole('row', { name: /张三/ }).click()
    await button(zhao, '退回').click()
    await zhao.getByLabel('原因').fill('请写明左右')
    await dialogButton(zhao, '退回').click()
    await li.getByText('退回原因：请写明左右').waitFor()
    await li.getByLabel('影像诊断').fill('左手诸骨未见明显骨折及骨质破坏征象。')
    await button(li, '提交审核').click()
    await dialogButton(li, '仍要继续').click()
    await zhao.locator('[data-report-state=awaiting-audit]').waitFor()
    await button(zhao, '审核通过').click()
    await dialogButton(zhao, '仍要继续').click()
    await zhao.locator('[data-report-state=approved]').waitFor()
    await button(zhao, '发布').click()
    await dialogButton(zhao, '仍要发布').click()
    await zhao.locator('[data-report-state=released]').waitFor()
    await button(zhao, '报告 PDF').click()
    await zhao.locator('[data-pdf-state=loaded]').waitFor()
    await dialogButton(zhao, '关闭').click()
    await zhao.getByRole('tab', { name: '版本' }).click()
    await zhao
      .locator('[data-report-version="1"]')
      .getByText('李书写', { exact: false })
      .or(zhao.getByText('li'))
      .first()
      .waitFor()
  })

  test('an upload that needs a person says what to do, and once done the lamps turn green', async () => {
    await menu(desk, '上传').click()
    const blocked = desk.getByRole('row', { name: /张三.*检查索引(?!”)/ })
    await blocked.getByText('需要处理').waitFor({ timeout: 60_000 })
    await blocked
      .getByText(/机构组织编码/)
      .first()
      .waitFor()
    await picture(desk, 'deliveries')

    await menu(desk, '设置').click()
    await desk.getByRole('tab', { name: '机构' }).click()
    await button(desk, '修改').click()
    await desk.getByLabel('机构代码').fill('HSX00923')
    await dialogButton(desk, '保存').click()
    await desk.getByRole('cell', { name: 'HSX00923' }).waitFor()
    await menu(desk, '上传').click()
    await blocked.getByRole('button', { name: '重试' }).click()
    await blocked.getByText('已上传').waitFor({ timeout: 60_000 })
    await menu(desk, '今日检查').click()
    const row = desk.getByRole('row', { name: /张三/ })
    await row.locator('[data-lamp="aimis:delivered"]').waitFor({ timeout: 60_000 })
    await row.locator('[data-lamp="jilin:delivered"]').waitFor({ timeout: 60_000 })
    await picture(desk, 'board')
  })

  test('the same desk in English', async () => {
    await button(desk, '王院长').click()
    await desk.getByText('English').click()
    await desk.getByRole('heading', { name: 'Exams today' }).waitFor()
    await button(desk, '王院长').click()
    await desk.getByText('中文').click()
    await desk.getByRole('heading', { name: '今日检查' }).waitFor()
  })

  test('whoever logs out is out, and a wrong password is told in words with its code', async () => {
    await button(desk, '王院长').click()
    await desk.getByText('退出登录').click()
    await desk.getByRole('heading', { name: '登录' }).waitFor()
    expect(await desk.evaluate(() => sessionStorage.length)).toBe(0)
    await desk.getByLabel('用户名').fill('admin')
    await desk.getByLabel('密码').fill('not-the-password')
    await button(desk, '登录').click()
    await desk.getByText(/^错误号 [A-Z-]+$/).waitFor()
  })

  test('no page complained', () => {
    expect(browser.complaints).toEqual([])
  })
})
