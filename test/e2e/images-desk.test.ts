import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createSimulatedModality, type SimulatedModality } from '../../electron/training/simulated-modality.ts'
import { logInToStation, type StationClient } from '../../electron/training/station-client.ts'
import { routes } from '../../shared/api/routes.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import { mp4Of } from '../archive/mp4-for-tests.ts'
import { describeWith } from '../peers.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'
import {
  dialog as dialogOf,
  keepPicture,
  menu as menuOf,
  button as named,
  setUpByHand,
  soon,
  storyPassword,
} from './desk-story.ts'
import {
  discOf,
  filmObject,
  homemadeCertificate,
  lying,
  namesInZip,
  pdfPaper,
  pngPicture,
  retouched,
  zipFile,
} from './images-for-desk.ts'

// What a clinic does with images that don't arrive as they should: one story in its order, on a laptop's screen.

vi.setConfig({ testTimeout: 120_000 })

/** In the page: what can be pressed or filled in and has no name for somebody who does not see it. */
function namelessControls(): string[] {
  const controls = document.querySelectorAll<HTMLInputElement>(
    'button, a[href], input:not([type=hidden]):not([type=file]), textarea:not([aria-hidden]), [role=button], [role=tab]',
  )
  return [...controls]
    .filter((one) => one.checkVisibility() && one.offsetParent !== null)
    .filter(
      (one) =>
        !(
          one.textContent?.trim() ||
          one.getAttribute('aria-label') ||
          one.getAttribute('aria-labelledby') ||
          one.title ||
          one.labels?.length ||
          one.querySelector('[title], [aria-label]')
        ),
    )
    .map((one) => one.outerHTML.slice(0, 200))
}

describeWith(['chromium', 'cjk-font'], 'images on the desk, by a person in a browser', () => {
  let station: DeskStation
  let browser: DeskBrowser
  let desk: Page
  let api: StationClient
  let folder: string
  const exams: Record<string, { readonly id: string; readonly accessionNumber: string }> = {}

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'desk-images-'))
    station = await startDeskStation()
    browser = await startDeskBrowser()
    desk = await browser.open()
    desk.setDefaultTimeout(20_000)
    await desk.setViewportSize({ width: 1366, height: 768 })
    await desk.goto(station.url)
    await setUpByHand(desk, 'real')
    await button('以后再说').click()
    await desk.getByRole('heading', { name: '今日检查' }).waitFor()
    api = await logInToStation(() => station.url, 'admin', storyPassword)
    await api.call(routes.settingsChange, { body: { dicom: { settleSeconds: 1 }, reporting: { singleDoctor: true } } })
  }, 60_000)

  /** Each part of the story begins with no dialog open. */
  beforeEach(async () => {
    await desk.reload()
  })

  afterAll(async () => {
    await browser?.close()
    await station?.stop()
    if (folder) rmSync(folder, { recursive: true, force: true })
  })

  const button = (name: string | RegExp, within: Page | Locator = desk) => named(within, name)
  const dialog = () => dialogOf(desk)
  const menu = (name: string) => menuOf(desk, name)
  const device = (aeTitle = 'DR1'): SimulatedModality => createSimulatedModality({ aeTitle, station: station.dicom })
  const trayCard = (name: string | RegExp) =>
    desk.locator('.tray-card').filter({ has: desk.getByRole('heading', { name }) })

  async function picture(name: string): Promise<void> {
    expect(await desk.evaluate(namelessControls)).toEqual([])
    await keepPicture(desk, `images-${name}`)
  }

  async function register(key: string, name: string, more: object = {}, exam: object = {}): Promise<void> {
    exams[key] = await api.call(routes.examRegister, {
      body: {
        patient: { name, sex: 'F', birthDate: '1985-11-20', ...more },
        exam: { modality: 'DR', bodyPart: '胸部', itemCode: 'DR001', itemName: '胸部正位', ...exam },
      },
    })
  }

  async function openExam(key: string, tab = '影像'): Promise<void> {
    await desk.goto(`${station.url}#/exams/${exams[key]?.id}`)
    await desk.getByRole('tab', { name: tab, exact: true }).click()
  }

  async function openDevices(): Promise<void> {
    await menu('设置').click()
    await desk.getByRole('tab', { name: '设备' }).click()
  }

  /** As a person drops files from the file manager. */
  async function drop(onto: Locator, files: readonly { name: string; type: string; bytes: Buffer }[]): Promise<void> {
    const given = files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString('base64') }))
    const dataTransfer = await desk.evaluateHandle((list) => {
      const transfer = new DataTransfer()
      for (const { name, type, base64 } of list)
        transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type }))
      return transfer
    }, given)
    for (const event of ['dragenter', 'dragover', 'drop']) await onto.dispatchEvent(event, { dataTransfer })
  }

  test('a new device knocks, is let in with one click, and stores', async () => {
    expect(await device().echo()).toBe(false)
    await openDevices()
    await desk.locator('[data-knock=DR1]').waitFor()
    await picture('knock')
    await button('允许 DR1').click()
    await dialog().getByLabel('设备的 AE 名').waitFor()
    await picture('device-dialog')
    await dialog().getByLabel('设备名称').fill('一号摄影室')
    await button('保存', dialog()).click()
    await desk.getByRole('row', { name: /一号摄影室/ }).waitFor()
    const patient = { name: '欧阳丽华', patientId: '', sex: 'F', birthDate: '1985-11-20' }
    const sent = await device().sendStudy({ patient, instances: 2, modality: 'DX', bodyPart: 'CHEST' })
    expect(sent.instances.map((one) => one.status)).toEqual([0, 0])
  })

  test('a device that lies about its characters is found out, and read as it writes', async () => {
    await api.call(routes.deviceCreate, {
      body: { name: '二号超声', aeTitle: 'US2', host: '127.0.0.1', modality: 'US', characterSet: 'gb18030' },
    })
    const us = device('US2')
    const patient = { name: '诸葛孔明', patientId: 'P9', sex: 'M', birthDate: '1960-04-14' }
    const { objects } = us.takeImages({ patient, instances: 2, modality: 'US', description: '腹部超声' })
    expect((await us.sendObjects(objects.map(lying))).map((one) => one.status)).toEqual([0, 0])
    await menu('未匹配').click()
    await desk.getByText(/Öî/).first().waitFor()
    await picture('tray-garbled')
    await openDevices()
    const proposal = desk.locator('[data-charset-proposal=US2]')
    await proposal.getByText(/诸葛/).first().waitFor()
    await picture('charset-proposal')
    await button('采用', proposal).click()
    await proposal.waitFor({ state: 'detached' })
    await menu('未匹配').click()
    await desk.getByRole('heading', { name: /诸葛/ }).waitFor()
    await picture('tray-read-again')
  })

  test('an unmatched study is attached by its reasons, taken back, attached again, moved, and moved back', async () => {
    await register('ouyang', '欧阳丽华')
    await register('long', '阿卜杜热合曼·麦麦提吐尔逊·买买提艾力', { sex: 'M', birthDate: '1971-02-03' })
    await menu('今日检查').click()
    await menu('未匹配').click()
    const card = trayCard(/欧阳/)
    await card.locator('[data-thumbnail-state=shown]').waitFor()
    await card.locator('.reason-agrees').first().waitFor()
    await picture('tray-candidate')
    await card.getByRole('button', { name: /^归入 欧阳丽华/ }).click()
    await card.waitFor({ state: 'detached' })

    await button(/归属变动/).click()
    const attached = desk.locator('[data-move=attach]').first()
    await attached.getByText('欧阳丽华').first().waitFor()
    await picture('tray-moves')
    await button(/^撤销/, attached).click()
    await card.waitFor()
    await card.getByRole('button', { name: /^归入 欧阳丽华/ }).click()
    await card.waitFor({ state: 'detached' })

    await openExam('ouyang')
    await desk.locator('[data-study]').waitFor()
    await picture('panel')
    await button('改归').click()
    await dialog().getByLabel('查找其他检查').fill('麦麦提')
    await dialog().locator('[data-other-exam]').waitFor()
    await picture('move-dialog')
    await dialog()
      .getByRole('button', { name: /^改归 阿卜杜/ })
      .click()
    await desk.locator('.ant-modal-confirm-title', { hasText: '影像与登记有矛盾' }).waitFor()
    await picture('move-contradiction')
    await button('我已核对，仍然归入').click()
    await desk.locator('[data-study]').waitFor({ state: 'detached' })
    await expect.poll(() => desk.locator('.viewer').getAttribute('data-image-state'), soon).toBe('empty')
    expect(await desk.locator('.viewer-stage canvas').isVisible()).toBe(false)
    const moved = desk.locator('[data-move=move]')
    await moved.first().waitFor()
    await picture('moved-away')
    await button(/^撤销/, moved).click()
    await desk.locator('[data-study]').waitFor()
    expect((await api.call(routes.examRead, { params: { id: exams.long?.id ?? '' } })).imageCount).toBe(0)
  })

  test('a study is taken out with a reason and lies in the tray again', async () => {
    await openExam('ouyang')
    await button('移出').click()
    await dialog().getByLabel('原因').fill('拍错了人')
    await picture('detach-dialog')
    await button('移出', dialog()).click()
    await desk.locator('[data-move=detach]').getByText('拍错了人').waitFor()
    await button(/^撤销/, desk.locator('[data-move=detach]')).click()
    await desk.locator('[data-study]').waitFor()
  })

  test('images on which a report was written leave their exam only after a warning', async () => {
    const params = { id: exams.ouyang!.id }
    const report = { findings: '双肺纹理清晰。', impression: '未见异常。', positive: 'negative' as const }
    await api.call(routes.reportSave, { params, body: report })
    await api.call(routes.reportSubmit, { params, body: {} })
    await openExam('ouyang')
    await button('移出').click()
    await dialog().getByLabel('原因').fill('拍错了人')
    await button('移出', dialog()).click()
    await desk.locator('.ant-modal-confirm-title', { hasText: '要移走有报告的影像' }).waitFor()
    await picture('reported-warning')
    await button('我知道，仍然移走').click()
    await desk.locator('[data-study]').waitFor({ state: 'detached' })
    await button(/^撤销/, desk.locator('[data-move=detach]').first()).click()
    await desk.locator('[data-study]').waitFor()
    await api.call(routes.reportReturn, { params, body: { reason: '影像移错，重写' } })
  })

  test('a double registration is merged and parted again', async () => {
    await register('double', '欧阳丽华')
    await openExam('ouyang')
    await button('并入重复登记').click()
    await dialog().getByLabel('查找其他检查').fill('欧阳')
    await dialog().locator('[data-other-exam]').waitFor()
    await picture('merge-dialog')
    await dialog()
      .getByRole('button', { name: /^把 欧阳丽华/ })
      .click()
    await dialog().getByLabel('原因').fill('登记了两次')
    await button('并入重复登记', dialog()).click()
    await desk.locator('[data-move=merge]').first().waitFor()
    const state = async () => (await api.call(routes.examRead, { params: { id: exams.double?.id ?? '' } })).state
    expect(await state()).toBe('cancelled')
    await picture('merged')
    await button(/^撤销/, desk.locator('[data-move=merge]').first()).click()
    await expect.poll(state, soon).not.toBe('cancelled')
  })

  test('the one image of somebody else in a study is taken out in the tray, and put back', async () => {
    await register('mixed', '夏侯敦', { sex: 'M', birthDate: '1971-03-04' })
    const order = { accessionNumber: exams.mixed?.accessionNumber ?? '', studyInstanceUid: newUid(), modality: 'DX' }
    const right = { name: '夏侯敦', patientId: 'M-1', sex: 'M', birthDate: '1971-03-04' }
    const stranger = { name: '貂蝉', patientId: 'M-2', sex: 'F', birthDate: '1999-01-02' }
    for (const [patient, instances] of [
      [right, 2],
      [stranger, 1],
    ] as const)
      await device().sendObjects(device().takeImages({ ...order, patient, instances }).objects)
    await menu('未匹配').click()
    const card = trayCard(/夏侯/)
    await button('取出别人的影像', card).click()
    await dialog().getByText('M-2', { exact: false }).waitFor()
    await picture('take-out')
    const { violations } = await new AxeBuilder({ page: desk }).include('.ant-modal').analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
    await button('取出 1 幅', dialog()).click()
    await dialog().getByText('请填写原因').waitFor()
    await dialog().getByLabel('原因').fill('没有换患者就拍了下一位')
    await button('取出 1 幅', dialog()).click()
    await trayCard(/貂/).waitFor()
    await card.getByText('2 幅').waitFor()
    await picture('taken-out')
    await button(/归属变动/).click()
    await button('撤销这次移出').first().click()
    await trayCard(/貂/).waitFor({ state: 'detached' })
    await card.getByText('3 幅').waitFor()
    await card.getByRole('button', { name: /^归入 夏侯敦/ }).click()
    await button('我已核对，仍然归入').click()
    await card.waitFor({ state: 'detached' })
    await openExam('mixed')
    await button('取出别人的影像').click()
    await dialog().getByText('M-2', { exact: false }).waitFor()
    await dialog()
      .getByRole('checkbox', { name: /第 1 幅.*夏侯/ })
      .first()
      .check()
    await dialog().getByLabel('原因').fill('两幅都不是他的')
    await button('取出 2 幅', dialog()).click()
    await desk.locator('[data-study]').getByText(/1 幅/).waitFor()
    await picture('taken-out-of-exam')
  })

  test('two versions of one instance are shown side by side, and one is chosen', async () => {
    const dr = device()
    await register('twice', '慕容复', { sex: 'M', birthDate: '1968-09-09' })
    const accessionNumber = exams.twice?.accessionNumber ?? ''
    const item = (await dr.findWorklist()).find((one) => one.accessionNumber === accessionNumber)
    if (!item) throw new Error('not in the worklist')
    const { objects } = dr.takeImages({ item, instances: 1, modality: 'DX', bodyPart: 'CHEST' })
    await dr.sendObjects(objects)
    await dr.sendObjects(objects.map(retouched))
    await openExam('twice')
    const conflict = desk.locator('[data-conflict]')
    await expect.poll(() => conflict.locator('[data-thumbnail-state=shown]').count(), soon).toBe(2)
    await picture('conflict')
    await menu('未匹配').click()
    await expect.poll(() => conflict.locator('[data-thumbnail-state=shown]').count(), soon).toBe(2)
    await picture('tray-conflict')
    await openExam('twice')
    await conflict.getByRole('button', { name: '以这份为准 第 2 份' }).click()
    await conflict.waitFor({ state: 'detached' })
  })

  test('pictures, papers and films are dropped into the exam, and each is shown', async () => {
    await openExam('double')
    const files = [
      { name: '内镜照片.png', type: 'image/png', bytes: pngPicture() },
      { name: '知情同意书.pdf', type: 'application/pdf', bytes: pdfPaper() },
      {
        name: '步态.mp4',
        type: 'video/mp4',
        bytes: mp4Of({ codec: 'avc1', profile: 100, level: 31, frames: 50, seconds: 2 }),
      },
      { name: '说明.docx', type: '', bytes: Buffer.from('PK no, this is no document') },
    ]
    const jpeg = await desk.evaluate(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 150 })
      const ink = canvas.getContext('2d')
      if (ink) ink.fillStyle = '#c96'
      ink?.fillRect(0, 0, 200, 150)
      return canvas.toDataURL('image/jpeg').split(',')[1] ?? ''
    })
    await drop(desk.locator('.exam-pictures'), [
      { name: '皮肤.jpg', type: 'image/jpeg', bytes: Buffer.from(jpeg, 'base64') },
      ...files,
    ])
    await expect.poll(() => desk.locator('.series-strip [data-thumbnail-state=shown]').count(), soon).toBe(2)
    await desk
      .getByText(/说明\.docx/)
      .first()
      .waitFor()
    await picture('dropped')
    // The notice leaves in sight, and under the pointer, what one would press next.
    for (const name of ['检查卡', '导入文件', '给患者带走'])
      await button(name, desk.locator('.desk-content')).first().click({ trial: true })
    await desk.locator('.ant-notification-notice-close').first().click()
    await desk.getByRole('button', { name: /^文件 1/ }).click()
    await desk.locator('[data-pdf-state=loaded]').waitFor()
    await picture('paper')
    await button('关闭', dialog()).first().click()
    await desk.getByRole('button', { name: /^视频 1/ }).click()
    await desk.locator('[data-film-state=unplayable]').waitFor()
    await desk.getByText('这台电脑不能播放这种视频').waitFor()
    await picture('film')
    await button('关闭', dialog()).first().click()
  })

  test('a film from an endoscope is played as it was stored', async () => {
    await register(
      'film',
      '花荣',
      { sex: 'M', birthDate: '1990-10-10' },
      { modality: 'ES', bodyPart: '胃', itemName: '胃镜' },
    )
    const base64 = await desk.evaluate(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 })
      const ink = canvas.getContext('2d')
      const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/mp4;codecs=avc1.64001F' })
      const parts: Blob[] = []
      recorder.ondataavailable = ({ data }) => parts.push(data)
      const ended = new Promise((resolve) => {
        recorder.onstop = resolve
      })
      recorder.start()
      for (let at = 0; at < 25; at++) {
        if (ink) ink.fillStyle = `hsl(${at * 14} 80% 50%)`
        ink?.fillRect(0, 0, 320, 240)
        await new Promise(requestAnimationFrame)
      }
      recorder.stop()
      await ended
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
      return btoa(String.fromCharCode(...bytes))
    })
    const object = filmObject(Buffer.from(base64, 'base64'), newUid())
    const [sent] = await device().sendObjects([object])
    expect(sent?.status).toBe(0)
    const [study] = (await api.call(routes.trayList)).filter((one) => one.header.modality === 'ES')
    await api.call(routes.trayAttach, {
      params: { studyInstanceUid: study?.header.studyInstanceUid ?? '' },
      body: { examId: exams.film?.id ?? '', confirmMismatch: true },
    })
    await openExam('film')
    await desk.getByText('没有可以直接显示的图像').waitFor()
    await picture('only-film')
    await desk.getByRole('button', { name: /^视频 1/ }).click()
    const film = desk.locator('[data-film-state=loaded] video')
    await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.videoWidth), soon).toBe(320)
    await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.currentTime > 0), soon).toBe(true)
    await picture('film-played')
    const coming = desk.waitForEvent('download')
    await dialog()
      .getByText(/^保存视频/)
      .click()
    const saved = readFileSync(await (await coming).path())
    expect(saved.includes(Buffer.from(base64, 'base64'))).toBe(true)
  })

  test('a disc is imported as a ZIP and from its folder, and what was refused is told with its reason', async () => {
    const inZip = discOf('慕容雪', 3).map((bytes, at) => ({ name: `DICOM/IM${at}`, bytes }))
    const zip = zipFile([
      ...inZip,
      { name: 'DICOM/坏的.dcm', bytes: Buffer.from('the disc was scratched here') },
      { name: '../../etc/evil.dcm', bytes: inZip[1]!.bytes },
      { name: 'autorun.inf', bytes: Buffer.from('[autorun]') },
    ])
    await menu('导入').click()
    await picture('import-empty')
    await drop(desk.locator('.import-source'), [{ name: '外院光盘.zip', type: 'application/zip', bytes: zip }])
    const job = (name: string) => desk.locator('[data-import=done]', { hasText: `来自 ${name}` })
    await job('外院光盘.zip').waitFor()
    await job('外院光盘.zip').getByText('已收下 3').waitFor()
    await job('外院光盘.zip').getByRole('row', { name: /evil/ }).getByText('没有收下').waitFor()
    await job('外院光盘.zip').getByRole('row', { name: /坏的/ }).getByText('没有收下').waitFor()
    await picture('import-zip')
    const disc = join(folder, '慕容雪的光盘')
    mkdirSync(disc)
    for (const [at, bytes] of discOf('慕容雪', 2, 'H-77002').entries()) writeFileSync(join(disc, `IM${at}`), bytes)
    writeFileSync(join(disc, 'README.TXT'), 'a viewer')
    await desk.getByLabel('本机的盘符、文件夹或 ZIP').fill(disc)
    await desk.keyboard.press('Enter')
    await job(disc).getByText('已收下 2').waitFor()
    await picture('import-folder')
    await desk.getByLabel('本机的盘符、文件夹或 ZIP').fill('/there/is/nothing')
    await button('开始导入').click()
    await desk
      .getByText(/没有|不存在|找不到|打不开/)
      .last()
      .waitFor()
    await picture('import-path-refused')
    await desk.getByRole('link', { name: '到“未匹配”核对' }).first().click()
    await trayCard(/慕容/).first().waitFor()
    await picture('tray-imported')
  })

  test('images of the other side and another sex are told on the page, and once more before the release', async () => {
    await register(
      'knee',
      '司马光',
      { sex: 'M', birthDate: '1950-01-05' },
      { bodyPart: '左膝', itemName: '左膝正侧位' },
    )
    const patient = { name: '司马光', patientId: '', sex: 'F', birthDate: '1950-01-05' }
    const accessionNumber = exams.knee?.accessionNumber ?? ''
    const sent = await device().sendStudy({
      patient,
      instances: 1,
      modality: 'DX',
      description: '右膝正侧位',
      accessionNumber,
    })
    await api.call(routes.trayAttach, {
      params: { studyInstanceUid: sent.studyInstanceUid },
      body: { examId: exams.knee?.id ?? '', confirmMismatch: true },
    })
    await openExam('knee', '报告')
    const warning = desk.locator('[data-mismatches]')
    await warning.getByText(/左膝/).first().waitFor()
    await warning.getByText(/性别/).waitFor()
    await desk.getByLabel('影像所见').fill('膝关节间隙正常。')
    await desk.getByLabel('影像诊断').fill('未见明显异常。')
    await picture('mismatch')
    await button('发布').click()
    await dialog()
      .getByText(/部位左右不同/)
      .first()
      .waitFor()
    await picture('mismatch-release')
    await button('取消', dialog()).click()
  })

  test('a device that has begun is seen on the board and on the exam page', async () => {
    await register('step', '公孙胜', { sex: 'M', birthDate: '1977-07-07' })
    const dr = device()
    const item = (await dr.findWorklist()).find((one) => one.accessionNumber === exams.step?.accessionNumber)
    if (!item) throw new Error('not in the worklist')
    await menu('今日检查').click()
    const row = desk.getByRole('row', { name: /公孙胜/ })
    await row.waitFor()
    const begun = await dr.beginStep([item])
    expect(begun.status).toBe(0)
    await row.locator('[data-exam-state=in-progress]').waitFor()
    await picture('board-in-progress')
    await openExam('step')
    await desk.getByText('设备正在检查').waitFor()
    await picture('step-begun')
    const study = await dr.sendStudy({ item, instances: 1, modality: 'DX' })
    const named = study.instances.map(({ sopInstanceUid }) => ({
      sopClassUid: dr.sopClassOf('DX'),
      sopInstanceUid,
      seriesInstanceUid: '1.2.3',
    }))
    const twice = [...named, ...named.map((one) => ({ ...one, sopInstanceUid: `${one.sopInstanceUid}.1` }))]
    expect(await dr.endStep(begun.sopInstanceUid, { status: 'COMPLETED', objects: twice as never })).toBe(0)
    await desk.getByText('设备报告 2 幅，已收到 1 幅').waitFor()
    await picture('step-short')
  })

  test('a patient takes the images away: a ZIP with a DICOMDIR, and a folder on a stick', async () => {
    await openExam('ouyang')
    await button('给患者带走').click()
    const coming = desk.waitForEvent('download')
    await desk.getByText('压缩包（ZIP）').click()
    const file = await coming
    expect(file.suggestedFilename()).toBe(`${exams.ouyang?.accessionNumber}.zip`)
    const names = namesInZip(readFileSync(await file.path()))
    expect(names.some((name) => name.endsWith('DICOMDIR'))).toBe(true)
    expect(names.some((name) => name.endsWith('.jpg'))).toBe(true)
    const stick = join(folder, 'stick')
    mkdirSync(stick)
    await button('给患者带走').click()
    await picture('take-away-menu')
    await desk.getByText('写到 U 盘或文件夹').click()
    await dialog().getByLabel('文件夹').fill(stick)
    await picture('take-away-folder')
    await button('写入', dialog()).click()
    await desk.getByText(/已写入 \d+ 个文件/).waitFor()
  })

  test('the TLS panel takes a certificate made at home and says in words what is wrong with a bad one', async () => {
    await openDevices()
    await button(/加密接收/).click()
    const { certificate, privateKey } = homemadeCertificate()
    const panel = desk.locator('.dicom-tls')
    await picture('tls')
    await panel.getByLabel('本机证书').fill('this is no certificate')
    await panel.getByLabel('私钥').fill(privateKey)
    await panel.getByLabel('TLS 端口', { exact: true }).fill('0')
    await panel.getByLabel('启用 TLS 端口').click()
    await button('保存', panel).click()
    await desk.getByText(/DICOM-TLS-CERTIFICATE-UNREADABLE/).waitFor()
    await picture('tls-bad')
    await panel.getByLabel('本机证书').fill(certificate)
    await panel.getByLabel('私钥').fill(homemadeCertificate().privateKey)
    await button('保存', panel).click()
    await desk.getByText(/DICOM-TLS-KEY-MISMATCH/).waitFor()
    await panel.getByLabel('私钥').fill(privateKey)
    await button('保存', panel).click()
    await panel.getByText(/正在监听端口 \d+/).waitFor()
    await picture('tls-listening')
    await desk.locator('[data-health]').click()
    await desk.locator('.health-facts').getByText(/TLS/).waitFor()
    await picture('health')
  })

  test('the same pages in English', async () => {
    await desk.keyboard.press('Escape')
    await button('王院长').click()
    await desk.getByText('English').click()
    await desk.getByRole('navigation').getByText('Import').click()
    await desk.getByRole('heading', { name: 'Import images' }).waitFor()
    await picture('import-english')
    await desk.goto(`${station.url}#/settings/devices`)
    await desk.getByText('Encrypted receiving').waitFor()
    await picture('devices-english')
    await desk.goto(`${station.url}#/exams/${exams.ouyang?.id}`)
    await desk.getByRole('tab', { name: 'Images', exact: true }).click()
    await desk.locator('[data-study]').first().waitFor()
    await picture('panel-english')
    await desk.goto(`${station.url}#/exams/${exams.double?.id}`)
    await desk.getByRole('tab', { name: 'Images', exact: true }).click()
    await desk
      .locator('.move-history')
      .getByText(/accession number agrees/)
      .waitFor()
    await expect.poll(() => desk.locator('.move-history').getByText('一致').count()).toBe(0)
  })

  test('no page complained', () => {
    expect(browser.complaints).toEqual([])
  })
})
