import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RawObject } from '../../electron/training/simulated-modality.ts'
import type { StationClient } from '../../electron/training/station-client.ts'
import { routes } from '../../shared/api/routes.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import { describeWith } from '../peers.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'
import { openClinic, openDeskOf, soon } from './desk-story.ts'
import { chestViews, ctSeries, filmValue, greyFilm } from './viewer-images.ts'
import { openInViewer, scanner, sendFromScanner, viewerOn } from './viewer-story.ts'

// A doctor reads images: by mouse and by keyboard, measured, compared, played, kept for the report and taken out as files.

vi.setConfig({ testTimeout: 120_000 })
const patient = {
  name: '赵敏',
  sex: 'F',
  birthDate: '1949-12-31',
  identity: { kind: 'resident', number: '11010519491231002X' },
} as const

describeWith(['chromium', 'cjk-font'], 'the viewer, by a doctor in a browser', () => {
  let station: DeskStation
  let browser: DeskBrowser
  let desk: Page
  let api: StationClient
  const exams: Record<string, { readonly id: string; readonly studyInstanceUid: string }> = {}

  beforeAll(async () => {
    station = await startDeskStation()
    api = await openClinic(() => station.url, {
      settings: { dicom: { settleSeconds: 1 }, reporting: { singleDoctor: true }, desk: { wizardDone: true } },
      devices: [scanner],
    })
    await register('other', 'CT', '另一次扫描')
    await register('prior', 'CT', '胸部CT')
    await register('ct', 'CT', '胸部CT复查')
    await register('chest', 'DR', '胸部正侧位')
    await register('film', 'US', '心脏超声')
    const frameOfReferenceUid = newUid()
    const place = { frameOfReferenceUid }
    await send(ctSeries({ ...place, studyInstanceUid: uid('prior'), slices: 5, spacing: 20 }))
    await send(ctSeries({ frameOfReferenceUid: newUid(), studyInstanceUid: uid('other'), slices: 9, spacing: 8 }))
    await send(ctSeries({ ...place, studyInstanceUid: uid('ct'), slices: 11, spacing: 8 }))
    await send(chestViews(uid('chest')))
    browser = await startDeskBrowser()
    desk = await openDeskOf(browser, station.url, 'admin')
    await desk.setViewportSize({ width: 1600, height: 900 })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await station?.stop()
  })

  const uid = (key: string) => exams[key]?.studyInstanceUid ?? ''

  async function register(key: string, modality: 'CT' | 'DR' | 'US', itemName: string): Promise<void> {
    exams[key] = await api.call(routes.examRegister, {
      body: { patient, exam: { modality, bodyPart: '胸部', itemCode: 'X1', itemName } },
    })
  }

  const send = (objects: readonly RawObject[]) => sendFromScanner(station, objects)
  const openExam = (key: string) => openInViewer(desk, station, exams[key]?.id)
  const { fact, number, item, press, words, picture } = viewerOn(() => desk)
  const pane = (at: number) => desk.locator(`.viewer-pane[data-pane="${at}"]`)
  const paneFact = (at: number, name: string) => pane(at).getAttribute(`data-${name}`)
  const button = (name: string | RegExp) => desk.locator('.viewer').getByRole('button', { name, exact: true })

  /** Where a pixel of the image lies on the page: found by asking the viewer itself which pixel is under the pointer. */
  async function pixelPlace(at = 0) {
    const box = await pane(at).locator('.viewer-stage').boundingBox()
    if (!box) throw new Error('no stage')
    const zoom = Number(await paneFact(at, 'zoom'))
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    await desk.mouse.move(middle.x, middle.y)
    await expect.poll(() => paneFact(at, 'pixel'), soon).toMatch(/\d/)
    return (width: number, height: number) => (x: number, y: number) => ({
      x: middle.x + (x - width / 2) * zoom,
      y: middle.y + (y - height / 2) * zoom,
    })
  }

  async function drag(
    from: { x: number; y: number },
    to: { x: number; y: number },
    button: 'left' | 'middle' | 'right' = 'left',
  ) {
    await desk.mouse.move(from.x, from.y)
    await desk.mouse.down({ button })
    await desk.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2)
    await desk.mouse.move(to.x, to.y)
    await desk.mouse.up({ button })
  }

  test('left windows, right zooms, middle pans, the wheel scrolls, Ctrl and the wheel zoom', async () => {
    await openExam('ct')
    const place = (await pixelPlace())(100, 80)
    const [width, center] = [await number('window-width'), await number('window-center')]
    expect([width, center]).toEqual([300, 50])
    await drag(place(50, 40), { x: place(50, 40).x + 80, y: place(50, 40).y + 40 })
    await expect.poll(() => number('window-width'), soon).toBeGreaterThan(width)
    await expect.poll(() => number('window-center'), soon).toBeGreaterThan(center)
    const zoom = await number('zoom')
    await drag(place(50, 60), { x: place(50, 60).x, y: place(50, 60).y - 60 }, 'right')
    await expect.poll(() => number('zoom'), soon).toBeGreaterThan(zoom)
    await press('Space')
    await expect.poll(() => number('zoom'), soon).toBe(zoom)
    expect(await number('window-width')).toBe(300)
    await desk.mouse.move(place(30.5, 30.5).x, place(30.5, 30.5).y)
    await expect.poll(() => fact('pixel'), soon).toBe('30,30')
    expect(await fact('pixel-value')).toBe('110')
    await drag(place(30.5, 30.5), { x: place(30.5, 30.5).x + 40 * zoom, y: place(30.5, 30.5).y }, 'middle')
    await desk.mouse.move(place(70.5, 30.5).x, place(70.5, 30.5).y)
    await expect.poll(() => fact('pixel'), soon).toBe('30,30')
    await desk.mouse.wheel(0, 120)
    await expect.poll(() => fact('image-index'), soon).toBe('1')
    await expect.poll(() => fact('pixel-value'), soon).toBe('120')
    await desk.keyboard.down('Control')
    await desk.mouse.wheel(0, -120)
    await desk.keyboard.up('Control')
    await expect.poll(() => number('zoom'), soon).toBeGreaterThan(zoom)
    await expect.poll(() => fact('pixel'), soon).toBe('30,30')
  })

  test('the keys of OHIF do what they say, and not while somebody writes', async () => {
    await openExam('ct')
    const zoom = await number('zoom')
    await press('+')
    await expect.poll(() => number('zoom'), soon).toBeCloseTo(zoom * 1.2, 5)
    await press('-', '=')
    await expect.poll(() => number('zoom'), soon).toBeCloseTo(zoom, 5)
    await press('r', 'r', 'l')
    await expect.poll(() => fact('rotation'), soon).toBe('90')
    await press('h', 'v', 'i')
    await expect.poll(() => fact('inverted'), soon).toBe('true')
    expect([await fact('rotation'), await fact('hflip'), await fact('vflip')]).toEqual(['90', 'true', 'true'])
    await press('Space')
    await expect.poll(() => fact('inverted'), soon).toBe('false')
    await press('End')
    await expect.poll(() => fact('image-index'), soon).toBe('10')
    await press('ArrowUp')
    await expect.poll(() => fact('image-index'), soon).toBe('9')
    await press('Home', 'ArrowDown')
    await expect.poll(() => fact('image-index'), soon).toBe('1')
    await press('2')
    await expect
      .poll(async () => [await number('window-width'), await number('window-center')], soon)
      .toEqual([1500, -600])
    await press('4')
    await expect
      .poll(async () => [await number('window-width'), await number('window-center')], soon)
      .toEqual([2500, 480])
    const box = desk.getByLabel('影像所见')
    await box.click()
    await desk.keyboard.type('i2r')
    expect(await number('window-width')).toBe(2500)
    expect(await fact('inverted')).toBe('false')
    await box.fill('')
    await desk.locator('.viewer').focus()
    await button('窗').click()
    await picture('presets')
    await item(/^脑窗/).click()
    await expect.poll(async () => [await number('window-width'), await number('window-center')], soon).toEqual([80, 40])
  })

  test('keys are shown by ?, changed, and a key that is taken is said', async () => {
    await openExam('ct')
    await press('?')
    const dialog = desk.locator('.ant-modal:visible')
    await dialog.getByText('上一个视口').waitFor()
    await picture('shortcuts')
    await dialog.getByRole('button', { name: '修改“反相”的快捷键' }).click()
    await press('r')
    await dialog.getByText('R 已用于“右转 90°”').waitFor()
    await dialog.getByRole('button', { name: '不改' }).click()
    await dialog.getByRole('button', { name: '修改“反相”的快捷键' }).click()
    await press('n')
    await dialog.getByRole('button', { name: '关闭' }).last().click()
    await desk.locator('.viewer').focus()
    await press('n')
    await expect.poll(() => fact('inverted'), soon).toBe('true')
    await press('i')
    expect(await fact('inverted')).toBe('true')
    await press('?')
    await dialog.getByRole('button', { name: '恢复默认' }).click()
    await dialog.getByRole('button', { name: '关闭' }).last().click()
  })

  test('lengths, angles and regions measure what they should, and are moved, undone and kept', async () => {
    await openExam('ct')
    const place = (await pixelPlace())(100, 80)
    const choose = async (name: string) => {
      await desk.locator('.viewer-toolbar [data-tool]').click()
      await item(name).click()
    }
    await choose('长度')
    await drag(place(10, 70), place(50, 70))
    await expect.poll(words, soon).toEqual([expect.stringMatching(/^(19\.9|20\.\d) mm$/)])
    await choose('矩形测量')
    await drag(place(22, 22), place(38, 38))
    await expect
      .poll(async () => (await words()).join(' '))
      .toMatch(/均值 110\.0 HU {2}标准差 0\.0 最小 110 {2}最大 110/)
    await choose('角度')
    await drag(place(60, 20), place(60, 60))
    await desk.mouse.click(place(90, 60).x, place(90, 60).y)
    await expect.poll(async () => (await words()).join(' '), soon).toMatch(/(89|90)\.\d°/)
    await choose('心胸比')
    await drag(place(70, 30), place(80, 30))
    await drag(place(62, 10), place(82, 10))
    await expect.poll(async () => (await words()).join(' '), soon).toMatch(/心胸比 0\.(49|50|51)/)
    expect(await fact('marks')).toBe('4')
    await picture('measures')
    await press('Delete')
    await expect.poll(() => fact('marks'), soon).toBe('3')
    await press('Control+z')
    await expect.poll(() => fact('marks'), soon).toBe('4')
    await press('Control+y')
    await expect.poll(() => fact('marks'), soon).toBe('3')
    await press('Escape', 'Escape')
    await drag(place(50, 70), place(90, 70))
    await expect.poll(async () => (await words())[0], soon).toMatch(/^(39\.9|40\.\d) mm$/)
    await openExam('ct')
    await expect.poll(() => fact('marks'), soon).toBe('3')
    await press('ArrowDown')
    await expect.poll(() => fact('marks'), soon).toBe('0')
  })

  test('a length on a detector says so, and a known length makes it true', async () => {
    await openExam('chest')
    const place = (await pixelPlace())(200, 300)
    await press('d')
    await drag(place(50, 100), place(150, 100))
    await expect.poll(async () => (await words()).join(' '), soon).toMatch(/^(19\.9|20\.\d) mm 探测器平面，比实际大$/)
    expect(await desk.locator('[data-edge=right]').textContent()).toBe('L')
    await desk.locator('.viewer-toolbar [data-tool]').click()
    await item('校准长度').click()
    await drag(place(50, 200), place(150, 200))
    await desk.getByLabel('这条线实际多长（毫米）').fill('50')
    await picture('calibrate')
    await press('Enter')
    await expect
      .poll(async () => (await words()).filter((line) => line.endsWith('mm')))
      .toEqual([expect.stringMatching(/^(49|50)\.\d mm$/), '50.0 mm'])
  })

  test('layouts are filled, remembered for the kind of device, maximised and left by a double click', async () => {
    await openExam('chest')
    await button(/^布局/).click()
    await item('1×2').click()
    await expect.poll(() => desk.locator('.viewer-pane[data-image-state=shown]').count(), soon).toBe(2)
    expect([await paneFact(0, 'image-index'), await paneFact(1, 'image-index')]).toEqual(['0', '1'])
    await picture('two-views')
    await press('ArrowRight')
    await expect.poll(() => paneFact(1, 'active'), soon).toBe('true')
    await pane(1).locator('.viewer-stage').dblclick()
    await expect.poll(() => pane(0).isVisible(), soon).toBe(false)
    await pane(1).locator('.viewer-stage').dblclick()
    await expect.poll(() => pane(0).isVisible(), soon).toBe(true)
    await openExam('chest')
    await expect.poll(() => desk.locator('.viewer-pane[data-image-state=shown]').count(), soon).toBe(2)
    await button(/^布局/).click()
    await item('3×3').click()
    await expect.poll(() => desk.locator('.viewer-pane').count(), soon).toBe(9)
    const thumbnail = desk.locator('.series-choice').first()
    await thumbnail.dragTo(pane(4))
    await expect.poll(() => paneFact(4, 'image-state'), soon).toBe('shown')
    await picture('nine')
    await button(/^布局/).click()
    await item('1×1').click()
    await expect.poll(() => desk.locator('.viewer-pane').count(), soon).toBe(1)
  })

  test('a single viewport takes the whole page by a double click or a key, and gives it back as it was', async () => {
    await openExam('chest')
    const wide = async () => (await pane(0).boundingBox())?.width ?? 0
    const before = await wide()
    await desk.locator('#findings').evaluate((field: HTMLElement) => field.setAttribute('data-same', 'yes'))
    const middle = await pane(0).locator('.viewer-stage').boundingBox()
    if (!middle) throw new Error('no stage')
    await desk.mouse.dblclick(middle.x + middle.width / 2, middle.y + middle.height / 2)
    await expect.poll(wide, soon).toBeGreaterThan(before * 1.5)
    expect(await desk.locator('#findings').isVisible()).toBe(false)
    await picture('whole-page')
    await desk.locator('.viewer').focus()
    await press('f')
    await expect.poll(wide, soon).toBe(before)
    expect(await desk.locator('#findings').isVisible()).toBe(true)
    expect(await desk.locator('#findings').getAttribute('data-same')).toBe('yes')
  })

  test('thumbnails stay whole where there are so many that they are scrolled', async () => {
    await openExam('chest')
    await desk.setViewportSize({ width: 1600, height: 190 })
    const hidden = () =>
      desk.locator('.series-strip').evaluate((strip) => {
        const ends = [...strip.querySelectorAll('.series-choice')].map((one) => one.getBoundingClientRect().right)
        const isScrolled = strip.scrollHeight > strip.clientHeight
        return [isScrolled, Math.max(...ends) > strip.getBoundingClientRect().left + strip.clientWidth]
      })
    await expect.poll(hidden, soon).toEqual([true, false])
    await desk.setViewportSize({ width: 1600, height: 900 })
  })

  test('an earlier exam comes beside the new one and scrolls with it, by the place of the slice', async () => {
    await openExam('ct')
    await button(/^以往对比/).click()
    await item(/胸部CT/)
      .first()
      .click()
    await expect.poll(() => paneFact(1, 'image-state'), soon).toBe('shown')
    expect([await paneFact(0, 'image-count'), await paneFact(1, 'image-count')]).toEqual(['11', '5'])
    await desk.locator('.viewer').focus()
    // Slice 5 lies at 40 mm, where the earlier exam has its slice 2.
    for (let step = 0; step < 5; step++) await press('ArrowDown')
    await expect.poll(() => paneFact(0, 'image-index'), soon).toBe('5')
    await expect.poll(() => paneFact(1, 'image-index'), soon).toBe('2')
    await picture('prior')
    await press('End')
    await expect.poll(() => paneFact(1, 'image-index'), soon).toBe('4')
    await button(/^布局/).click()
    await item('同步窗口和缩放').click()
    await desk.locator('.viewer').focus()
    await press('2')
    await expect.poll(() => paneFact(1, 'window-width'), soon).toBe('1500')
    await button('关闭对比').click()
    await expect.poll(() => desk.locator('.viewer-pane').count(), soon).toBe(1)
  })

  test('two exams that were brought to the same level by hand go on side by side', async () => {
    await openExam('ct')
    await button(/^以往对比/).click()
    await item(/另一次扫描/).click()
    await expect.poll(() => paneFact(1, 'image-state'), soon).toBe('shown')
    const toggle = async () => {
      await button(/^布局/).click()
      await item('同步翻图').click()
      await desk.locator('.viewer').focus()
    }
    await toggle()
    await press('ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown')
    await expect.poll(() => paneFact(1, 'image-index'), soon).toBe('4')
    expect(await paneFact(0, 'image-index')).toBe('0')
    await toggle()
    await press('ArrowLeft', 'ArrowDown', 'ArrowDown')
    await expect.poll(() => paneFact(0, 'image-index'), soon).toBe('2')
    await expect.poll(() => paneFact(1, 'image-index'), soon).toBe('6')
    // Past the end of the other one and back again: nothing drifted.
    await press('End')
    await expect.poll(() => paneFact(1, 'image-index'), soon).toBe('8')
    await press('Home')
    await expect.poll(() => paneFact(1, 'image-index'), soon).toBe('4')
    await button('关闭对比').click()
    await expect.poll(() => desk.locator('.viewer-pane').count(), soon).toBe(1)
  })

  test('a key image goes to the report with its measures, has a caption and a star', async () => {
    await openExam('ct')
    await press('k')
    await button('关键图像 1/8').waitFor()
    const [key] = await api.call(routes.keyImageList, { params: { id: exams.ct?.id ?? '' } })
    expect(key).toMatchObject({ frame: 1, windowWidth: 300, windowCenter: 50 })
    const jpeg = Buffer.from(key?.picture ?? '', 'base64')
    expect([jpeg[0], jpeg[1]]).toEqual([0xff, 0xd8])
    expect(key?.picture?.length).toBeLessThanOrEqual(450_000)
    await desk.locator('.series-choice .key-star').waitFor()
    await button('关键图像 1/8').click()
    await desk.getByLabel('第 1 幅的说明').fill('右肺上叶结节')
    await picture('key-images')
    await press('Enter')
    await expect
      .poll(async () => (await api.call(routes.keyImageList, { params: { id: exams.ct?.id ?? '' } }))[0]?.caption, soon)
      .toBe('右肺上叶结节')
    await desk.getByRole('button', { name: '移除第 1 幅' }).click()
    await button('关键图像 0/8').waitFor()
  })

  test('tags are searched, and images are saved as files', async () => {
    await openExam('ct')
    await button('更多').click()
    await item('DICOM 标签').click()
    const drawer = desk.locator('.ant-drawer:visible')
    await drawer.getByText('SOPInstanceUID').first().waitFor()
    await drawer.getByRole('searchbox').fill('institution')
    await drawer.getByText('EAST CLINIC').waitFor()
    await picture('tags')
    await press('Escape')
    const saved = async (name: string) => {
      const coming = desk.waitForEvent('download')
      await button('更多').click()
      await item(name).click()
      return readFileSync(await (await coming).path())
    }
    expect((await saved('当前画面（JPG）')).subarray(0, 2).toString('hex')).toBe('ffd8')
    expect((await saved('当前图像（DICOM）')).subarray(128, 132).toString()).toBe('DICM')
    for (const name of ['全部影像（DICOM，ZIP）', '全部影像（JPG，ZIP）', '全部影像，去标识（ZIP）'])
      expect((await saved(name)).subarray(0, 2).toString()).toBe('PK')
  })

  test('a film of 200 MB plays without being loaded whole, and every frame is the right one', async () => {
    const [frames, rows, columns] = [400, 512, 1024]
    await send([greyFilm({ studyInstanceUid: uid('film'), frames, rows, columns })])
    await openExam('film')
    expect(await fact('image-count')).toBe(String(frames))
    const protocol = await desk.context().newCDPSession(desk)
    /** What the page holds on to: what nobody needs any more is thrown away first. */
    const memory = async () => {
      await protocol.send('HeapProfiler.collectGarbage')
      const { usedSize, backingStorageSize = 0 } = (await protocol.send('Runtime.getHeapUsage')) as {
        usedSize: number
        backingStorageSize?: number
      }
      return (usedSize + backingStorageSize) / 1e6
    }
    const before = await memory()
    await pixelPlace()
    const seen: { frame: number; value: number }[] = []
    const look = async () => {
      const shown = await desk.locator('.viewer').evaluate((viewer: HTMLElement) => ({
        frame: Number(viewer.dataset.frame),
        value: Number(viewer.dataset.pixelValue),
      }))
      if (shown.frame !== seen.at(-1)?.frame) seen.push(shown)
    }
    await press('c')
    await expect.poll(() => fact('playing'), soon).toBe('true')
    let [highest, turns] = [0, 0]
    while (turns < 1 || seen.length < 200) {
      const last = seen.at(-1)?.frame ?? 0
      await look()
      if ((seen.at(-1)?.frame ?? 0) < last) turns++
      if (seen.length % 20 === 0) highest = Math.max(highest, await memory())
    }
    highest = Math.max(highest, await memory())
    await picture('film')
    const counts = await desk.locator('.cine-bar').evaluate((bar: HTMLElement) => ({ ...bar.dataset }))
    await press('c')
    await expect.poll(() => fact('playing'), soon).toBe('false')
    for (const { frame, value } of seen) expect(value).toBe(filmValue(frame))
    for (const key of ['End', 'Home', 'ArrowDown'] as const) {
      await press(key)
      const wanted = { End: frames - 1, Home: 0, ArrowDown: 1 }[key]
      await expect.poll(() => number('frame'), soon).toBe(wanted)
      await expect.poll(() => number('pixel-value'), soon).toBe(filmValue(wanted))
    }
    process.stdout.write(
      `film: ${seen.length} frames looked at, shown ${counts.cineShown}, left out ${counts.cineDropped}; memory ${before.toFixed(0)} → at most ${highest.toFixed(0)} MB\n`,
    )
    // 160 MB of pictures and what is on its way; the film alone has 210.
    expect(highest - before).toBeLessThan(200)
  })

  test('nothing serious is found by axe-core in the viewer, its dialog of keys and its tags', async () => {
    await openExam('ct')
    await press('c')
    await desk.locator('.cine-bar').waitFor()
    await press('c', '?')
    await desk.locator('.ant-modal:visible .shortcut-list').waitFor()
    const { violations } = await new AxeBuilder({ page: desk }).include('.viewer').include('.ant-modal').analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual(
      [],
    )
  })

  test('no page complained', () => {
    expect(browser.complaints).toEqual([])
  })
})
