import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { logInToStation } from '../../electron/training/station-client.ts'
import { routes } from '../../shared/api/routes.ts'
import { describeWith } from '../peers.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'
import { logInByHand, openDeskOf, soon, storyPassword } from './desk-story.ts'
import { openInViewer, viewerOn } from './viewer-story.ts'

// Somebody who learns the viewer with the images of training mode: what the page of keys says is what the keys do.

vi.setConfig({ testTimeout: 120_000 })

describeWith(['chromium', 'cjk-font'], 'the viewer in training mode', () => {
  let station: DeskStation
  let browser: DeskBrowser
  let desk: Page
  const exams = new Map<string, string>()

  beforeAll(async () => {
    station = await startDeskStation()
    await fetch(new URL(routes.setup.path, station.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', displayName: '王院长', password: storyPassword, mode: 'training' }),
    })
    const api = await logInToStation(() => station.url, 'admin', storyPassword)
    await api.call(routes.trainingCloudsTurn, { body: { on: true } })
    await api.call(routes.trainingPatients)
    const { rows } = await api.call(routes.examList, { query: { pageSize: 50 } })
    for (const { exam } of rows) if (!exams.has(exam.itemName)) exams.set(exam.itemName, exam.id)
    for (const name of ['胸部正位', '腹部彩超', '颅脑平扫'])
      await api.call(routes.trainingImages, { body: { examId: exams.get(name) ?? '' } })
    browser = await startDeskBrowser()
    desk = await openDeskOf(browser, station.url, 'admin')
    await desk.setViewportSize({ width: 1600, height: 900 })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await station?.stop()
  })

  const { fact, number, item, press, words, picture } = viewerOn(() => desk)
  const open = (itemName: string) => openInViewer(desk, station, exams.get(itemName))
  const window = async () => [await number('window-width'), await number('window-center')]
  const notice = (text: string | RegExp) => desk.locator('.ant-message').getByText(text).first()
  const tool = () => desk.locator('.viewer-toolbar [data-tool]').getAttribute('data-tool')
  const dialog = () => desk.locator('.ant-modal:visible')

  /** A place on the stage, in parts of its width and height. */
  async function places() {
    const box = await desk.locator('.viewer-pane[data-pane="0"] .viewer-stage').boundingBox()
    if (!box) throw new Error('no stage')
    return (x: number, y: number) => ({ x: box.x + x * box.width, y: box.y + y * box.height })
  }

  async function drag(from: { x: number; y: number }, to: { x: number; y: number }) {
    await desk.mouse.move(from.x, from.y)
    await desk.mouse.down()
    await desk.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2)
    await desk.mouse.move(to.x, to.y)
    await desk.mouse.up()
  }

  test('digits window a radiograph as the page of keys says, and a digit without a window says so', async () => {
    await open('胸部正位')
    const own = await window()
    const seen = new Set<string>()
    for (const digit of ['2', '3', '4', '5', '6', '7']) {
      const before = await window()
      await press(digit)
      await expect.poll(window, soon).not.toEqual(before)
      seen.add(String(await window()))
    }
    expect(seen.size).toBe(6)
    await press('1')
    await expect.poll(window, soon).toEqual(own)
    await press('8')
    await notice('这类图像只有 7 个窗，没有第 8 个').waitFor()
    expect(await window()).toEqual(own)
    await press('?')
    await dialog().getByText('窗 2：骨骼').waitFor()
    await dialog().getByText('窗 3：胸部').waitFor()
    await dialog().getByText('窗 8：此类图像没有').waitFor()
    await picture('training-keys')
    await dialog().getByRole('button', { name: '关闭' }).last().click()
  })

  test('every digit of an ultrasound and of a CT does what the menu shows beside it', async () => {
    for (const [name, count] of [
      ['腹部彩超', 6],
      ['颅脑平扫', 8],
    ] as const) {
      await open(name)
      await desk.getByRole('button', { name: '窗', exact: true }).click()
      const lines = desk.locator('.ant-dropdown:visible').getByRole('menuitem')
      await expect.poll(() => lines.count(), soon).toBe(count)
      const shown = (await lines.allTextContents()).map((line) => /(\d+)\/(-?[\d.]+?)(\d)$/.exec(line))
      await press('Escape')
      await desk.locator('.viewer').focus()
      for (const [at, found] of shown.entries()) {
        expect(found?.[3]).toBe(String(at + 1))
        await press(String(at + 1))
        await expect
          .poll(async () => (await window()).map(Math.round), soon)
          .toEqual([Math.round(Number(found?.[1])), Math.round(Number(found?.[2]))])
      }
    }
  })

  test('Esc drops a mark that is not finished and keeps the tool; else it deselects and windows again at once', async () => {
    await open('胸部正位')
    const place = await places()
    await press('a')
    await expect.poll(tool, soon).toBe('angle')
    await drag(place(0.4, 0.3), place(0.4, 0.5))
    await expect.poll(() => desk.locator('[data-mark=drawing]').count(), soon).toBe(1)
    await desk.locator('.viewer').focus()
    await press('Escape')
    await expect.poll(() => desk.locator('[data-mark=drawing]').count(), soon).toBe(0)
    expect([await tool(), await fact('marks')]).toEqual(['angle', '0'])
    await press('d')
    await drag(place(0.4, 0.3), place(0.6, 0.3))
    await expect.poll(() => desk.locator('.mark-chosen').count(), soon).toBe(1)
    await desk.locator('.viewer').focus()
    await press('Escape')
    await expect.poll(() => desk.locator('.mark-chosen').count(), soon).toBe(0)
    expect([await tool(), await fact('marks')]).toEqual(['window', '1'])
  })

  test('a key that has nothing to do says why', async () => {
    await open('胸部正位')
    await press('Delete')
    await notice('先点选要删除的标注').waitFor()
  })

  test('the cardiothoracic ratio of the training chest is that of a chest', async () => {
    await open('胸部正位')
    expect(await desk.locator('[data-corner=topRight]').textContent()).toMatch(/PA$/)
    expect(await desk.locator('[data-edge=right]').textContent()).toBe('L')
    const box = await desk.locator('.viewer-pane[data-pane="0"] .viewer-stage').boundingBox()
    if (!box) throw new Error('no stage')
    const zoom = await number('zoom')
    // 800 pixels are 1, from -0.5 to 0.5; the heart is widest from -0.12 to 0.25, the thorax from -0.38 to 0.38.
    const at = (x: number, y: number) => ({
      x: box.x + box.width / 2 + x * 800 * zoom,
      y: box.y + box.height / 2 + (y - 0.55) * 800 * zoom,
    })
    await press('x')
    await expect.poll(tool, soon).toBe('ctr')
    await drag(at(-0.12, 0.7), at(0.25, 0.7))
    await drag(at(-0.38, 0.75), at(0.38, 0.75))
    await expect.poll(async () => (await words()).join(' '), soon).toMatch(/心胸比 0\.4[89]/)
    await picture('training-chest')
  })

  test('what is drawn in one window is seen in another, and neither writes over the other', async () => {
    await open('颅脑平扫')
    const other = await desk.context().newPage()
    await other.goto(station.url)
    await logInByHand(other, 'admin')
    await openInViewer(other, station, exams.get('颅脑平扫'))
    const marksThere = () => other.locator('.viewer').getAttribute('data-marks')
    const place = await places()
    await desk.bringToFront()
    await press('d')
    await drag(place(0.4, 0.4), place(0.6, 0.4))
    await expect.poll(marksThere, soon).toBe('1')
    await other.bringToFront()
    await other.locator('.viewer').focus()
    await other.keyboard.press('d')
    const box = await other.locator('.viewer-pane[data-pane="0"] .viewer-stage').boundingBox()
    if (!box) throw new Error('no stage')
    await other.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.6)
    await other.mouse.down()
    await other.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.6)
    await other.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.6)
    await other.mouse.up()
    await expect.poll(marksThere, soon).toBe('2')
    await expect.poll(() => fact('marks'), soon).toBe('2')
    await other.keyboard.press('Control+z')
    await expect.poll(() => fact('marks'), soon).toBe('1')
    await other.close()
    await desk.bringToFront()
    await open('颅脑平扫')
    await expect.poll(() => fact('marks'), soon).toBe('1')
  })

  test('what stands in the corners stays whole within its viewport, however many there are', async () => {
    await open('胸部正位')
    const outside = () =>
      desk.locator('.viewer-pane').evaluateAll((panes) =>
        panes.flatMap((pane) => {
          const edge = pane.getBoundingClientRect()
          return [...pane.querySelectorAll('.overlay span')]
            .map((line) => ({ words: line.textContent, box: line.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 0 && (box.right > edge.right || box.left < edge.left))
            .map(({ words: said }) => said)
        }),
      )
    for (const layout of ['1×2', '3×3', '1×1']) {
      await desk.getByRole('button', { name: /^布局/ }).click()
      await item(layout).click()
      const [rows = 1, columns = 1] = layout.split('×').map(Number)
      await expect.poll(() => desk.locator('.viewer-pane').count(), soon).toBe(rows * columns)
      await expect
        .poll(() => desk.locator('.viewer-pane[data-image-state=shown]').count(), soon)
        .toBe(Math.min(3, rows * columns))
      await expect.poll(outside, soon).toEqual([])
    }
  })

  test('words beside a mark are changed by a double click, and a note without words is none', async () => {
    await open('腹部彩超')
    const place = await places()
    const note = place(0.45, 0.45)
    const box = () => desk.getByRole('textbox', { name: '标注文字' })
    const reword = async (to: string) => {
      await desk.mouse.dblclick(note.x, note.y)
      await box().waitFor()
      await expect.poll(() => box().evaluate((field) => field === document.activeElement), soon).toBe(true)
      await box().fill(to)
      await press('Enter')
      await expect.poll(() => desk.locator('.ant-modal:visible').count(), soon).toBe(0)
    }
    await press('t')
    await desk.mouse.click(note.x, note.y)
    await box().fill('囊肿')
    await press('Enter')
    await expect.poll(words, soon).toEqual(['囊肿'])
    await expect.poll(() => desk.locator('.ant-modal:visible').count(), soon).toBe(0)
    await desk.locator('.viewer').focus()
    await press('Escape')
    await desk.mouse.dblclick(note.x, note.y)
    await expect.poll(() => box().inputValue(), soon).toBe('囊肿')
    await press('Escape')
    await expect.poll(() => desk.locator('.ant-modal:visible').count(), soon).toBe(0)
    await reword('单纯性囊肿')
    await expect.poll(words, soon).toEqual(['单纯性囊肿'])
    await reword('')
    await expect.poll(() => fact('marks'), soon).toBe('0')
  })

  test('tools are chosen from the menu by their name, which shows their key', async () => {
    await open('胸部正位')
    await desk.locator('.viewer-toolbar [data-tool]').click()
    expect(await item('心胸比').textContent()).toBe('心胸比X')
    await item('Cobb 角').click()
    await expect.poll(tool, soon).toBe('cobb')
    const more = async () => {
      await desk.locator('.viewer').getByRole('button', { name: '更多', exact: true }).click()
      return item('四角文字')
    }
    expect(await (await more()).textContent()).toBe('✓四角文字')
    await item('四角文字').click()
    await expect.poll(() => desk.locator('.viewer .overlay').count(), soon).toBe(0)
    expect(await (await more()).textContent()).toBe('四角文字')
  })

  test('no page complained', () => {
    expect(browser.complaints).toEqual([])
  })
})
