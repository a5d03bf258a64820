import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { residentNumber } from '../db/rooms-for-tests.ts'
import { describeWith } from '../peers.ts'
import { readerTypes } from './card-reader.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'

// Registering as a person does it: by keyboard, with an ID-card reader and a scanner. The tests are one story and run in their order.

vi.setConfig({ testTimeout: 90_000 })

const screenshots = join(import.meta.dirname, '..', '..', 'out', 'screenshots')
/** Between two keys of a person, so that nobody takes it for a reader. */
const pace = 90
/** A busy computer needs longer than vitest's second. */
const patience = { timeout: 20_000 }

describeWith(['chromium', 'cjk-font'], 'registering by keyboard, reader and scanner', () => {
  let station: DeskStation
  let browser: DeskBrowser
  let desk: Page
  let token = ''
  /** As the desk keeps it. */
  let session = ''
  const number = residentNumber('1990-03-07', 'F')
  const card = `李桂兰\t女\t满\t19900307\t吉林省长春市朝阳区人民大街1号\t${number}\n`

  const button = (name: string | RegExp) => desk.getByRole('button', { name, exact: true })
  const field = (label: string) => desk.getByLabel(label, { exact: true })
  const press = async (...keys: string[]) => {
    for (const key of keys) await desk.keyboard.press(key, { delay: pace })
  }
  const hasFocus = (label: string) =>
    expect.poll(() => field(label).evaluate((one) => one === document.activeElement), patience).toBe(true)
  const registered = () => desk.locator('[data-accession-number]')

  async function call(path: string, method = 'GET', body?: unknown) {
    const answer = await fetch(new URL(path, station.url), {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return answer.json()
  }
  async function freshForm(): Promise<void> {
    await desk.goto(`${station.url}#/register`)
    // What the test before left open is gone.
    await desk.reload()
    await desk.getByRole('heading', { name: '登记', exact: true }).waitFor()
    await hasFocus('证件号码')
  }
  async function picture(name: string): Promise<void> {
    expect(await desk.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await desk.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true })
  }

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true })
    station = await startDeskStation()
    const begun = await call('/api/setup', 'POST', {
      username: 'admin',
      displayName: '王登记',
      password: 'jianchuan-2026',
      mode: 'real',
      institutionName: '城东诊所',
    })
    token = begun.token
    session = JSON.stringify(begun)
    browser = await startDeskBrowser()
    desk = await browser.open()
    await desk.addInitScript((kept) => sessionStorage.setItem('station-session', kept), session)
  }, 60_000)
  afterAll(async () => {
    expect(browser?.complaints ?? []).toEqual([])
    await browser?.close()
    await station?.stop()
  })
  beforeEach(freshForm)

  test('a card that is read fills the form wherever the focus is, and the hand goes to the items', async () => {
    await field('申请医生').focus()
    await readerTypes(desk, card)
    await hasFocus('检查项目')
    expect(await field('姓名').inputValue()).toBe('李桂兰')
    expect(await field('证件号码').inputValue()).toBe(number)
    expect(await field('出生日期').inputValue()).toBe('1990-03-07')
    expect(await desk.getByRole('radio', { name: '女' }).isChecked()).toBe(true)
    expect(await field('申请医生').inputValue()).toBe('')
    await picture('register-card')
    await press('1', 'Enter', 'Enter')
    await registered().waitFor()
  })

  test('a card that is read into the number itself is right at once: nothing says that the number is wrong', async () => {
    await readerTypes(desk, card)
    await hasFocus('检查项目')
    await desk.getByText('号码正确，已填性别和出生日期').waitFor()
    const wrong = desk.locator('.ant-form-item-explain-error')
    await expect.poll(() => wrong.allInnerTexts(), patience).toEqual([])
    // antd tells what a field lacks a moment later: what it said first would still stand here.
    await desk.getByText('更多患者信息').click()
    await desk.getByLabel('姓名拼音').waitFor()
    expect(await wrong.allInnerTexts()).toEqual([])
  })

  test('whoever goes elsewhere with a patient half typed is asked, and goes on where the typing stopped', async () => {
    await field('姓名').fill('吴半途')
    await desk.getByRole('navigation', { name: '主菜单' }).getByText('统计').click()
    const question = desk.locator('.ant-modal-confirm')
    await question.locator('.ant-modal-confirm-title').getByText('离开登记？').waitFor()
    await question.getByRole('button', { name: '返回修改' }).click()
    await question.waitFor({ state: 'detached' })
    expect(desk.url()).toContain('#/register')
    expect(await field('姓名').inputValue()).toBe('吴半途')
    await desk.getByRole('navigation', { name: '主菜单' }).getByText('统计').click()
    await question.getByRole('button', { name: '离开', exact: true }).click()
    await desk.getByRole('heading', { name: '统计', exact: true }).waitFor()
    await desk.goto(`${station.url}#/register`)
    await hasFocus('证件号码')
    // Nothing is typed yet: nobody is asked.
    await desk.getByRole('navigation', { name: '主菜单' }).getByText('统计').click()
    await desk.getByRole('heading', { name: '统计', exact: true }).waitFor()
  })

  test('a text that is no age stays where it was typed and says how an age is typed, until the form is cleared', async () => {
    await field('年龄').fill('三十')
    await press('Enter')
    await desk.getByText('写成 34、3岁2月、11月或 5天').waitFor()
    expect(await field('年龄').inputValue()).toBe('三十')
    await field('年龄').fill('200')
    await press('Tab')
    await desk.getByText('写成 34、3岁2月、11月或 5天').waitFor()
    expect(await field('出生日期').inputValue()).toBe('')
    await button('清空').click()
    await hasFocus('证件号码')
    await expect.poll(() => field('年龄').inputValue(), patience).toBe('')
    await desk.getByText('写成 34、3岁2月、11月或 5天').waitFor({ state: 'detached' })
  })

  test('an age that is left before the page was drawn again is not lost', async () => {
    const vanished = () =>
      field('年龄').evaluate((element) => {
        const box = element as HTMLInputElement
        box.focus()
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(box, '三十')
        box.dispatchEvent(new Event('input', { bubbles: true }))
        box.blur()
      })
    await vanished()
    await desk.getByText('写成 34、3岁2月、11月或 5天').waitFor()
    expect(await field('年龄').inputValue()).toBe('三十')
  })

  test('four items are chosen by four digits, also where a busy page hears of them late and all at once', async () => {
    await field('检查项目').focus()
    await desk.locator('.usual-items button').nth(3).waitFor()
    const keys = await desk.context().newCDPSession(desk)
    // No key is older than its page.
    await expect.poll(() => desk.evaluate(() => performance.now()), patience).toBeGreaterThan(1000)
    const began = Date.now() / 1000 - 0.5
    const sent = ['1', '2', '3', '4'].map((digit, place) => {
      const key = { key: digit, code: `Digit${digit}`, windowsVirtualKeyCode: 48 + Number(digit) }
      const timestamp = began + (place * pace) / 1000
      return keys.send('Input.dispatchKeyEvent', { type: 'keyDown', text: digit, timestamp, ...key })
    })
    await Promise.all(sent)
    await keys.detach()
    await desk.getByText('共 4 项').waitFor()
    await expect.poll(() => desk.locator('.chosen-items .ant-tag').count(), patience).toBe(3)
  })

  test('on a small screen the button that registers is in sight, and the field with the focus is not behind it', async () => {
    await desk.setViewportSize({ width: 1366, height: 768 })
    const boxOf = async (name: string) => {
      const box = await (name === '登记' ? button('登记') : field(name)).boundingBox()
      if (!box) throw new Error(`${name} is not drawn`)
      return { top: box.y, bottom: box.y + box.height }
    }
    expect((await boxOf('登记')).bottom).toBeLessThanOrEqual(768 - 8)
    await desk.getByText('更多检查信息').click()
    await field('简要病史').focus()
    await expect.poll(async () => (await boxOf('简要病史')).bottom, patience).toBeLessThan((await boxOf('登记')).top)
    expect((await boxOf('登记')).bottom).toBeLessThanOrEqual(768 - 8)
    await desk.setViewportSize({ width: 1440, height: 900 })
  })

  test('a known patient and a known item take at most 6 keys beyond the reader', async () => {
    await desk.evaluate(() => {
      const counted = { keys: 0 }
      Object.assign(window, { counted })
      const count = (event: KeyboardEvent) => {
        if (event.isTrusted) counted.keys += 1
      }
      addEventListener('keydown', count, true)
    })
    const keys = () => desk.evaluate(() => (window as unknown as { counted: { keys: number } }).counted.keys)
    const begin = performance.now()
    await readerTypes(desk, `${number}\n`)
    await desk.locator('[data-returning]').waitFor()
    await hasFocus('检查项目')
    expect(await field('姓名').inputValue()).toBe('李桂兰')
    await picture('register-returning')
    const ofReader = await keys()
    expect(ofReader).toBe(19)
    await press('2', 'Enter', 'Enter')
    await registered().waitFor()
    const pressed = (await keys()) - ofReader
    console.info(`a known patient: ${pressed} keys beyond the reader, ${Math.round(performance.now() - begin)} ms`)
    expect(pressed).toBeLessThanOrEqual(6)
    const { rows } = await call('/api/exams?text=李桂兰')
    expect(rows.map((row: { exam: { itemName: string } }) => row.exam.itemName)).toEqual(['胸部正侧位', '胸部正位'])
    expect(new Set(rows.map((row: { patient: { patientId: string } }) => row.patient.patientId)).size).toBe(1)
    await picture('registered')
  })

  test('with a Chinese input method switched on the reader’s keys are read by their place', async () => {
    await field('姓名').focus()
    await readerTypes(desk, `${number}\n`, { withInputMethod: true })
    await desk.locator('[data-returning]').waitFor()
    expect(await field('证件号码').inputValue()).toBe(number)
    expect(await field('姓名').inputValue()).toBe('李桂兰')
  })

  test('the same item of the same person on the same day asks first', async () => {
    await readerTypes(desk, `${number}\n`)
    await desk.locator('[data-returning]').waitFor()
    await hasFocus('检查项目')
    await press('1', 'Enter', 'Enter')
    await desk.locator('.ant-modal-confirm-title').getByText('今天已经登记过同一项目').waitFor()
    expect(await registered().count()).toBe(0)
    await picture('register-double')
    await button('仍然登记').click()
    await registered().waitFor()
  })

  test('without a reader the keyboard alone does: Enter goes on, digits choose, an age gives the birth date', async () => {
    await press('Enter')
    await hasFocus('姓名')
    await desk.keyboard.insertText('买买提·吐尔逊')
    await press('Enter', '1', 'Enter')
    await hasFocus('出生日期')
    await press('Enter')
    await hasFocus('年龄')
    await press('1', '1', 'm', 'Enter')
    expect(await field('出生日期').inputValue()).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(await field('年龄').inputValue()).toBe('11')
    await hasFocus('电话')
    await desk.keyboard.insertText('13944445555')
    await press('Enter')
    await hasFocus('设备类型')
    await press('Enter')
    await hasFocus('检查项目')
    await press('1', '3')
    await desk.getByText('共 2 项').waitFor()
    await desk.getByLabel('传染').check()
    await desk.getByText('急诊', { exact: true }).click()
    await desk.locator('.infectious-flag').waitFor()
    await picture('register-several')
    await desk.keyboard.press('Control+Enter')
    await expect.poll(() => registered().count(), patience).toBe(2)
    expect(await desk.locator('.registered .infectious-flag').count()).toBe(2)
    expect(await desk.locator('.registered .emergency-mark').count()).toBe(2)
    const { rows } = await call('/api/exams?text=mmtt')
    expect(rows).toHaveLength(2)
    expect(rows[0].exam).toMatchObject({ infectious: true, category: 'emergency' })
  })

  test('a returning patient is offered as the name is typed, and chosen by key', async () => {
    await field('姓名').fill('买买提·吐尔逊')
    await desk.getByText(/可能来过/).waitFor()
    await picture('register-found')
    await press('Alt+1')
    await hasFocus('检查项目')
    expect(await field('电话').inputValue()).toBe('13944445555')
    await field('姓名').fill('买买提·艾力')
    await desk.locator('[data-returning]').waitFor({ state: 'detached' })
  })

  test('who examines is chosen from the staff with the own code, and is there the next time', async () => {
    const account = { username: 'chen', displayName: '陈技师', role: 'technician', doctorCode: 'T001' }
    await call('/api/accounts', 'POST', { ...account, password: 'jianchuan-2026' })
    await desk.reload()
    await hasFocus('证件号码')
    await readerTypes(desk, `何检查\t男\t汉\t19660606\t长春市\t${residentNumber('1966-06-06', 'M')}\n`)
    await hasFocus('检查项目')
    await field('检查技师').fill('陈')
    await desk.locator('.ant-select-item-option', { hasText: '陈技师 T001' }).waitFor()
    await press('Enter')
    await expect.poll(() => field('检查技师').inputValue(), patience).toBe('陈技师')
    await hasFocusOn('检查项目')
    await press('1', 'Enter', 'Enter')
    await registered().waitFor()
    await freshForm()
    expect(await field('检查技师').inputValue()).toBe('陈技师')
    const { rows } = await call('/api/exams?text=何检查')
    expect(rows[0].exam.examDoctor).toEqual({ name: '陈技师', code: 'T001' })
  })

  test('what looks like typing stays where it was typed', async () => {
    await field('临床诊断').focus()
    await readerTypes(desk, 'C3-C4-C5 disc')
    await expect.poll(() => field('临床诊断').inputValue(), patience).toBe('C3-C4-C5 disc')
  })

  test('an identity card that is read on another page begins a registration', async () => {
    await desk.goto(`${station.url}#/board`)
    await desk.getByRole('heading', { name: '今日检查' }).waitFor()
    await readerTypes(desk, `${number}\n`)
    await desk.locator('[data-returning]').waitFor()
    expect(desk.url()).not.toContain(number)
    expect(await field('姓名').inputValue()).toBe('李桂兰')
  })

  test('a scanned accession number opens its exam, a scanned patient number on the form fills the returning patient in', async () => {
    const { rows } = await call('/api/exams?text=李桂兰')
    const [{ exam, patient }] = rows
    await readerTypes(desk, `${patient.patientId}\n`)
    await desk.locator(`[data-returning="${patient.patientId}"]`).waitFor()
    await button('清空').click()
    await field('电话').focus()
    await readerTypes(desk, `${exam.accessionNumber}\n`)
    await desk.waitForURL(`**/#/exams/${exam.id}`)
    await desk.locator('.exam-head').getByText(exam.accessionNumber).waitFor()
  })

  test('a photo of the request slip goes with the exam and can be taken out with a reason', async () => {
    await readerTypes(desk, `${number}\n`)
    await desk.locator('[data-returning]').waitFor()
    const photo = await desk.screenshot({ type: 'jpeg' })
    await desk.locator('.slip-picker input[type=file]').setInputFiles([
      { name: '申请单.jpg', mimeType: 'image/jpeg', buffer: photo },
      { name: 'virus.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg onload=alert(1)>') },
    ])
    await desk.getByText('virus.jpg').waitFor()
    await hasFocusOn('检查项目')
    await press('4', 'Enter', 'Enter')
    await registered().waitFor()
    await desk.getByText('virus.jpg 不是 JPEG 或 PNG 图片').waitFor()
    await button('打开检查').click()
    await desk.getByRole('tab', { name: '登记信息' }).click()
    await desk.locator('[data-slip] img').waitFor()
    await picture('request-slips')
    await button('移除 1').click()
    await desk.locator('.ant-modal').getByLabel('原因').fill('拍错了')
    await desk.locator('.ant-modal').getByRole('button', { name: '移除' }).click()
    await desk.locator('[data-slip]').waitFor({ state: 'detached' })
    await desk.getByText('已移除的照片（1）').waitFor()
  })

  /** A window of its own on a computer with so many cameras; without `allowed` the browser refuses them, as a person would. */
  async function atCameras(count: number, allowed: boolean, look: (page: Page) => Promise<void>): Promise<void> {
    const other = await startDeskBrowser([`--use-fake-device-for-media-stream=device-count=${count}`])
    try {
      const page = await other.open()
      if (allowed) await page.context().grantPermissions(['camera'])
      await page.addInitScript((kept) => sessionStorage.setItem('station-session', kept), session)
      await page.goto(`${station.url}#/register`)
      await page.getByRole('button', { name: '拍照', exact: true }).click()
      await look(page)
      expect(other.complaints).toEqual([])
    } finally {
      await other.close()
    }
  }

  test('a request slip is photographed with the camera, by key and by mouse, and stands in the exam', async () => {
    await atCameras(1, true, async (page) => {
      await page.locator('[data-camera=running]').waitFor()
      const shutter = page.getByRole('button', { name: '拍一张', exact: true })
      await expect.poll(() => shutter.evaluate((one) => one === document.activeElement), patience).toBe(true)
      await page.keyboard.press('Enter')
      await page.getByText('已拍 1 张').waitFor()
      await shutter.click()
      await page.getByText('已拍 2 张').waitFor()
      await page.screenshot({ path: join(screenshots, 'register-camera.png') })
      await page.locator('.ant-modal').getByRole('button', { name: '完成', exact: true }).click()
      await expect.poll(() => page.locator('.slip-picker .ant-tag').count(), patience).toBe(2)
      await page.getByLabel('姓名', { exact: true }).fill('林照相')
      await page.getByText('女', { exact: true }).click()
      await page.getByLabel('出生日期').fill('19850101')
      await page.getByLabel('检查项目').fill('手正斜位')
      await page.locator('.ant-select-item-option', { hasText: '手正斜位' }).click()
      await page.keyboard.press('Control+Enter')
      await page.locator('[data-accession-number]').waitFor()
      await page.getByRole('button', { name: '打开检查', exact: true }).click()
      await page.getByRole('tab', { name: '登记信息' }).click()
      const photos = page.locator('[data-slip] img')
      await expect.poll(() => photos.count(), patience).toBe(2)
      const width = () => photos.first().evaluate((one: HTMLImageElement) => one.naturalWidth)
      await expect.poll(width, patience).toBeGreaterThan(300)
    })
  })

  test.each([
    ['no camera', 0, true, '没有找到摄像头，请检查是否插好，或改用“选图片”'],
    ['a camera that may not be used', 1, false, '没有使用摄像头的权限，请在系统或浏览器设置里允许'],
  ] as const)('%s is told in words, and nothing can be taken', async (_, count, allowed, words) => {
    await atCameras(count, allowed, async (page) => {
      await page.getByText(words).waitFor()
      expect(await page.getByRole('button', { name: '拍一张', exact: true }).isDisabled()).toBe(true)
    })
  })

  async function hasFocusOn(label: string): Promise<void> {
    await field(label).focus()
    await hasFocus(label)
  }

  test('a fresh registration is cancelled with a reason by keyboard', async () => {
    await readerTypes(desk, `${number}\n`)
    await desk.locator('[data-returning]').waitFor()
    await hasFocus('检查项目')
    await press('5', 'Enter', 'Enter')
    await registered().waitFor()
    await desk.getByRole('button', { name: /^取消检查/ }).focus()
    await press('Enter')
    await desk.locator('.ant-modal textarea').waitFor()
    await desk.keyboard.insertText('登记错了')
    await press('Control+Enter')
    await desk.locator('.registered').getByText('已取消').waitFor()
  })

  test('with an input method four items are put together by key: digits, + for one that is looked for, Backspace takes one back', async () => {
    const keys = await desk.context().newCDPSession(desk)
    /** As an input method does: letters in composition, the candidate chosen by a key that only it sees. */
    const compose = async (letters: string, chosen: string) => {
      for (let end = 1; end <= letters.length; end += 1)
        await keys.send('Input.imeSetComposition', {
          text: letters.slice(0, end),
          selectionStart: end,
          selectionEnd: end,
        })
      for (const code of ['Digit1', 'Enter']) {
        const key = { key: 'Process', code, windowsVirtualKeyCode: 229 }
        await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
      }
      await keys.send('Input.insertText', { text: chosen })
    }
    await press('Enter')
    await hasFocus('姓名')
    await compose('wang', '王')
    await compose('siji', '四季')
    expect(await field('姓名').inputValue()).toBe('王四季')
    await press('Enter', '2', 'Enter')
    await hasFocus('出生日期')
    await press(...'19800301')
    await press('Enter', 'Enter', 'Enter', 'Enter')
    await hasFocus('检查项目')
    // Their order is this person's habit by now.
    const usual = await desk.locator('.usual-items button').allInnerTexts()
    const named = (digit: number) => usual[digit - 1]?.replace(/^\d\s*/, '')
    await press('1', '3', '5')
    await desk.getByText('共 3 项').waitFor()
    await press('+')
    await expect.poll(() => field('检查项目').inputValue(), patience).toBe('')
    // The third one was wrong.
    await press('Backspace')
    await desk.getByText('共 2 项').waitFor()
    await compose('huai', '踝')
    await desk.locator('.ant-select-item-option', { hasText: '踝关节正侧位' }).waitFor()
    await press('ArrowDown', 'Enter')
    await expect.poll(() => field('检查项目').inputValue(), patience).toBe('踝关节正侧位')
    await press('8')
    await desk.getByText('共 4 项').waitFor()
    await press('Control+Enter')
    await expect.poll(() => registered().count(), patience).toBe(4)
    await keys.detach()
    const { rows } = await call('/api/exams?text=王四季')
    const names = rows.map((row: { exam: { itemName: string } }) => row.exam.itemName).toSorted()
    expect(names).toEqual(['踝关节正侧位', named(1), named(3), named(8)].toSorted())
  })

  test('nothing serious stands in the way of people who see or move little, in both themes', async () => {
    for (const theme of ['light', 'dark']) {
      await desk.evaluate((chosen) => localStorage.setItem('station-appearance', `${chosen} normal`), theme)
      await desk.reload()
      await field('姓名').fill('买买提·吐尔逊')
      await desk.getByText(/可能来过/).waitFor()
      expect(await desk.locator('html').getAttribute('data-theme')).toBe(theme)
      await picture(`register-${theme}`)
      const found = await new AxeBuilder({ page: desk }).analyze()
      const serious = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    }
  })
})
