import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RawObject } from '../../electron/training/simulated-modality.ts'
import type { StationClient } from '../../electron/training/station-client.ts'
import { routes } from '../../shared/api/routes.ts'
import { describeWith } from '../peers.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'
import { openClinic, openDeskOf, soon } from './desk-story.ts'
import { filmValue, greyFilm, sagittal, sagittalSlices, sagittalValue } from './viewer-images.ts'
import { openInViewer, scanner, sendFromScanner, viewerOn } from './viewer-story.ts'

// What a doctor sees while measuring: every value is computed a second time here, from the pixels that were sent and the points that are kept.

vi.setConfig({ testTimeout: 120_000 })
const { rows, columns, rowSpacing, columnSpacing } = sagittal
const slices = 12

type Point = { readonly x: number; readonly y: number }
type Kept = { readonly kind: string; readonly points: readonly Point[] }

describeWith(['chromium', 'cjk-font'], 'marks, letters and overlays, as a doctor sees them', () => {
  let station: DeskStation
  let browser: DeskBrowser
  let desk: Page
  let api: StationClient
  const exams: Record<string, { readonly id: string; readonly studyInstanceUid: string }> = {}

  beforeAll(async () => {
    station = await startDeskStation()
    api = await openClinic(() => station.url, {
      settings: { dicom: { settleSeconds: 1 }, desk: { wizardDone: true } },
      devices: [scanner],
    })
    await examWith('ct', 'CT', (uid) => sagittalSlices(uid, slices))
    await examWith('film', 'US', (studyInstanceUid) => [
      greyFilm({ studyInstanceUid, frames: 5, rows: 60, columns: 80, samples: 3 }),
    ])
    await examWith('plain', 'US', (studyInstanceUid) => [
      greyFilm({ studyInstanceUid, frames: 5, rows: 60, columns: 80, hasWindow: false }),
    ])
    browser = await startDeskBrowser()
    desk = await openDeskOf(browser, station.url, 'admin')
    await desk.setViewportSize({ width: 1500, height: 900 })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await station?.stop()
  })

  async function examWith(key: string, modality: 'CT' | 'US', objects: (uid: string) => readonly RawObject[]) {
    const patient = { name: '赵敏', sex: 'F', birthDate: '1949-12-31' } as const
    const exam = await api.call(routes.examRegister, {
      body: { patient, exam: { modality, bodyPart: '头', itemCode: 'X1', itemName: '头颅' } },
    })
    exams[key] = exam
    await sendFromScanner(station, objects(exam.studyInstanceUid))
  }

  /** With nothing drawn on it. */
  async function openExam(key: string): Promise<void> {
    await desk.evaluate((id) => localStorage.removeItem(`viewer-marks/${id}`), exams[key]?.id)
    await openInViewer(desk, station, exams[key]?.id)
  }

  const { fact, number, item, press, words, picture } = viewerOn(() => desk)
  const times = async (count: number, key: string) => {
    for (let time = 0; time < count; time++) await desk.keyboard.press(key)
  }
  const allWords = async () => (await words()).join(' ')
  const choose = async (name: string) => {
    await desk.locator('.viewer-toolbar [data-tool]').click()
    await item(name).click()
  }

  const inMenu = () =>
    expect.poll(() => desk.evaluate(() => document.activeElement?.getAttribute('role')), soon).toMatch(/^menu/)
  /** Down the list until it is marked, as a person does who sees it. */
  const chooseByKeys = async (name: string) => {
    await desk.locator('.viewer-toolbar [data-tool]').focus()
    await press('Enter')
    await inMenu()
    const isMarked = () => item(name).evaluate((one) => one === document.activeElement)
    for (let step = 0; step < 12 && !(await isMarked()); step++) await press('ArrowDown')
    expect(await isMarked()).toBe(true)
    await press('Enter')
    await expect.poll(() => desk.evaluate(() => document.activeElement?.className), soon).toBe('viewer')
  }

  /** Where a pixel of the sagittal image lies on the page: its pixels are twice as high as wide. */
  async function pixelPlaces(): Promise<(x: number, y: number) => Point> {
    const box = await desk.locator('.viewer-stage').first().boundingBox()
    if (!box) throw new Error('no stage')
    const zoom = await number('zoom')
    return (x, y) => ({
      x: box.x + box.width / 2 + (x - columns / 2) * zoom,
      y: box.y + box.height / 2 + (y - rows / 2) * zoom * (rowSpacing / columnSpacing),
    })
  }

  async function drag(from: Point, to: Point): Promise<void> {
    await desk.mouse.move(from.x, from.y)
    await desk.mouse.down()
    await desk.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2)
    await desk.mouse.move(to.x, to.y)
    await desk.mouse.up()
  }

  /** What is on the screen: red, green and blue of a point of the page. */
  async function looker(): Promise<(at: Point) => number[]> {
    const png = PNG.sync.read(await desk.screenshot())
    return ({ x, y }) => {
      const at = (Math.round(y) * png.width + Math.round(x)) * 4
      return [...png.data.subarray(at, at + 3)]
    }
  }
  const white = [255, 255, 255]

  const letters = async () => {
    const edges = ['left', 'right', 'top', 'bottom'].map((edge) => desk.locator(`[data-edge=${edge}]`))
    const shown = await Promise.all(edges.map(async (edge) => ((await edge.count()) > 0 ? edge.textContent() : '')))
    return shown.join(' ')
  }

  /** What is kept of the marks on the picture that is shown, in pixels of the image. */
  async function kept(): Promise<readonly Kept[]> {
    const json = await desk.evaluate((id) => localStorage.getItem(`viewer-marks/${id}`), exams.ct?.id)
    const { marks } = JSON.parse(json ?? '{"marks":{}}') as { marks: Record<string, Kept[]> }
    return Object.values(marks).flat()
  }

  const long = (from: Point, to: Point) => Math.hypot((to.x - from.x) * columnSpacing, (to.y - from.y) * rowSpacing)
  /** Of the vectors of two lines, by their scalar product: another way than the viewer's. */
  const between = (one: readonly [Point, Point], other: readonly [Point, Point]) => {
    const [ax, ay] = [(one[1].x - one[0].x) * columnSpacing, (one[1].y - one[0].y) * rowSpacing]
    const [bx, by] = [(other[1].x - other[0].x) * columnSpacing, (other[1].y - other[0].y) * rowSpacing]
    return (Math.acos((ax * bx + ay * by) / Math.hypot(ax, ay) / Math.hypot(bx, by)) * 180) / Math.PI
  }

  /** The words of a region on the first slice, from the values that were sent. */
  function regionWords(kind: string, [one, other]: readonly Point[]): string[] {
    if (!one || !other) throw new Error('a region has two points')
    const values: number[] = []
    const middle = { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }
    const radius = { x: Math.abs(other.x - one.x) / 2, y: Math.abs(other.y - one.y) / 2 }
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) {
        const [dx, dy] = [(x + 0.5 - middle.x) / radius.x, (y + 0.5 - middle.y) / radius.y]
        const isIn = kind === 'ellipse' ? dx * dx + dy * dy <= 1 : Math.abs(dx) <= 1 && Math.abs(dy) <= 1
        if (isIn) values.push(sagittalValue(1, x, y))
      }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    const area = radius.x * radius.y * columnSpacing * rowSpacing * (kind === 'ellipse' ? Math.PI : 4)
    return [
      `均值 ${mean.toFixed(1)} HU  标准差 ${Math.sqrt(squares / values.length).toFixed(1)}`,
      `最小 ${Math.min(...values)}  最大 ${Math.max(...values)}`,
      `面积 ${area.toFixed(1)} mm²`,
    ]
  }

  test('what the device drew is white over the image, turns with it, and is hidden and shown by a key', async () => {
    await openExam('ct')
    const place = await pixelPlaces()
    const mirrored = place(columns - 14.5, 64.5)
    await expect.poll(async () => (await looker())(place(14.5, 64.5)), soon).toEqual(white)
    await picture('overlay')
    expect((await looker())(mirrored)).not.toEqual(white)
    await press('h')
    await expect.poll(async () => (await looker())(mirrored), soon).toEqual(white)
    expect((await looker())(place(14.5, 64.5))).not.toEqual(white)
    await press('h', 'g')
    await expect.poll(async () => (await looker())(place(14.5, 64.5)), soon).not.toEqual(white)
    await press('g', 'ArrowDown')
    await expect.poll(() => fact('image-index'), soon).toBe('1')
    await expect.poll(async () => (await looker())(place(14.5, 64.5)), soon).not.toEqual(white)
    await press('ArrowUp')
    await expect.poll(async () => (await looker())(place(14.5, 64.5)), soon).toEqual(white)
  })

  test('letters at the edges say how the patient lies, also after flips and turns, and nothing where the image does not', async () => {
    await openExam('ct')
    await expect.poll(letters, soon).toBe('A P H F')
    await press('h')
    await expect.poll(letters, soon).toBe('P A H F')
    await press('r')
    await expect.poll(letters, soon).toBe('F H P A')
    // Up and down, left and right are those of the screen, also where the image lies on its side.
    await press('v')
    await expect.poll(letters, soon).toBe('F H A P')
    await picture('letters')
    await press('h')
    await expect.poll(letters, soon).toBe('H F A P')
    await press('Space')
    await expect.poll(letters, soon).toBe('A P H F')
    await openExam('film')
    expect(await desk.locator('.edge-letter').count()).toBe(0)
  })

  test('a film without a window is as bright in every frame, once its darkest and brightest were seen', async () => {
    await openExam('plain')
    const box = await desk.locator('.viewer-stage').first().boundingBox()
    if (!box) throw new Error('no stage')
    const seen = async () => (await (await looker())({ x: box.x + box.width / 3, y: box.y + box.height / 2 }))[0]
    await expect.poll(seen, soon).toBe(0)
    for (const frame of [1, 2]) {
      await press('ArrowDown')
      await desk.getByText(`图像 ${frame + 1}/5`).waitFor()
      await expect.poll(seen, soon).toBe(255)
    }
    await press('ArrowUp')
    const level = ((filmValue(1) - filmValue(0)) / (filmValue(2) - filmValue(0))) * 255
    await expect.poll(async () => Math.abs(((await seen()) ?? -9) - level), soon).toBeLessThanOrEqual(1)
  })

  test('a film in colours shows each frame as it is, larger, turned and inverted too', async () => {
    await openExam('film')
    const box = await desk.locator('.viewer-stage').first().boundingBox()
    if (!box) throw new Error('no stage')
    const seen = async () => (await looker())({ x: box.x + box.width / 3, y: box.y + box.height / 2 })
    const grey = (value: number) => [value, value, value]
    const offFrom = (value: number) => async () => Math.max(...(await seen()).map((level) => Math.abs(level - value)))
    await expect.poll(seen, soon).toEqual(grey(filmValue(0)))
    await press('ArrowDown')
    await expect.poll(seen, soon).toEqual(grey(filmValue(1)))
    await press('+', 'r', 'i')
    // The library rounds down before it turns round.
    await expect.poll(offFrom(255 - filmValue(1)), soon).toBeLessThanOrEqual(1)
    await press('ArrowDown')
    await expect.poll(offFrom(255 - filmValue(2)), soon).toBeLessThanOrEqual(1)
    await press('Space', 'Home')
    await expect.poll(seen, soon).toEqual(grey(filmValue(0)))
  })

  test('lengths, angles and Cobb’s angle are those of the geometry, where pixels are not square too', async () => {
    await openExam('ct')
    const place = await pixelPlaces()
    await choose('长度')
    await drag(place(20, 20), place(100, 50))
    await expect.poll(words, soon).toHaveLength(1)
    await choose('角度')
    await drag(place(30, 80), place(60, 60))
    await desk.mouse.click(place(100, 85).x, place(100, 85).y)
    await expect.poll(words, soon).toHaveLength(2)
    await choose('Cobb 角')
    await drag(place(40, 10), place(80, 14))
    await drag(place(40, 40), place(85, 30))
    await expect.poll(words, soon).toHaveLength(3)
    const [length, angle, cobb] = (await kept()).map(({ points }) => points as [Point, Point, Point, Point])
    if (!length || !angle || !cobb) throw new Error('three marks')
    expect(length[0].x).toBeCloseTo(20, 0)
    expect(length[1].y).toBeCloseTo(50, 0)
    const straight = between([cobb[0], cobb[1]], [cobb[2], cobb[3]])
    expect(await words()).toEqual([
      `${long(length[0], length[1]).toFixed(1)} mm`,
      `${between([angle[1], angle[0]], [angle[1], angle[2]]).toFixed(1)}°`,
      `Cobb ${Math.min(straight, 180 - straight).toFixed(1)}°`,
    ])
    expect(long(length[0], length[1])).toBeCloseTo(50, 0)
    await picture('geometry')
  })

  test('regions tell mean, deviation, ends and area of their pixels, a probe tells its pixel', async () => {
    await openExam('ct')
    const place = await pixelPlaces()
    await choose('矩形测量')
    await drag(place(20, 30), place(40, 50))
    await expect.poll(words, soon).toHaveLength(3)
    await choose('椭圆测量')
    await drag(place(95, 75), place(60, 20))
    await expect.poll(words, soon).toHaveLength(6)
    await choose('点测量')
    await desk.mouse.click(place(50.5, 85.5).x, place(50.5, 85.5).y)
    await expect.poll(words, soon).toHaveLength(7)
    const [rectangle, ellipse] = await kept()
    expect(await words()).toEqual([
      ...regionWords('rectangle', rectangle?.points ?? []),
      ...regionWords('ellipse', ellipse?.points ?? []),
      `(50, 85) ${sagittalValue(1, 50, 85)} HU`,
    ])
    await picture('regions')
  })

  test('marks are drawn, moved and deleted without a mouse', async () => {
    await openExam('ct')
    const zoom = await number('zoom')
    await press('d', 'Enter')
    await desk.getByRole('status').filter({ hasText: '方向键移动' }).waitFor()
    await times(5, 'Shift+ArrowLeft')
    await press('Enter')
    await times(10, 'Shift+ArrowRight')
    await picture('crosshair')
    await press('Enter')
    const wide = (200 / zoom) * columnSpacing
    await expect.poll(words, soon).toEqual([`${wide.toFixed(1)} mm`])
    expect(await fact('image-index')).toBe('0')
    // Enter on its end takes it, arrows carry it, Enter sets it down.
    await press('Enter')
    await times(3, 'Shift+ArrowLeft')
    await times(4, 'ArrowLeft')
    await press('Enter')
    const narrow = ((200 - 64) / zoom) * columnSpacing
    await expect.poll(words, soon).toEqual([`${narrow.toFixed(1)} mm`])
    await press('Escape')
    await expect.poll(() => desk.locator('.crosshair').count(), soon).toBe(0)
    await press('ArrowDown')
    await expect.poll(() => fact('image-index'), soon).toBe('1')
    await press('ArrowUp')
    await expect.poll(() => fact('image-index'), soon).toBe('0')

    // Another tool from the toolbar, by keys.
    await chooseByKeys('Cobb 角')
    await press('Enter')
    await desk.locator('.crosshair').first().waitFor()
    await times(4, 'Shift+ArrowUp')
    await press('Enter')
    await times(6, 'Shift+ArrowRight')
    await press('Enter')
    await times(8, 'Shift+ArrowDown')
    await press('Enter')
    await times(6, 'Shift+ArrowLeft')
    await times(3, 'Shift+ArrowDown')
    await press('Enter')
    const cobb = (Math.atan2(60, 120) * 180) / Math.PI
    await expect.poll(words, soon).toEqual([`${narrow.toFixed(1)} mm`, `Cobb ${cobb.toFixed(1)}°`])
    await picture('keyboard-cobb')
    await press('Delete')
    await expect.poll(words, soon).toEqual([`${narrow.toFixed(1)} mm`])

    // Words and an unfinished mark.
    await press('Escape')
    await chooseByKeys('文字')
    await press('Enter')
    await desk.locator('.crosshair').first().waitFor()
    await press('Shift+ArrowUp', 'Enter')
    await desk.getByRole('textbox', { name: '标注文字' }).fill('结节')
    await press('Enter')
    await expect.poll(allWords, soon).toContain('结节')
  })

  test('many small pieces of a touch pad are one picture further, and a pinch zooms where the fingers are', async () => {
    await openExam('ct')
    const place = await pixelPlaces()
    const at = place(30.5, 30.5)
    await desk.mouse.move(at.x, at.y)
    await expect.poll(() => fact('pixel'), soon).toBe('30,30')
    for (let piece = 0; piece < 6; piece++) await desk.mouse.wheel(0, 8)
    expect(await fact('image-index')).toBe('0')
    await desk.mouse.wheel(0, 8)
    await expect.poll(() => fact('image-index'), soon).toBe('1')
    for (let piece = 0; piece < 7; piece++) await desk.mouse.wheel(0, -8)
    await expect.poll(() => fact('image-index'), soon).toBe('0')
    const zoom = await number('zoom')
    await desk.keyboard.down('Control')
    for (let piece = 0; piece < 20; piece++) await desk.mouse.wheel(0, -5)
    await desk.keyboard.up('Control')
    await expect.poll(() => number('zoom'), soon).toBeGreaterThan(zoom * 1.05)
    expect([await fact('image-index'), await fact('pixel')]).toEqual(['0', '30,30'])
  })

  test('the middle button moves the image as far as the hand, also on its side', async () => {
    await openExam('ct')
    const place = await pixelPlaces()
    const middle = place(60.5, 50.5)
    for (const key of ['Space', 'r']) {
      await press(key)
      await desk.mouse.move(middle.x, middle.y)
      await expect.poll(() => fact('pixel'), soon).toMatch(/^(59|60),(49|50)$/)
      const under = await fact('pixel')
      await desk.mouse.down({ button: 'middle' })
      await desk.mouse.move(middle.x + 70, middle.y - 50)
      await desk.mouse.up({ button: 'middle' })
      await desk.mouse.move(middle.x + 71, middle.y - 50)
      await desk.mouse.move(middle.x + 70, middle.y - 50)
      await expect.poll(() => fact('pixel'), soon).toBe(under)
      await press('Space')
    }
  })

  test('a glass enlarges what lies below the pointer while the button is held', async () => {
    await openExam('ct')
    const place = await pixelPlaces()
    await desk.locator('.viewer-toolbar').getByRole('button', { name: /^左键/ }).click()
    await item('放大镜').click()
    const corner = place(20, 65)
    const zoom = await number('zoom')
    // The block is 10 pixels wide and ends at the pointer: 15 to its left there is none, but in the glass.
    const beyond = { x: corner.x - zoom * 15, y: corner.y }
    expect((await looker())(beyond)).not.toEqual(white)
    await desk.mouse.move(corner.x, corner.y)
    await desk.mouse.down()
    await desk.locator('.magnifier').waitFor()
    await expect.poll(async () => (await looker())(beyond), soon).toEqual(white)
    expect((await looker())({ x: corner.x + zoom * 4, y: corner.y })).not.toEqual(white)
    await picture('magnifier')
    await desk.mouse.up()
    await expect.poll(() => desk.locator('.magnifier').count(), soon).toBe(0)
  })

  test('the right button opens a menu that windows, inverts and shows tags', async () => {
    await openExam('ct')
    const place = await pixelPlaces()
    const grey = (await looker())(place(80.5, 20.5))
    await desk.mouse.click(place(60, 50).x, place(60, 50).y, { button: 'right' })
    await item('反相').waitFor()
    await picture('menu')
    await item('反相').click()
    await expect.poll(() => fact('inverted'), soon).toBe('true')
    await expect
      .poll(async () => Math.abs((await looker())(place(80.5, 20.5))[0]! + grey[0]! - 255), soon)
      .toBeLessThanOrEqual(3)
    await desk.mouse.click(place(60, 50).x, place(60, 50).y, { button: 'right' })
    await item(/^窗/).hover()
    await item(/^肺窗/).click()
    await expect
      .poll(async () => [await number('window-width'), await number('window-center')], soon)
      .toEqual([1500, -600])
    await desk.locator('.viewer').focus()
    await press('ContextMenu')
    await item('DICOM 标签').waitFor()
    await inMenu()
    await press('ArrowUp', 'Enter')
    await desk.locator('.ant-drawer:visible').getByText('OverlayRows').waitFor()
    await press('Escape')
  })

  test('back and forth a film turns at its ends and never jumps', async () => {
    await openExam('ct')
    await press('c')
    await desk.getByLabel('每秒帧数').fill('6')
    await desk.getByRole('button', { name: '循环播放' }).click()
    await desk.getByRole('button', { name: '往返播放' }).waitFor()
    // Every picture that is drawn from now on.
    await desk.locator('.viewer').evaluate((viewer: HTMLElement) => {
      const seen: number[] = []
      Object.assign(window, { seen })
      new MutationObserver(() => {
        const index = Number(viewer.dataset.imageIndex)
        if (index !== seen.at(-1)) seen.push(index)
      }).observe(viewer, {
        attributeFilter: ['data-image-index'],
      })
    })
    const seen = () => desk.evaluate(() => (window as unknown as { seen: number[] }).seen)
    const turns = (list: readonly number[]) => ({
      atTop: list.some((one, at) => one > slices - 3 && list[at + 1]! < one && list[at + 2]! < list[at + 1]!),
      atBottom: list.some((one, at) => one < 2 && list[at + 1]! > one && list[at + 2]! > list[at + 1]!),
    })
    await expect.poll(async () => turns(await seen()), { timeout: 60_000 }).toEqual({ atTop: true, atBottom: true })
    const list = await seen()
    expect(Math.max(...list.slice(1).map((one, at) => Math.abs(one - list[at]!)))).toBeLessThan(slices - 2)
    await desk.getByRole('button', { name: '暂停' }).click()
    await expect.poll(() => fact('playing'), soon).toBe('false')
  })

  test('in the dark and in English everything is there, and axe-core finds nothing serious', async () => {
    for (const [theme, language] of [
      ['dark', 'zh-CN'],
      ['light', 'en'],
      ['dark', 'en'],
    ] as const) {
      await desk.evaluate(
        ([look, tongue]) => {
          localStorage.setItem('station-appearance', `${look} normal`)
          localStorage.setItem('station-language', tongue)
        },
        [theme, language] as const,
      )
      await openExam('ct')
      await press('d', 'Enter', 'Enter', 'Shift+ArrowRight', 'Enter')
      await expect.poll(words, soon).toHaveLength(1)
      const toolbar = desk.locator('.viewer-toolbar')
      await toolbar.getByText(language === 'en' ? 'Measure' : '测量', { exact: true }).waitFor()
      if (language === 'en') expect(await toolbar.innerText()).not.toMatch(/\p{Script=Han}/u)
      await picture(`hands-${theme}-${language}`)
      const { violations } = await new AxeBuilder({ page: desk }).include('.viewer').analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(
        serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
      ).toEqual([])
    }
    await desk.evaluate(() => {
      localStorage.removeItem('station-appearance')
      localStorage.removeItem('station-language')
    })
  })

  test('no page complained', () => {
    expect(browser.complaints).toEqual([])
  })
})
