import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type DemoClouds, startDemoClouds } from '../../electron/training/demo-clouds.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import type { StationClient } from '../../electron/training/station-client.ts'
import { routes } from '../../shared/api/routes.ts'
import { createHttpTransport } from '../../shared/clouds/http-transport.ts'
import { createJilinClient } from '../../shared/clouds/jilin/client.ts'
import { fileInMemory } from '../../shared/clouds/jilin/upload-form.ts'
import { jilinSettingsSchema } from '../../shared/models/destination.ts'
import { chinaDateTime } from '../../shared/text/china-time.ts'
import { testCertificate, testCertificateKey, testFingerprint } from '../clouds/test-certificate.ts'
import { describeWith } from '../peers.ts'
import { memoryTokens } from '../uploads/delivery-bench.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'
import { button, dialogButton, openClinic, openDeskOf, keepPicture as picture, soon } from './desk-story.ts'

// What staff do about the clouds, by hand, against the real station and the simulated clouds. The tests are one story and run in
// their order; what the first day's test does by hand already is done here over the API.

vi.setConfig({ testTimeout: 120_000 })

const identityNumber = '110105199003070017'
const hospitalCode = 'HSX00923'
const day = 86_400_000

declare global {
  interface Window {
    handed: { begins: string; printer: string; copies: number }[]
  }
}

describeWith(['chromium', 'cjk-font'], 'what staff do about the clouds, by a person in a browser', () => {
  let station: DeskStation
  let browser: DeskBrowser
  let clouds: DemoClouds
  let admin: StationClient
  let desk: Page
  let li: Page
  let zhao: Page
  let examId = ''
  let accessionNumber = ''

  beforeAll(async () => {
    clouds = await startDemoClouds()
    station = await startDeskStation()
    browser = await startDeskBrowser()
    await furnish()
    ;[desk, li, zhao] = [await logIn('admin'), await logIn('li'), await logIn('zhao')]
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await station?.stop()
    await clouds?.stop()
  })

  const popup = (page: Page, name: string) => button(page.locator('.ant-popconfirm'), name)
  const tab = (page: Page, name: RegExp) => page.getByRole('tab', { name })
  const open = (page: Page, address: string) => page.goto(`${station.url}#${address}`)
  const logIn = (username: string) => openDeskOf(browser, station.url, username)
  const said = (page: Page, text: string) => page.locator('.ant-message').getByText(text).first().waitFor()

  async function furnish(): Promise<void> {
    admin = await openClinic(() => station.url, {
      institutionName: '城东诊所',
      people: [
        ['li', '李书写', 'doctor', 'D001'],
        ['zhao', '赵审核', 'auditor', 'D002'],
      ],
      devices: [{ name: 'DR', aeTitle: 'DR1', modality: 'DR' }],
      settings: { dicom: { settleSeconds: 1 }, printing: { report: { printer: 'Office', copies: 2 } } },
    })
    const me = (await admin.call(routes.accountList)).find((account) => account.username === 'admin')
    await admin.call(routes.accountChange, { params: { id: me?.id ?? '' }, body: { doctorCode: 'D000' } })
    for (const destination of clouds.destinations) {
      const body = destination.kind === 'jilin' ? withHold(destination) : destination
      await admin.call(routes.destinationCreate, { body })
    }
  }

  /** Long enough that only 'send now' ends it within this test. */
  const withHold = (jilin: Extract<DemoClouds['destinations'][number], { kind: 'jilin' }>) => ({
    ...jilin,
    settings: { ...jilin.settings, holdMinutes: 20 },
  })

  /** From now on the window has printers, as the desk's own has. What they are given is kept: where it goes, and how it begins. */
  const givePrinters = (page: Page) =>
    page.evaluate(() => {
      window.handed = []
      const printPdf = async (request: DeskPrintRequest | Uint8Array) => {
        const { pdf, printer = '', copies = 1 } = request instanceof Uint8Array ? { pdf: request } : request
        const begins = new TextDecoder('latin1').decode(pdf.subarray(0, 8))
        window.handed.push({ begins, printer, copies })
        return { kind: 'handed-over' as const }
      }
      Object.assign(window, { shell: { printPdf } })
    })
  const handedBy = (page: Page) => page.evaluate(() => window.handed)
  const printsOf = async (id: string) =>
    (await admin.call(routes.printHistory, { params: { id } })).map((one) => `${one.kind} ${one.by} ${one.printer}`)

  /** Another institution's exam of the same person, as the platform holds it. */
  function examElsewhere(
    number: string,
    daysAgo: number,
    itemCode: string,
    findings: string,
    conclusion: string,
  ): void {
    const body = {
      hospitalCode: 'SY0001',
      accessNumber: `X${number}`,
      idCardNo: identityNumber,
      patientName: '张三',
      modality: 'DR',
      checkPart: '左手',
      examProjectCode: itemCode,
      imageDescription: findings,
      conclusion,
      reportDocName: '钱远',
      auditDocName: '孙理',
      checkTime: chinaDateTime(Date.now() - daysAgo * day),
    }
    clouds.jilin.ledger.exams[`SY0001/X${number}`] = { examId: number, body, received: 1, pdf: undefined, images: {} }
  }

  /** The other institution sends its report, as its own program would. */
  async function reportElsewhere(number: string): Promise<void> {
    const jilin = clouds.destinations.find((one) => one.kind === 'jilin')
    if (jilin?.kind !== 'jilin') throw new Error('no provincial cloud')
    const client = createJilinClient({
      transport: createHttpTransport({ clock: Date.now }),
      settings: jilinSettingsSchema.parse(jilin.settings),
      clock: Date.now,
      tokens: memoryTokens(),
    })
    const pdf = fileInMemory(Buffer.from('%PDF-1.7\n%%EOF\n'))
    const sent = await client.saveExamPdf({ hospitalCode: 'SY0001', accessNumber: `X${number}`, pdf })
    expect(sent.kind).toBe('done')
  }

  test('the SM2 check tells which form the platform reads, and keeps it', async () => {
    const jilin = (await admin.call(routes.destinationList)).find((one) => one.kind === 'jilin')
    await admin.call(routes.destinationChange, {
      params: { id: jilin?.id ?? '' },
      body: { settings: { sm2: { order: 'C1C2C3' } } },
    })
    await open(desk, '/settings/jilin')
    await button(desk, 'SM2 自检').click()
    await desk.getByLabel('测试姓名').fill('张三')
    await desk.getByLabel('测试身份证号').fill('110105199003070018')
    await button(desk, '开始自检').click()
    await desk.getByText('校验位不对，请核对有没有抄错').waitFor()
    await desk.getByLabel('测试身份证号').fill(identityNumber)
    await button(desk, '开始自检').click()
    await desk.locator('[data-sm2="C1C3C2 base64 04:accepted"]').waitFor()
    expect(await desk.locator('[data-sm2$=":refused"]').count()).toBeGreaterThan(4)
    await picture(desk, 'sm2-check')
    await button(desk, '采用 C1C3C2 base64 04').click()
    await said(desk, '已采用')
    const kept = (await admin.call(routes.destinationList)).find((one) => one.kind === 'jilin')
    expect(kept?.settings.sm2).toEqual({ order: 'C1C3C2', encoding: 'base64', prefix04: true })
  })

  test('a destination’s certificate is looked at, and what has none says so', async () => {
    await button(desk, '查看证书').click()
    await desk.getByText('这个目的地不用 HTTPS，没有证书。').waitFor()
    await dialogButton(desk, '关闭').click()
    await desk.locator('[data-token-used]').waitFor()
  })

  test('a private certificate is trusted once a person has compared its fingerprint', async () => {
    const server = createServer({ cert: testCertificate, key: testCertificateKey }, (_, reply) => reply.end())
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const { port } = server.address() as AddressInfo
    const jilin = clouds.destinations.find((one) => one.kind === 'jilin')
    if (jilin?.kind !== 'jilin') throw new Error('no provincial cloud')
    const settings = { ...jilin.settings, baseUrl: `https://127.0.0.1:${port}` }
    const body = { ...jilin, name: '另一个省平台', enabled: false, settings }
    const { id } = await admin.call(routes.destinationCreate, { body })
    await open(desk, '/settings/aimis')
    await open(desk, '/settings/jilin')
    const shownInOrder = (await admin.call(routes.destinationList)).filter((one) => one.kind === 'jilin')
    const place = shownInOrder.findIndex((one) => one.id === id)
    await desk.locator('[data-destination=jilin]').nth(1).waitFor()
    await button(desk.locator('[data-destination=jilin]').nth(place), '查看证书').click()
    await desk.locator('[data-certificate=untrusted]').waitFor()
    await picture(desk, 'certificate')
    await button(desk.locator('[data-certificate]'), '信任这张证书？').click()
    const shown = await desk.locator('.ant-modal-confirm .fingerprint').innerText()
    expect(shown.replaceAll(':', '').toUpperCase()).toBe(testFingerprint.replaceAll(':', ''))
    await button(desk.locator('.ant-modal-confirm'), '信任').click()
    await desk.locator('[data-certificate=trusted]').waitFor()
    await dialogButton(desk, '关闭').click()
    const kept = (await admin.call(routes.destinationList)).find((one) => one.id === id)
    expect(kept?.settings.tls).toEqual({ fingerprint: shown })
    await admin.call(routes.destinationRemove, { params: { id } })
    await new Promise((closed) => server.close(closed))
  })

  test('a doctor’s name that the platform will refuse is said while it is typed', async () => {
    await open(desk, '/people')
    await button(desk, '新建用户').click()
    const name = desk.locator('.ant-modal').getByLabel('姓名')
    await name.fill('欧阳李书写')
    await desk.locator('[data-bytes="10"]').waitFor()
    expect(await desk.locator('.limit-over').count()).toBe(0)
    await name.fill('欧阳李书写医')
    await desk.getByText('省平台最多 10 字节，5 个汉字，超出会被拒收').waitFor()
    await dialogButton(desk, '取消').click()
    await button(desk.locator('.ant-modal-confirm'), '不保存').click()
  })

  test('a registration shows what other institutions did, and a duplicate is a person’s decision', async () => {
    examElsewhere('9001', 2, 'DR006', '第五掌骨基底部见可疑透亮线。', '第五掌骨可疑骨折。')
    examElsewhere('9002', 200, 'DR001', '双肺纹理清晰。', '双肺未见明显异常。')
    const body = { projectItemCode: 'DR006', standardProjectList: [{ standardProjectCode: 'ST01' }] }
    for (const code of ['', hospitalCode]) clouds.jilin.ledger.projects[`${code}/DR006`] = { body, received: 1 }

    await open(li, '/register')
    await li.getByLabel('证件号码').fill(identityNumber)
    await li.getByLabel('姓名', { exact: true }).fill('张三')
    await li.getByLabel('电话').fill('13800138000')
    await li.getByLabel('检查项目').fill('手')
    await li.locator('.ant-select-item-option', { hasText: '手正斜位' }).click()
    await li.keyboard.press('Control+Enter')
    const result = li.locator('[data-accession-number]')
    await result.waitFor()
    accessionNumber = (await result.getAttribute('data-accession-number')) ?? ''
    examId = (await li.locator('[data-exam-id]').getAttribute('data-exam-id')) ?? ''
    await li.locator('[data-duplicate-warning="1"]').waitFor()
    await li.locator('[data-prior-list=history] [data-prior-exam="9002"]').waitFor()
    await picture(li, 'registered-duplicate')
    await button(li, '继续检查').click()
    await said(li, '已记录：继续检查')
    await expect.poll(() => clouds.jilin.ledger.reminders.length, { timeout: 30_000 }).toBe(1)
    expect(clouds.jilin.ledger.reminders[0]).toMatchObject({ examId: '9001', retrivaType: '1', searchType: '2' })
  })

  test('a prior exam is read beside the report, recognised and quoted', async () => {
    const device = createSimulatedModality({ aeTitle: 'DR1', station: station.dicom })
    const item = (await device.findWorklist()).find((one) => one.accessionNumber === accessionNumber)
    if (!item) throw new Error('not in the worklist')
    await device.sendStudy({ item, instances: 2, modality: 'DX' })
    await open(li, `/exams/${examId}`)
    await tab(li, /历史检查/).click()
    await li.locator('[data-prior-list=duplicate] [data-prior-exam="9001"]').getByRole('button').click()
    await li.locator('[data-prior-view="9001"]').getByText('第五掌骨基底部见可疑透亮线。').waitFor()
    await expect
      .poll(() => clouds.jilin.ledger.reminders.some((one) => one.retrivaType === '2'), { timeout: 30_000 })
      .toBe(true)
    await reportElsewhere('9001')
    await givePrinters(li)
    await button(li, '查看报告 PDF').click()
    await li.locator('[data-pdf-state=loaded]').waitFor()
    await dialogButton(li, '打印').click()
    await said(li, '外来文件已交给Office')
    expect(await handedBy(li)).toEqual([{ begins: '%PDF-1.7', printer: 'Office', copies: 1 }])
    await expect.poll(() => printsOf(examId), soon).toContain('outside-paper li Office')
    await dialogButton(li, '关闭').click()
    await button(li, '不互认').click()
    await dialogButton(li, '不互认').click()
    await li.getByText('请填写原因').waitFor()
    await dialogButton(li, '取消').click()
    await button(li, '引用到报告').click()
    await li.locator('[data-recognition=quoted]').waitFor()
    await expect
      .poll(() => li.getByLabel('影像诊断').inputValue())
      .toMatch(/^引用 SY0001 \d{4}-\d{2}-\d{2} 检查印象：“第五掌骨可疑骨折。”$/)
    await picture(li, 'prior-exam')
    await expect.poll(() => clouds.jilin.ledger.recognitions.length, { timeout: 30_000 }).toBe(1)
    expect(clouds.jilin.ledger.recognitions[0]).toMatchObject({ examId: '9001', recognFlag: '1', quoteFlag: '1' })
    await li.locator('.ant-drawer-close').click()
  })

  test('a draft is previewed, and what blocks its upload is mended from where it is said', async () => {
    await li.getByLabel('影像诊断').fill('所见诸骨未见明显骨折，第五掌骨请短期复查。')
    await li.getByText('阴性', { exact: true }).click()
    // Four bytes for a rare sign: the platform counts bytes, and has a limit for the advice too.
    await li.locator('#advice').fill(`${'短期复查。'.repeat(8)}㛃`)
    await li.locator('.byte-counter', { hasText: '省平台 84/80 字节，超 4' }).waitFor()
    await li.locator('#advice').fill('')
    await li.locator('.byte-counter', { hasText: '/80' }).waitFor({ state: 'detached' })
    await button(li, '预览').click()
    await li.locator('[data-pdf-state=loaded]').waitFor()
    await dialogButton(li, '关闭').click()
    await button(li, '提交审核').click()
    await li.locator('.ant-modal [data-preflight="blocks:hospitalCode"]').waitFor()
    await dialogButton(li, '仍要继续').click()
    await li.locator('[data-report-state=awaiting-audit]').waitFor()

    await open(desk, `/exams/${examId}`)
    await tab(desk, /预检/).click()
    await desk.locator('[data-preflight="blocks:hospitalCode"]').first().waitFor()
    await picture(desk, 'preflight-panel')
    await desk.locator('[data-preflight="recommended:weight"]').getByRole('button').click()
    const weight = desk.locator('.ant-drawer').getByLabel('体重（千克）')
    await expect.poll(() => weight.evaluate((field) => field === document.activeElement)).toBe(true)
    await weight.fill('62')
    await button(desk.locator('.ant-drawer'), '保存').click()
    await desk.locator('[data-preflight="recommended:weight"]').waitFor({ state: 'detached' })
    await desk.locator('[data-preflight="blocks:hospitalCode"]').first().getByRole('button').click()
    await desk.getByRole('tab', { name: '机构', selected: true }).waitFor()
    await button(desk, '修改').click()
    await desk.getByLabel('机构代码').fill(hospitalCode)
    await dialogButton(desk, '保存').click()
    await desk.getByRole('cell', { name: hospitalCode }).waitFor()
  })

  test('after the release nothing goes to the province until the hold window ends, by the clock or by hand', async () => {
    await open(zhao, `/exams/${examId}`)
    await button(zhao, '审核通过').click()
    await zhao.locator('[data-report-state=approved]').waitFor()
    await button(zhao, '发布').click()
    await dialogButton(zhao, '发布').click()
    await zhao.locator('[data-report-state=released]').waitFor()
    await zhao.locator('[data-hold]').waitFor()
    await zhao.getByText(/等到 \d{2}:\d{2}:\d{2} 再上传/).waitFor()
    await picture(zhao, 'hold-window')
    await open(desk, '/deliveries')
    const index = desk.getByRole('row', { name: /张三.*检查索引(?!”)/ })
    await index.locator('[data-held]').waitFor()
    await index.getByText(/^时限还剩 5\d:\d\d$/).waitFor()
    expect(clouds.jilin.ledger.exams[`${hospitalCode}/${accessionNumber}`]).toBeUndefined()
    await button(zhao.locator('[data-hold]'), '立即上传').click()
    await popup(zhao, '立即上传').click()
    await said(zhao, '已开始上传')
    await index.getByText('已上传').waitFor({ timeout: 60_000 })
    expect(clouds.jilin.ledger.exams[`${hospitalCode}/${accessionNumber}`]?.received).toBe(1)
  })

  test('what went out wrong is taken back: by two people at Tencent, by a letter at the province', async () => {
    await button(zhao, '更正').click()
    await zhao.getByText(/^申请从腾讯.*删除$/).click()
    await zhao.getByLabel('原因').fill('拍错了病人')
    await dialogButton(zhao, '提交申请').click()
    await zhao.locator('[data-retraction=proposed]').waitFor()
    expect(await button(zhao, '确认删除').count()).toBe(0)
    await button(zhao, '更正').click()
    await zhao.getByText(/更正函$/).click()
    await zhao.getByLabel('错在哪里').fill('影像属于另一位患者')
    await dialogButton(zhao, '生成更正函').click()
    await zhao.locator('[data-pdf-state=loaded]').waitFor()
    await givePrinters(zhao)
    await dialogButton(zhao, '打印').click()
    await said(zhao, '更正函已交给Office')
    expect(await handedBy(zhao)).toMatchObject([{ printer: 'Office', copies: 2 }])
    await expect.poll(() => printsOf(examId), soon).toContain('correction-letter zhao Office')
    await dialogButton(zhao, '关闭').click()

    await li.locator('[data-retraction=proposed]').getByText('原因：拍错了病人').waitFor()
    await picture(li, 'retraction')
    await button(li, '确认删除').click()
    await popup(li, '确认删除').click()
    await li.locator('[data-retraction=confirmed]').waitFor()
    await tab(li, /^上传$/).click()
    await li
      .locator('[data-delivery="aimis:study-delete"] [data-delivery-state=delivered]')
      .waitFor({ timeout: 60_000 })
  })

  test('items that are used and not mapped come first; a CSV goes out, is filled in and comes back', async () => {
    await open(desk, '/settings/items')
    await desk.getByRole('row', { name: /DR006.*未对照/ }).waitFor()
    await picture(desk, 'item-mappings')
    await button(desk, '对照 手正斜位').click()
    await button(desk, '添加标准项目').click()
    await desk.getByLabel('标准项目编码 1').fill('ST01')
    await desk.getByLabel('标准项目名称 1').fill('手X线')
    await dialogButton(desk, '保存').click()
    await desk.getByRole('row', { name: /DR006.*ST01 手X线/ }).waitFor()

    const [download] = await Promise.all([desk.waitForEvent('download'), button(desk, '导出 CSV').click()])
    const bytes = await download.createReadStream().then(async (stream) => Buffer.concat(await stream.toArray()))
    const csv = bytes.toString('utf8')
    expect(csv).toContain('DR006')
    const file = (text: string) => ({ name: 'items.csv', mimeType: 'text/csv', buffer: Buffer.from(text, 'utf8') })
    const input = desk.locator('input[type=file]')
    await input.setInputFiles(file(`${csv.trimEnd()}\r\n城东诊所,CT001,胸部平扫,不是类型,99,,ST02,胸部CT\r\n`))
    await desk
      .locator('.ant-notification-notice')
      .getByText(/错误号 CSV-LINE/)
      .waitFor()
    await input.setInputFiles(file(`${csv.trimEnd()}\r\n城东诊所,CT001,胸部平扫,2,99,,ST02,胸部CT\r\n`))
    await said(desk, '已导入 2 个项目')
    await desk.getByRole('row', { name: /CT001.*ST02 胸部CT/ }).waitFor()
  })

  test('no page complained', () => {
    expect(browser.complaints).toEqual([])
  })
})
