import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { codeFault } from '../../electron/training/fault-choices.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { logInToStation, type StationClient } from '../../electron/training/station-client.ts'
import { routes } from '../../shared/api/routes.ts'
import { aimisCodeTable } from '../../shared/clouds/aimis/code-table.ts'
import { residentNumber } from '../db/rooms-for-tests.ts'
import { codesOn, pagesOf } from '../documents/read-paper.ts'
import { describeWith } from '../peers.ts'
import { readerTypes } from './card-reader.ts'
import { button, dialog, dialogButton, keepPicture, logInByHand, menu, soon, storyPassword } from './desk-story.ts'
import { openShellClinic, type ShellClinic, tabTo } from './electron-clinic.ts'
import { fileOf } from './images-for-desk.ts'

// One patient's way through the real shell, the real station and the real desk, from the first start of the program to the released
// report at both clouds, by mouse and by keyboard. One story, in its order. What a house does beside it is in electron-house.test.ts.

vi.setConfig({ testTimeout: 120_000 })

const number = residentNumber('1990-03-07', 'F')
const card = `李桂兰\t女\t满\t19900307\t吉林省长春市朝阳区人民大街1号\t${number}\n`
const findings = '左手诸骨骨质结构完整，骨小梁清晰。各关节间隙正常。'
const impression = '左手未见明显骨折征象。'

const needs = ['electron', 'xvfb', 'cjk-font', 'dcmtk', 'pdftotext', 'zbarimg'] as const

describeWith(needs, 'a patient’s way in the real shell', () => {
  let clinic: ShellClinic
  let api: StationClient
  let desk: ShellClinic['page']
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-clinic-'))
  let examId = ''
  let accessionNumber = ''
  let waiting = ''

  beforeAll(async () => {
    clinic = await openShellClinic()
    desk = clinic.page
  }, 60_000)
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPicture(desk, 'electron-desk-failed').catch(() => undefined)
  })
  afterAll(async () => {
    await clinic?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const isQr = (code: string) => code.startsWith('QR-Code:')
  const row = (name: string | RegExp) => desk.getByRole('row', { name })
  const picture = (name: string) => keepPicture(desk, `electron-${name}`)
  const viewerFact = (name: string) => desk.locator('.viewer').getAttribute(`data-${name}`)
  const reportState = () => desk.locator('.report-editor').getAttribute('data-report-state')

  async function station() {
    const { receiver } = await api.call(routes.health)
    if (!receiver) throw new Error('no receiver')
    return { aeTitle: receiver.aeTitle, host: '127.0.0.1', port: receiver.port }
  }

  /** As a device by another hand sends: DCMTK's storescu, from files. */
  async function storescu(
    aeTitle: string,
    order: Parameters<ReturnType<typeof createSimulatedModality>['takeImages']>[0],
  ) {
    const to = await station()
    const files = mkdtempSync(join(folder, 'images-'))
    const { objects } = createSimulatedModality({ aeTitle, station: to }).takeImages(order)
    for (const [at, object] of objects.entries()) writeFileSync(join(files, `IM${at}.dcm`), fileOf(object))
    const args = ['-aet', aeTitle, '-aec', to.aeTitle, '+sd', to.host, String(to.port), files]
    execFileSync('storescu', args, { env: { ...process.env, TCP_NODELAY: '1' } })
  }

  async function changePerson(username: string): Promise<void> {
    await desk.getByTitle('用户菜单').click()
    await desk.getByRole('menuitem', { name: '退出登录' }).click()
    await logInByHand(desk, username)
  }

  test('the first start is gone through by keyboard alone, from the institution to a backup that was read back', async () => {
    await desk.getByRole('heading', { name: '首次设置' }).waitFor()
    for (const [field, words] of [
      ['机构名称', '城东诊所'],
      ['用户名', 'admin'],
      ['姓名', '王院长'],
      ['密码', storyPassword],
      ['再输一次密码', storyPassword],
    ] as const) {
      await tabTo(desk, field)
      await desk.keyboard.insertText(words)
    }
    await desk.keyboard.press('Enter')
    await desk.getByRole('heading', { name: '开始使用影站' }).waitFor()
    api = await logInToStation(clinic.url, 'admin', storyPassword)
    await desk.getByRole('cell', { name: '城东诊所' }).waitFor()
    await tabTo(desk, '修改')
    await desk.keyboard.press('Enter')
    await dialog(desk).waitFor()
    await tabTo(desk, '机构代码')
    await desk.keyboard.insertText('HSX00923')
    await desk.keyboard.press('Enter')
    await desk.getByRole('cell', { name: 'HSX00923' }).waitFor()
    await tabTo(desk, '下一步')
    await desk.keyboard.press('Enter')
    await desk.getByText(String((await station()).port)).waitFor()
    await tabTo(desk, '下一步')
    await desk.keyboard.press('Enter')
    await button(desk, /添加腾讯/).waitFor()
    await tabTo(desk, '下一步')
    await desk.keyboard.press('Enter')
    await desk.getByText('选另一块盘放备份。').waitFor()
    await tabTo(desk, '备份到（完整路径）')
    await desk.keyboard.insertText(folder)
    await desk.keyboard.press('Enter')
    await desk.getByText('备份完成，并已读回核对').waitFor()
    expect(readdirSync(join(folder, 'yingzhan-backup'))).toContain('station.db')
    await picture('wizard')
    await tabTo(desk, '下一步')
    await desk.keyboard.press('Enter')
    await tabTo(desk, '完成')
    await desk.keyboard.press('Enter')
  })

  test('one click prepares the training: clouds, patients, images, and the frame is orange', async () => {
    await button(desk, '一键准备').click()
    await desk.getByText('准备好了：到“今日检查”看看').waitFor({ timeout: 60_000 })
    const frame = await desk.locator('.desk').evaluate((element) => getComputedStyle(element).borderTopColor)
    expect(frame).toBe('rgb(212, 107, 8)')
    await picture('training')
  })

  test('a cloud’s page opens in the system’s browser, never in the desk', async () => {
    const link = desk.locator('a.cloud-link').first()
    const address = await link.evaluate((one: HTMLAnchorElement) => one.href)
    await link.click()
    await expect.poll(clinic.openedOutside, soon).toEqual([address])
    expect(clinic.app.windows()).toHaveLength(1)
  })

  test('a doctor chooses an own password before anything is shown', async () => {
    await menu(desk, '用户').click()
    await button(desk, '新建用户').click()
    await dialog(desk).getByLabel('用户名').fill('li')
    await dialog(desk).getByLabel('姓名').fill('李书写')
    await dialog(desk).getByLabel('医生编码').fill('D001')
    await dialog(desk).getByLabel('密码', { exact: true }).fill('given-by-admin')
    await dialogButton(desk, '保存').click()
    await desk.getByRole('cell', { name: '李书写', exact: true }).waitFor()
    const zhao = { username: 'zhao', displayName: '赵审核', role: 'auditor', doctorCode: 'D002' } as const
    await api.call(routes.accountCreate, { body: { ...zhao, password: storyPassword } })
    const chen = { username: 'chen', displayName: '陈技师', role: 'technician', doctorCode: 'T001' } as const
    await api.call(routes.accountCreate, { body: { ...chen, password: storyPassword } })
    await api.call(routes.settingsChange, { body: { dicom: { settleSeconds: 1 } } })

    await desk.getByTitle('用户菜单').click()
    await desk.getByRole('menuitem', { name: '退出登录' }).click()
    await desk.getByLabel('用户名').fill('li')
    await desk.getByLabel('密码').fill('given-by-admin')
    await desk.keyboard.press('Enter')
    await desk.getByRole('heading', { name: '李书写，请先设置自己的密码' }).waitFor()
    await desk.getByLabel('现在的密码').fill('given-by-admin')
    await desk.getByLabel('新密码').fill(storyPassword)
    await desk.getByLabel('再输一次密码').fill(storyPassword)
    await button(desk, '修改密码').click()
    await desk.getByRole('heading', { name: '今日检查' }).waitFor()
  })

  test('a person who was here before is registered from the card reader; the card is printed without a question', async () => {
    const identity = { kind: 'resident', number } as const
    const earlier = { name: '李桂兰', sex: 'F', birthDate: '1990-03-07', phone: '13944445555', identity } as const
    const exam = { modality: 'DR', bodyPart: '胸部', itemCode: 'DR001', itemName: '胸部正位' } as const
    await api.call(routes.examRegister, { body: { patient: earlier, exam } })
    await changePerson('chen')
    await readerTypes(desk, card)
    await desk.locator('[data-returning]').waitFor()
    expect(await desk.getByLabel('姓名', { exact: true }).inputValue()).toBe('李桂兰')
    await desk.getByLabel('登记后自动打印检查卡').check()
    await desk.getByLabel('检查项目').focus()
    await desk.keyboard.insertText('手')
    await desk.locator('.ant-select-item-option', { hasText: '手正斜位' }).click()
    await desk.keyboard.press('Control+Enter')
    const result = desk.locator('[data-accession-number]')
    await result.waitFor()
    accessionNumber = (await result.getAttribute('data-accession-number')) ?? ''
    examId = (await desk.locator('[data-exam-id]').getAttribute('data-exam-id')) ?? ''
    // Who registers as a technician examines, too; the clouds ask for it.
    const registered = await api.call(routes.examRead, { params: { id: examId } })
    expect(registered.exam.examDoctor).toEqual({ name: '陈技师', code: 'T001' })
    await expect.poll(() => clinic.printer.papers().length, soon).toBe(1)
    const [atOnce] = clinic.printer.papers()
    expect(atOnce?.asked).toContain('-n 1 -o media=Custom.80x120mm')
    expect(codesOn(atOnce!.pdf, 203)).toContain(`CODE-128:${accessionNumber}`)
    await picture('registered')
    // The cloud's QR comes a moment later.
    const qr = async () => codesOn(await api.bytes(routes.cardPdf, { params: { id: examId } }), 203).find(isQr)
    await expect.poll(qr, { timeout: 30_000, interval: 500 }).toMatch(/^QR-Code:https?:\/\//)
    await button(desk, '打印检查卡').click()
    await expect.poll(() => clinic.printer.papers().length, soon).toBe(2)
    expect(codesOn(clinic.printer.papers()[1]!.pdf, 203)).toContain(await qr())
  })

  test('images of a device by another hand find their exam by themselves, under the eyes of who looks at the board', async () => {
    await changePerson('admin')
    const items = await createSimulatedModality({ aeTitle: 'DRROOM', station: await station() }).findWorklist()
    const item = items.find((one) => one.accessionNumber === accessionNumber)
    if (!item) throw new Error('not in the worklist')
    await menu(desk, '今日检查').click()
    await row(/手正斜位/)
      .locator('.state-tag')
      .getByText('已登记')
      .waitFor()
    await storescu('DRROOM', { item, instances: 3, modality: 'DX' })
    await row(/手正斜位/)
      .locator('.state-tag')
      .getByText('已检查')
      .waitFor()
    await picture('board')
  })

  test('what matches nobody waits, until a person says whose it is', async () => {
    const patient = { name: '李桂兰', patientId: '', sex: 'F', birthDate: '1990-03-07' }
    await storescu('DRROOM', { patient, instances: 1, modality: 'DX', bodyPart: 'CHEST' })
    await menu(desk, '未匹配').click()
    const study = desk.locator('.tray-card').filter({ has: desk.getByRole('heading', { name: /李桂兰|Li/i }) })
    await study.locator('[data-thumbnail-state=shown]').waitFor()
    await picture('tray')
    await study
      .getByRole('button', { name: /^归入 李桂兰.*/ })
      .last()
      .click()
    await study.waitFor({ state: 'detached' })
  })

  test('the exam is opened by key, windowed and scrolled by mouse, and one image is kept for the report', async () => {
    await changePerson('li')
    await desk.getByLabel('搜索检查').focus()
    await desk.keyboard.insertText(accessionNumber)
    await expect.poll(() => desk.locator('.board-table .ant-table-row').count(), soon).toBe(1)
    await desk.keyboard.press('Enter')
    await desk.locator('.viewer[data-image-state=shown][data-window-width]').waitFor()
    expect(await viewerFact('image-count')).toBe('3')
    const box = await desk.locator('.viewer-stage').first().boundingBox()
    if (!box) throw new Error('no stage')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    const width = Number(await viewerFact('window-width'))
    await desk.mouse.move(x, y)
    await desk.mouse.down()
    await desk.mouse.move(x + 60, y + 40, { steps: 6 })
    await desk.mouse.up()
    await expect.poll(async () => Number(await viewerFact('window-width')), soon).toBeGreaterThan(width)
    await desk.mouse.wheel(0, 120)
    await expect.poll(() => viewerFact('image-index'), soon).toBe('1')
    await expect.poll(() => viewerFact('image-state'), soon).toBe('shown')
    await desk.locator('.viewer').focus()
    await desk.keyboard.press('k', { delay: 60 })
    await button(desk, '关键图像 1/8').waitFor()
    await picture('viewer')
  })

  test('the report is written with a template and submitted by key', async () => {
    await desk.locator('#findings').focus()
    await desk.keyboard.press('Alt+t')
    await desk.keyboard.insertText('手 正常')
    await desk.locator('[data-template="手 正常"]').waitFor()
    await desk.keyboard.press('Enter')
    await expect.poll(() => desk.locator('#impression').inputValue(), soon).not.toBe('')
    await desk.locator('#findings').fill(findings)
    await desk.locator('#impression').fill(impression)
    await desk.getByText('阴性', { exact: true }).click()
    await desk.locator('[data-key-images="1"] img').waitFor()
    await button(desk, '预览').click()
    await desk.locator('[data-pdf-state=loaded]').waitFor()
    await dialogButton(desk, '关闭').click()
    await desk.locator('#findings').focus()
    await desk.keyboard.press('Control+Enter')
    await dialog(desk).waitFor()
    await picture('submit')
    await desk.keyboard.press('Enter')
    await expect.poll(reportState, soon).toBe('awaiting-audit')
  })

  test('the auditor approves and releases, and the report is printed as it was delivered', async () => {
    await changePerson('zhao')
    await row(/手正斜位/).click()
    await button(desk, '审核通过').click()
    await expect.poll(reportState, soon).toBe('approved')
    await button(desk, '发布').click()
    await dialogButton(desk, '发布').click()
    await expect.poll(reportState, soon).toBe('released')
    await button(desk, '报告 PDF').click()
    await desk.locator('[data-pdf-state=loaded]').waitFor()
    await picture('report-pdf')
    const before = clinic.printer.papers().length
    await dialogButton(desk, '打印').click()
    await expect.poll(() => clinic.printer.papers().length, soon).toBe(before + 1)
    await dialogButton(desk, '关闭').click()
    const printed = clinic.printer.papers()[before]
    expect(printed?.asked).toContain('media=A4')
    const words = pagesOf(printed!.pdf).join('').replace(/\s/g, '')
    for (const text of ['李桂兰', findings, impression, '赵审核']) expect(words).toContain(text)
    const history = await api.call(routes.printHistory, { params: { id: examId } })
    expect(history.map(({ kind, by }) => `${kind} ${by}`)).toEqual(['report zhao', 'card chen', 'card chen'])
  })

  test('both clouds get it, and the lamps turn green', async () => {
    await menu(desk, '今日检查').click()
    const lamp = (name: string) => row(/手正斜位/).locator(`[data-lamp="${name}"]`)
    await lamp('aimis:delivered').waitFor({ timeout: 60_000 })
    await lamp('jilin:delivered').waitFor({ timeout: 60_000 })
    await picture('lamps')
  })

  test('a lamp that is red tells its cause, what to do and whom to call, and a retry ends it', async () => {
    const [page] = await api.call(routes.trainingCloudsRead)
    const { id: fault } = codeFault(20024, aimisCodeTable[20024][0])
    const form = new URLSearchParams({ call: '*', fault, times: '1' })
    const added = await fetch(new URL('/_training/fault', page?.url), { method: 'POST', body: form })
    expect(added.ok).toBe(true)
    const patient = { name: '赵红灯', sex: 'M', birthDate: '1970-01-01' } as const
    const exam = { modality: 'DR', bodyPart: '胸部', itemCode: 'DR001', itemName: '胸部正位' } as const
    const registered = await api.call(routes.examRegister, { body: { patient, exam } })
    waiting = registered.accessionNumber
    await menu(desk, '今日检查').click()
    const red = row(/赵红灯/).locator('[data-lamp="aimis:blocked"]')
    await red.waitFor({ timeout: 60_000 })

    // Meanwhile the card goes out without a QR.
    const before = clinic.printer.papers().length
    await row(/赵红灯/).click({ button: 'right' })
    await desk.getByRole('menuitem', { name: '检查卡' }).click()
    await desk.locator('[data-pdf-state=loaded]').waitFor()
    await dialogButton(desk, '打印').click()
    await expect.poll(() => clinic.printer.papers().length, soon).toBe(before + 1)
    await dialogButton(desk, '关闭').click()
    const codes = codesOn(clinic.printer.papers()[before]!.pdf, 203)
    expect(codes).toEqual([`CODE-128:${waiting}`])

    await red.focus()
    await desk.keyboard.press('Enter')
    const help = desk.locator('.lamp-help')
    for (const word of ['原因', '怎么办', '找谁', '错误号']) await help.getByText(word, { exact: true }).waitFor()
    await help.getByText('AIMIS-20024', { exact: true }).waitFor()
    await picture('red-lamp')
    await help.getByRole('button', { name: /复制|Copy/ }).click()
    await expect.poll(() => clinic.app.evaluate(({ clipboard }) => clipboard.readText()), soon).toBe('AIMIS-20024')
    await button(help, '重试').click()
    await red.waitFor({ state: 'detached' })
  })

  test('a card that went out without its QR is printed again by one click, and its code can be read', async () => {
    await menu(desk, '待补打').click()
    await row(/赵红灯/)
      .getByText('已到，可以补打')
      .waitFor({ timeout: 60_000 })
    await picture('reprints')
    const before = clinic.printer.papers().length
    await button(desk, '全部补打（1 张）').click()
    await desk.getByText('没有要补打的检查卡').waitFor()
    const codes = codesOn(clinic.printer.papers()[before]!.pdf, 203)
    expect(codes).toContain(`CODE-128:${waiting}`)
    expect(codes.find(isQr)).toMatch(/^QR-Code:https?:\/\//)
    expect(clinic.printer.papers()).toHaveLength(before + 1)
  })

  test('no page complained', () => {
    expect(clinic.complaints).toEqual([])
  })
})
