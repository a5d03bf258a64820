import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newUid } from '../../shared/text/dicom-values.ts'
import { describeWith } from '../peers.ts'
import { adminPassword, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { element, part10, secondaryCapture } from '../stand-ins/tiny-objects.ts'
import { type DeskBrowser, startDeskBrowser } from './desk-station.ts'
import {
  attachHostile,
  eachOf,
  offer,
  otherOffers,
  registerHostile,
  reportHostile,
  singleOffers,
} from './hostile-fields.ts'
import { hostileStrings } from './hostile-strings.ts'

// Each text of the list stands in each field (test/api/hostile-desk.test.ts); here every page that shows them is opened. Nothing may run,
// call another address, open a dialog or break a page, and what is shown is text.

vi.setConfig({ testTimeout: 400_000 })

/** One of so many exams gets pictures, a report and its page opened: its fields hold as many texts as it has fields. */
const everyNth = 8
const isOpened = (index: number) => index % everyNth === 0

describeWith(['chromium', 'cjk-font', 'dcmtk'], 'a desk full of hostile texts', () => {
  let station: StationForTests
  let browser: DeskBrowser
  let desk: Page
  const examIds: string[] = []
  const tripped: string[] = []
  /** What the browser said about the tripwire's own trial. */
  let heardBefore = 0

  beforeAll(async () => {
    station = await startStation({ args: ['--training'] })
    await station.api.settingsChange({ body: { reporting: { singleDoctor: true }, desk: { wizardDone: true } } })
    browser = await startDeskBrowser()
    desk = await watched(await browser.open())
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await station?.stop()
  })

  /** Whatever a text does that is not standing there tells on it. */
  async function watched(page: Page): Promise<Page> {
    await page.exposeFunction('tellTheTest', (what: string) => tripped.push(what))
    await page.addInitScript(() => {
      const tell = (what: string) => (globalThis as never as { tellTheTest(what: string): void }).tellTheTest(what)
      Object.defineProperty(globalThis, '__ran', { set: () => tell(`a text ran at ${location.href}`) })
      addEventListener('securitypolicyviolation', (event) =>
        tell(`blocked ${event.violatedDirective} ${event.blockedURI} at ${location.href}`),
      )
    })
    const own = new URL(station.url).origin
    page.on('dialog', (dialog) => {
      tripped.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      const address = request.url()
      if (!/^(data|blob|about):/.test(address) && new URL(address).origin !== own) tripped.push(`asked ${address}`)
    })
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame() && frame.url() !== 'about:blank' && new URL(frame.url()).origin !== own)
        tripped.push(`went to ${frame.url()}`)
    })
    page.on('popup', (popup) => tripped.push(`opened ${popup.url()}`))
    return page
  }

  /** Everything a person can read: texts and what stands in fields. Line ends are as a browser keeps them. */
  const readable = (page: Page) =>
    page.evaluate(() => {
      const fields = [...document.querySelectorAll('input, textarea')] as (HTMLInputElement | HTMLTextAreaElement)[]
      return `${document.body.textContent}\n${fields.map(({ value }) => value).join('\n')}`
    })
  const plain = (text: string) => text.replace(/[\r\n]+/g, '').toWellFormed()

  async function expectQuiet(where: string): Promise<void> {
    expect(tripped.splice(0), where).toEqual([])
    expect(await desk.getByText('页面出了问题').count(), `${where} broke`).toBe(0)
    const forms = await desk.evaluate(
      () => document.querySelectorAll('iframe, object, embed, base, form[action]').length,
    )
    expect(forms, `${where} has elements that no page of the desk has`).toBe(0)
    const links = await desk.evaluate(() =>
      [...document.querySelectorAll('a[href]')].map((one) => one.getAttribute('href')),
    )
    expect(
      links.filter((href) => !/^(#|\/|blob:|http:\/\/127\.0\.0\.1)/.test(href ?? '')),
      `links of ${where}`,
    ).toEqual([])
  }

  async function show(address: string): Promise<void> {
    await desk.goto(`${station.url}#/${address}`)
    await desk.getByRole('navigation', { name: '主菜单' }).waitFor()
  }

  /** Which of the texts cannot be read on the page; waits for the first of them. */
  async function missing(texts: readonly string[]): Promise<string[]> {
    const wanted = texts.map(plain).filter((text) => text.trim() !== '')
    let page = ''
    await vi
      .waitFor(
        async () => {
          page = plain(await readable(desk))
          if (!wanted.every((text) => page.includes(text))) throw new Error('not yet')
        },
        { timeout: 15_000, interval: 100 },
      )
      .catch(() => undefined)
    return wanted.filter((text) => !page.includes(text))
  }

  test('is filled', async () => {
    const institutionId = (await station.api.institutionCreate({ body: { name: '城北诊所' } })).id
    await eachOf(hostileStrings, async (_text, index) => {
      const { examId } = await registerHostile(station, hostileStrings, index)
      examIds[index] = examId
      if (isOpened(index)) {
        await attachHostile(station, examId, hostileStrings[index]!)
        await reportHostile(station, examId, hostileStrings, index)
      } else if (index % everyNth === 1)
        await station.call('examCancel', { params: { id: examId }, body: { reason: hostileStrings[index] } })
      if (index % 2 === 0)
        for (const one of otherOffers(hostileStrings, index, institutionId)) await offer(station, one)
    })
    const account = (await station.api.accountList())[0]!.id
    for (const one of singleOffers(hostileStrings, 1, { account })) await offer(station, one)
    const names = hostileStrings.filter((text) => text.trim().length > 0 && text.trim().length <= 20)
    await station.api.filterSave({ body: names.slice(0, 30).map((name) => ({ name, text: name })) })
    expect(examIds.filter(Boolean)).toHaveLength(hostileStrings.length)
  })

  test('gets studies by C-STORE whose texts are hostile', async () => {
    await station.api.deviceCreate({ body: { name: '<b>CT</b>', aeTitle: 'HOSTILE' } })
    const folder = mkdtempSync(join(tmpdir(), 'hostile-studies-'))
    const texts = hostileStrings.filter((text) => text.length <= 64)
    texts.forEach((text, index) => {
      const [study, instance] = [newUid(), newUid()]
      const value = (tag: number, vr: string) => element(tag, vr, Buffer.from(text.toWellFormed()))
      const file = part10(secondaryCapture, instance, [
        element(0x00080005, 'CS', 'ISO_IR 192'),
        element(0x00080016, 'UI', secondaryCapture),
        element(0x00080018, 'UI', instance),
        value(0x00080020, 'DA'),
        value(0x00080050, 'SH'),
        element(0x00080060, 'CS', 'OT'),
        value(0x00080080, 'LO'),
        value(0x00081030, 'LO'),
        value(0x0008103e, 'LO'),
        value(0x00081090, 'LO'),
        value(0x00100010, 'PN'),
        value(0x00100020, 'LO'),
        value(0x00100040, 'CS'),
        value(0x00180015, 'CS'),
        element(0x0020000d, 'UI', study),
        element(0x0020000e, 'UI', `${study}.1`),
        value(0x00204000, 'LT'),
      ])
      writeFileSync(join(folder, `${index}.dcm`), file)
    })
    const { host, port, aeTitle } = station.dicom
    const args = ['-aet', 'HOSTILE', '-aec', aeTitle, '+sd', '--no-halt', host, String(port), folder]
    execFileSync('storescu', args, { stdio: 'ignore', env: { ...process.env, TCP_NODELAY: '1' } })
    rmSync(folder, { recursive: true })
    await vi.waitFor(
      async () => expect((await station.api.trayList()).length).toBeGreaterThan(texts.length / 2),
      20_000,
    )
  })

  test('would tell on a text that ran or called elsewhere', async () => {
    await desk.goto(station.url)
    await desk.evaluate('globalThis.__ran = 1')
    await vi.waitFor(() => expect(tripped.splice(0)).toHaveLength(1))
    await desk.evaluate(() =>
      document.body.insertAdjacentHTML('beforeend', '<img src="//canary.invalid/x"><img src="x" onerror="__ran=1">'),
    )
    const told: string[] = []
    await vi.waitFor(() => {
      told.push(...tripped.splice(0))
      expect(told.join()).toMatch(/canary/)
      expect(told.join()).toMatch(/script-src/)
    }, 10_000)
    await desk.reload()
    await desk.getByLabel('用户名').waitFor()
    tripped.splice(0)
    heardBefore = browser.complaints.length
  })

  test('shows nothing before the login, whatever is typed there', async () => {
    await desk.goto(station.url)
    for (const text of [...hostileStrings.slice(0, 5), '__proto__', "' OR '1'='1"]) {
      await desk.getByLabel('用户名').fill(text)
      await desk.getByLabel('密码').fill(text)
    }
    await desk.getByRole('button', { name: '登录' }).click()
    await desk.getByText('用户名或密码').first().waitFor()
    await desk.getByLabel('用户名').fill('admin')
    await desk.getByLabel('密码').fill(adminPassword)
    await desk.getByRole('button', { name: '登录' }).click()
    await desk.getByRole('navigation', { name: '主菜单' }).waitFor()
    await expectQuiet('the login')
  })

  test('on the board shows names and items as texts, and searches for each of them', async () => {
    const { rows } = await station.api.examList()
    await show('board')
    const first = rows.slice(0, 8)
    expect(await missing(first.map(({ patient }) => patient.name))).toEqual([])
    for (let times = 0; times < 6; times++) await desk.mouse.wheel(0, 1200)
    await expectQuiet('the board')
    const search = desk
      .getByRole('searchbox')
      .or(desk.getByRole('textbox', { name: /搜索/ }))
      .or(desk.locator('input[type=search]'))
    for (const text of hostileStrings.filter((_one, index) => index % 6 === 0))
      await search.first().fill(text.slice(0, 2000))
    await expectQuiet('the board’s search')
    await search.first().fill('')
  })

  test('on each exam’s page shows what was registered and written as texts', async () => {
    const lost: string[] = []
    const opened = examIds.filter((_id, index) => isOpened(index))
    for (const id of opened) {
      const { patient, exam, reports } = await station.api.examRead({ params: { id } })
      await show(`exams/${id}`)
      await desk.getByText(exam.accessionNumber).first().waitFor()
      const written = [reports[0]!.findings, reports[0]!.impression]
      for (const text of await missing([patient.name, exam.itemName, ...written])) lost.push(`${id}: ${text}`)
      const tabs = desk.locator('.exam-tabs > .ant-tabs-nav [role=tab]')
      const count = await tabs.count()
      expect(count).toBeGreaterThan(2)
      let read = ''
      for (let nth = 0; nth < count; nth++) {
        await tabs.nth(nth).click()
        await tabs.nth(nth).and(desk.locator('[aria-selected=true]')).waitFor()
        read += plain(await readable(desk))
      }
      const registered = [exam.bodyPart, exam.clinicalDiagnosis ?? '', patient.phone ?? '', patient.occupation ?? '']
      for (const text of registered.map(plain)) if (!read.includes(text)) lost.push(`${id}: ${text}`)
      await expectQuiet(`the page of ${patient.name}`)
    }
    expect(lost).toEqual([])
  })

  const pages = [
    'register',
    'tray',
    'imports',
    'deliveries',
    'day',
    'statistics',
    'reprints',
    'people',
    'training',
    'settings/general',
    'settings/institutions',
    'settings/devices',
    'settings/aimis',
    'settings/items',
    'settings/printing',
    'settings/backup',
    'settings/audit',
    'welcome',
  ]
  test.each(pages)('%s stays a page', async (address) => {
    await show(address)
    await desk.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => undefined) // the event stream never ends
    for (let times = 0; times < 4; times++) await desk.mouse.wheel(0, 1500)
    await expectQuiet(address)
  })

  test('names devices, institutions and studies in the tray as texts', async () => {
    await show('settings/devices')
    expect(await missing((await station.api.deviceList()).slice(0, 5).map(({ name }) => name))).toEqual([])
    await show('settings/institutions')
    const institutions = (await station.api.institutionList())
      .map(({ name }) => name)
      .filter((name) => name.includes('script'))
    await vi.waitFor(async () => {
      const page = plain(await readable(desk))
      expect(institutions.filter((name) => page.includes(plain(name))).length).toBeGreaterThan(2)
    }, 10_000)
    await expectQuiet('settings')
    await show('tray')
    const names = (await station.api.trayList()).slice(0, 5).map(({ header }) => header.patientName)
    expect(names.length).toBe(5)
    expect(await missing(names)).toEqual([])
    await expectQuiet('the tray')
  })

  test('at an address that is hostile itself shows a page in words', async () => {
    const addresses = ['exams/<script>__ran=1</script>', 'exams/__proto__', 'exams/..%2f..%2fx', 'settings/__proto__']
    for (const address of [
      ...addresses,
      'settings/constructor',
      '//canary.invalid/x',
      'javascript:__ran=1',
      '%E0%A4%A',
    ]) {
      await show(address)
      await expectQuiet(address)
    }
  })

  test('and nothing ran anywhere', () => {
    expect(tripped).toEqual([])
    expect(browser.complaints.slice(heardBefore)).toEqual([])
    expect(station.printed.err).not.toMatch(/nobody expected|uncaught|unhandled/)
  })
})
