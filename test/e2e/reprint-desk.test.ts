import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type DemoClouds, startDemoClouds } from '../../electron/training/demo-clouds.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { logInToStation, type StationClient } from '../../electron/training/station-client.ts'
import { routes } from '../../shared/api/routes.ts'
import { residentNumber } from '../db/rooms-for-tests.ts'
import { codesOn } from '../documents/read-paper.ts'
import { describeWith } from '../peers.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'
import { button, dialog, keepPicture, logInByHand, menu, openClinic, openDeskOf, storyPassword } from './desk-story.ts'

// A clinic whose only cloud gives an address to scan once the report is released: cards go out without it, and are printed again in one go.

vi.setConfig({ testTimeout: 120_000 })

const people = ['周待补', '吴待补'] as const

describeWith(['chromium', 'cjk-font', 'pdftotext', 'zbarimg'], 'cards that are printed again', () => {
  let clouds: DemoClouds
  let afterwards: Server | undefined
  let station: DeskStation
  let browser: DeskBrowser
  let admin: StationClient
  const exams: { readonly id: string; readonly accessionNumber: string }[] = []

  beforeAll(async () => {
    clouds = await startDemoClouds()
    station = await startDeskStation()
    browser = await startDeskBrowser()
    admin = await openClinic(() => station.url, {
      institutionName: '城东诊所',
      people: [
        ['li', '李书写', 'doctor', 'D001'],
        ['zhao', '赵审核', 'auditor', 'D002'],
      ],
      devices: [{ name: 'DR', aeTitle: 'DR1', modality: 'DR' }],
      settings: { dicom: { settleSeconds: 1 }, paper: { card: 'a4-8up' } },
    })
    const [house] = await admin.call(routes.institutionList)
    const params = { id: house?.id ?? '' }
    await admin.call(routes.institutionChange, { params, body: { name: '城东诊所', hospitalCode: 'HSX00923' } })
    const province = clouds.destinations.find(({ kind }) => kind === 'jilin')
    if (!province) throw new Error('no provincial cloud')
    await admin.call(routes.destinationCreate, { body: province })
    for (const name of people) exams.push(await register(name))
    const examIds = exams.map(({ id }) => id)
    const { ticket } = await admin.call(routes.printPrepare, { body: { kind: 'card', examIds } })
    await admin.call(routes.printDone, { body: { kind: 'card', ticket, how: 'silent' } })
  }, 90_000)

  afterAll(async () => {
    await browser?.close()
    await station?.stop()
    afterwards?.closeAllConnections()
    afterwards?.close()
    await clouds?.stop()
  })

  function register(name: string) {
    const identity = { kind: 'resident', number: residentNumber('1985-11-20', 'F') } as const
    const patient = { name, sex: 'F', birthDate: '1985-11-20', phone: '13900001111', identity } as const
    const exam = { modality: 'DR', bodyPart: '手', itemCode: 'DR006', itemName: '手正斜位' } as const
    return admin.call(routes.examRegister, { body: { patient, exam } })
  }

  /** By programs: how a report is written by hand is another story. */
  async function release({ id, accessionNumber }: (typeof exams)[number]): Promise<void> {
    const device = createSimulatedModality({ aeTitle: 'DR1', station: station.dicom })
    const item = (await device.findWorklist()).find((one) => one.accessionNumber === accessionNumber)
    if (!item) throw new Error('not in the worklist')
    await device.sendStudy({ item, instances: 1, modality: 'DX' })
    const params = { id }
    const writer = await logInToStation(() => station.url, 'li', storyPassword)
    const auditor = await logInToStation(() => station.url, 'zhao', storyPassword)
    const body = { findings: '诸骨骨质完整。', impression: '未见明显骨折征象。', positive: 'negative' } as const
    await writer.call(routes.reportSave, { params, body })
    await writer.call(routes.reportSubmit, { params })
    await auditor.call(routes.reportApprove, { params })
    await auditor.call(routes.reportRelease, { params })
  }

  test('wait until the reports are released, then one click prints all, on the labels that are left, and each code is its own', async () => {
    const page = await browser.open()
    page.setDefaultTimeout(20_000)
    await page.addInitScript(() => {
      const printed: string[] = []
      const printPdf = async ({ pdf }: { pdf: Uint8Array }) => {
        printed.push(btoa(Array.from(pdf, (byte) => String.fromCharCode(byte)).join('')))
        return { kind: 'handed-over' as const }
      }
      Object.assign(window, { printed, shell: { listPrinters: async () => [], printPdf } })
    })
    await page.goto(station.url)
    await logInByHand(page, 'admin')
    await menu(page, '待补打').click()
    const states = page.getByText('已到，可以补打')
    await page
      .getByRole('row', { name: /周待补/ })
      .getByText('还没到')
      .waitFor()
    expect(await page.getByRole('button', { name: '全部补打（0 张）' }).isDisabled()).toBe(true)

    for (const exam of exams) await release(exam)
    await expect.poll(() => states.count(), { timeout: 60_000 }).toBe(2)
    const badge = page.getByTitle('2 张检查卡可以补打').first()
    await badge.waitFor()
    await keepPicture(page, 'reprint-ready')
    await page.getByLabel('从第几张标签开始').fill('4')
    await page.getByRole('button', { name: '全部补打（2 张）' }).click()
    await page.getByText('没有要补打的检查卡').waitFor()

    const printed = await page.evaluate(() => (window as unknown as { printed: string[] }).printed)
    expect(printed).toHaveLength(1)
    const codes = codesOn(Buffer.from(printed[0] ?? '', 'base64'), 300)
    const addresses = codes.filter((code) => code.startsWith('QR-Code:'))
    expect(new Set(addresses).size).toBe(2)
    for (const address of addresses) expect(address).toMatch(/^QR-Code:https?:\/\//)
    for (const { accessionNumber } of exams) expect(codes).toContain(`CODE-128:${accessionNumber}`)
    for (const { id } of exams) {
      const history = await admin.call(routes.printHistory, { params: { id } })
      expect(history.map(({ kind, withQr }) => [kind, withQr])).toEqual([
        ['card', true],
        ['card', false],
      ])
    }
    await badge.waitFor({ state: 'detached' })
    expect(browser.complaints).toEqual([])
  })

  test('go out without the code of an address that is gone, the person is told, and the list says why they wait', async () => {
    const exam = await register('郑失效')
    await release(exam)
    const params = { id: exam.id }
    const filmOf = async () => (await admin.call(routes.examRead, { params })).filmUrl
    await expect.poll(filmOf, { timeout: 60_000 }).toBeTruthy()
    const film = new URL((await filmOf()) ?? '')
    await clouds.jilin.stop()
    afterwards = createServer((_request, response) => response.writeHead(404).end())
    await once(afterwards.listen(Number(film.port), film.hostname), 'listening')

    const page = await openDeskOf(browser, station.url, 'admin')
    await page.evaluate(() => {
      const printPdf = async () => ({ kind: 'handed-over' as const })
      Object.assign(window, { shell: { listPrinters: async () => [], printPdf } })
    })
    await page.goto(`${station.url}#/exams/${exam.id}`)
    await button(page, '检查卡').click()
    await button(dialog(page), '打印').click()
    await page.getByText('二维码的网址打不开了，卡上印了“报告发布后扫码”，已放入待补打').waitFor()
    await keepPicture(page, 'dead-qr-told')
    await dialog(page).locator('.ant-modal-footer').getByRole('button').first().click()
    await dialog(page).waitFor({ state: 'hidden' })
    await menu(page, '待补打').click()
    const row = page.getByRole('row', { name: /郑失效/ })
    await row.getByText('网址打不开').waitFor()
    expect(await button(page, '补打').isDisabled()).toBe(true)
    await keepPicture(page, 'dead-qr-waits')
  })
})
