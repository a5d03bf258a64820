import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { logInToStation, type StationClient } from '../../electron/training/station-client.ts'
import { routes } from '../../shared/api/routes.ts'
import { residentNumber } from '../db/rooms-for-tests.ts'
import { pagesOf } from '../documents/read-paper.ts'
import { describeWith } from '../peers.ts'
import { readerTypes } from './card-reader.ts'
import { button, dialogButton, keepPicture, menu, setUpByHand, soon, storyPassword } from './desk-story.ts'
import { openShellClinic, type ShellClinic } from './electron-clinic.ts'
import { discOf, namesInZip } from './images-for-desk.ts'

// What a house does with its station beside the patient's way, in the real shell: what goes through the window to the outside above all:
// files that are saved and dropped, the camera, the clipboard, papers. One story, in its order.

vi.setConfig({ testTimeout: 120_000 })

const needs = ['electron', 'xvfb', 'cjk-font', 'pdftotext'] as const

describeWith(needs, 'a house in the real shell', () => {
  let clinic: ShellClinic
  let api: StationClient
  let desk: ShellClinic['page']
  let folder: string
  let exam: { readonly id: string; readonly accessionNumber: string }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yingzhan-house-'))
    clinic = await openShellClinic(['--use-fake-device-for-media-stream'])
    desk = clinic.page
    await setUpByHand(desk, 'training')
    await button(desk, '以后再说').click()
    await desk.getByRole('heading', { name: '今日检查' }).waitFor()
    api = await logInToStation(clinic.url, 'admin', storyPassword)
    exam = await api.call(routes.examRegister, {
      body: {
        patient: { name: '欧阳丽华', sex: 'F', birthDate: '1985-11-20' },
        exam: { modality: 'DR', bodyPart: '胸部', itemCode: 'DR001', itemName: '胸部正位' },
      },
    })
    const { receiver } = await api.call(routes.health)
    const station = { aeTitle: receiver?.aeTitle ?? '', host: '127.0.0.1', port: receiver?.port ?? 0 }
    const device = createSimulatedModality({ aeTitle: 'DR1', station })
    const item = (await device.findWorklist()).find((one) => one.accessionNumber === exam.accessionNumber)
    if (!item) throw new Error('not in the worklist')
    await device.sendStudy({ item, instances: 2, modality: 'DX' })
  }, 90_000)
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPicture(desk, 'electron-house-failed').catch(() => undefined)
  })
  afterAll(async () => {
    await clinic?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const picture = (name: string) => keepPicture(desk, `electron-${name}`)
  const row = (name: string | RegExp) => desk.getByRole('row', { name })
  const chooseInUserMenu = async (name: string) => {
    await desk.getByTitle('用户菜单').click()
    await desk.getByRole('menuitem', { name, exact: true }).click()
  }

  test('the end of the day is looked at and its sheet goes to the printer, which is written down', async () => {
    await menu(desk, '收工').click()
    await desk.locator('[data-day-list=unwritten]').getByText('欧阳丽华').waitFor()
    await button(desk, '日报表').click()
    await desk.locator('[data-pdf-state=loaded]').waitFor()
    await dialogButton(desk, '打印').click()
    await expect.poll(() => clinic.printer.papers().length, soon).toBe(1)
    await dialogButton(desk, '关闭').click()
    const [sheet] = clinic.printer.papers()
    expect(sheet?.asked).toContain('media=A4')
    expect(pagesOf(sheet!.pdf).join('')).toContain('影像检查日报表')
    const audit = await api.call(routes.auditList)
    expect(audit.filter(({ action }) => action === 'print-day-sheet')).toHaveLength(1)
  })

  test('statistics are saved as an Excel file under the name that the desk gives', async () => {
    await menu(desk, '统计').click()
    await expect
      .poll(() => desk.locator('[data-statistics-exams]').getAttribute('data-statistics-exams'), soon)
      .toBe('1')
    await picture('statistics')
    const { name, bytes } = await clinic.saved(() => button(desk, '导出 Excel').click())
    expect(name).toMatch(/^影站统计_.*\.xlsx$/)
    const XLSX = createRequire(import.meta.url)('@e965/xlsx') as typeof import('@e965/xlsx')
    const book = XLSX.read(bytes)
    const rows = XLSX.utils.sheet_to_json<Record<string, unknown>>(book.Sheets.检查明细!)
    expect(rows.map((one) => one.姓名)).toEqual(['欧阳丽华'])
  })

  test('the audit log is searched and saved', async () => {
    await menu(desk, '设置').click()
    await desk.getByRole('tab', { name: '审计日志' }).click()
    await desk.getByLabel('检查号、患者、用户或内容').fill(exam.accessionNumber)
    await expect.poll(() => desk.locator('.ant-table-row').count(), soon).toBeGreaterThan(0)
    await desk.getByLabel('检查号、患者、用户或内容').fill('')
    const { name, bytes } = await clinic.saved(() => button(desk, '导出 CSV').click())
    expect(name).toMatch(/^audit-\d{8}-\d{4}\.csv$/)
    expect(bytes.toString('utf8')).toContain('print-day-sheet')
  })

  test('a file that could not be saved is told by its name', async () => {
    await clinic.saveInto('/proc/nowhere')
    await button(desk, '导出 CSV').click()
    await expect.poll(clinic.told, soon).toEqual([expect.stringMatching(/^audit-.*\.csv 没有保存完$/)])
    await clinic.saveInto()
  })

  test('a backup is made by hand and read back', async () => {
    await desk.getByRole('tab', { name: '备份' }).click()
    await desk.getByLabel('备份到（完整路径）').fill(folder)
    await button(desk, '保存').click()
    await desk.getByText('备份完成，并已读回核对').waitFor()
    expect(readdirSync(join(folder, 'yingzhan-backup'))).toContain('station.db')
  })

  test('a patient’s images are saved for a stick', async () => {
    await menu(desk, '今日检查').click()
    await row(/欧阳丽华/).click()
    await desk.getByRole('tab', { name: '影像', exact: true }).click()
    const { name, bytes } = await clinic.saved(async () => {
      await button(desk, '给患者带走').click()
      await desk.getByText('压缩包（ZIP）').click()
    })
    expect(name).toBe(`${exam.accessionNumber}.zip`)
    expect(namesInZip(bytes).some((one) => one.endsWith('DICOMDIR'))).toBe(true)
  })

  test('the accession number goes to the clipboard of the computer', async () => {
    await menu(desk, '今日检查').click()
    await row(/欧阳丽华/).click({ button: 'right' })
    await desk.getByRole('menuitem', { name: '复制检查号' }).click()
    await expect
      .poll(() => clinic.app.evaluate(({ clipboard }) => clipboard.readText()), soon)
      .toBe(exam.accessionNumber)
  })

  test('a folder that is dropped from the file manager is imported with what lies in its folders', async () => {
    const disc = join(folder, '慕容雪的光盘')
    mkdirSync(join(disc, 'DICOM'), { recursive: true })
    for (const [at, bytes] of discOf('慕容雪', 2).entries()) writeFileSync(join(disc, 'DICOM', `IM${at}`), bytes)
    writeFileSync(join(disc, 'README.TXT'), 'a viewer')
    await menu(desk, '导入').click()
    const place = await desk.locator('.import-source .ant-upload-drag').boundingBox()
    if (!place) throw new Error('nowhere to drop')
    const at = { x: place.x + place.width / 2, y: place.y + place.height / 2 }
    const data = { items: [], files: [disc], dragOperationsMask: 1 }
    const session = await desk.context().newCDPSession(desk)
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, ...at, data })
    await session.detach()
    await desk.locator('[data-import=done]').getByText('已收下 2').waitFor()
    await picture('import')
  })

  test('a card that is read on another page begins a registration, and its request slip is photographed', async () => {
    const number = residentNumber('1971-02-03', 'M')
    await readerTypes(desk, `阿迪力\t男\t维吾尔\t19710203\t新疆乌鲁木齐市天山区1号\t${number}\n`)
    await desk.getByRole('heading', { name: '登记', exact: true }).waitFor()
    await expect.poll(() => desk.getByLabel('姓名', { exact: true }).inputValue(), soon).toBe('阿迪力')
    await button(desk, '拍照').click()
    await desk.locator('[data-camera=running]').waitFor()
    await button(desk, '拍一张').click()
    await desk.getByText('已拍 1 张').waitFor()
    await picture('camera')
    await dialogButton(desk, '完成').click()
    await desk.getByLabel('检查项目').fill('胸部正位')
    await desk.locator('.ant-select-item-option', { hasText: '胸部正位' }).first().click()
    await desk.keyboard.press('Control+Enter')
    await desk.locator('[data-accession-number]').waitFor()
    await button(desk, '打开检查').click()
    await desk.getByRole('tab', { name: '登记信息' }).click()
    await desk.locator('[data-slip] img').waitFor()
    await picture('slip')
  })

  test('the reading room is dark, big letters are big, and both are there after the page was loaded anew', async () => {
    await chooseInUserMenu('深色（阅片室）')
    await chooseInUserMenu('大字')
    await desk.reload()
    await menu(desk, '今日检查').click()
    await row(/欧阳丽华/).waitFor()
    expect(await desk.locator('html').getAttribute('data-theme')).toBe('dark')
    expect(await desk.locator('html').evaluate((element) => getComputedStyle(element).fontSize)).toBe('16px')
    await picture('dark')
  })

  test('a desk that is left locks itself, and opens with the password only', async () => {
    await desk.clock.install()
    await menu(desk, '登记').click()
    await desk.getByLabel('姓名', { exact: true }).fill('没写完的人')
    await desk.clock.fastForward('16:00')
    await desk.getByRole('dialog', { name: '已锁定' }).waitFor()
    await picture('locked')
    await desk.keyboard.type(storyPassword, { delay: 60 })
    await desk.keyboard.press('Enter')
    await desk.getByRole('dialog', { name: '已锁定' }).waitFor({ state: 'detached' })
    expect(await desk.getByLabel('姓名', { exact: true }).inputValue()).toBe('没写完的人')
  })

  test('no page complained', () => {
    expect(clinic.complaints).toEqual([])
    expect(clinic.app.windows()).toHaveLength(1)
  })
})
