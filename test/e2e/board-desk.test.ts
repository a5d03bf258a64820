import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type DemoClouds, startDemoClouds } from '../../electron/training/demo-clouds.ts'
import { chinaDay } from '../../shared/text/china-time.ts'
import { describeWith } from '../peers.ts'
import { adminPassword, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { type DeskBrowser, startDeskBrowser } from './desk-station.ts'

vi.setConfig({ testTimeout: 150_000 })

const people = 130

/** A busy computer needs longer for a click than for everything behind it. */
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 30_000 })

describeWith(['chromium', 'cjk-font'], 'the board, the end of the day and the statistics', () => {
  let station: StationForTests
  let browser: DeskBrowser
  let clouds: DemoClouds
  let desk: Page

  beforeAll(async () => {
    clouds = await startDemoClouds()
    station = await startStation()
    const [aimis] = clouds.destinations
    if (aimis?.kind !== 'aimis') throw new Error('the first cloud is AIMIS')
    await station.api.destinationCreate({ body: { ...aimis, contact: { name: '周工', phone: '13900001111' } } })
    // What the cloud answers to an exam that must be changed: the lamp is red until a person acts.
    clouds.aimis.faults.add({ call: '*', times: 1, fault: { kind: 'answer-code', code: 20024 } })
    await register('张三')
    await vi.waitFor(
      async () => expect((await station.api.deliveryList({ query: { state: 'blocked' } })).length).toBe(1),
      { timeout: 60_000, interval: 200 },
    )
    const nearlyFour = Math.round(3 * 365.25 + 11.5 * 30.44) * 86_400_000
    await register('陈幼儿', {}, chinaDay(Date.now() - nearlyFour))
    for (let number = 1; number < people; number += 1) await register(`测试${number}`)
    await register('欧阳丽华', { category: 'emergency', infectious: true })
    browser = await startDeskBrowser()
    desk = await browser.open()
    await desk.goto(station.url)
    await desk.getByLabel('用户名').fill('admin')
    await desk.getByLabel('密码').fill(adminPassword)
    await desk.getByRole('button', { name: '登录', exact: true }).click()
    await desk.getByRole('heading', { name: '今日检查' }).waitFor()
  }, 150_000)

  afterAll(async () => {
    await browser?.close()
    await station?.stop()
    await clouds?.stop()
  })

  const register = (name: string, more: object = {}, birthDate = '1980-01-01') =>
    station.api.examRegister({
      body: {
        patient: { name, sex: 'F', birthDate, phone: '13800001234' },
        exam: { modality: 'DR', itemCode: 'DR001', itemName: '胸部正位', ...more },
      },
    })
  const search = () => desk.getByLabel('搜索检查')
  const rows = () => desk.locator('.board-table .ant-table-row')
  const board = () => desk.locator('.board-page')
  const focusedRow = () => desk.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.rowIndex)
  const open = (hash: string) => desk.goto(`${station.url}#${hash}`)
  async function seriousOf(page: Page): Promise<string[]> {
    // Under the mouse things have other colours for a moment.
    await page.mouse.move(700, 895)
    const { violations } = await new AxeBuilder({ page }).exclude('.desk-side').analyze()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  }

  test('one character finds, and the address keeps what was looked for', async () => {
    await eventually(() => board().getAttribute('data-shown-total')).toBe(String(people + 2))
    await desk.getByRole('heading', { name: '今日检查' }).click()
    await desk.keyboard.press('/')
    await desk.keyboard.type('欧')
    await eventually(() => rows().count()).toBe(1)
    const row = desk.getByRole('row', { name: /欧阳丽华/ })
    await row.getByText('急', { exact: true }).waitFor()
    await row.getByText('传', { exact: true }).waitFor()
    await eventually(() => decodeURIComponent(desk.url())).toContain('text=欧')
  })

  test('Enter opens the only exam, and Back shows the same search', async () => {
    await desk.keyboard.press('Enter')
    await eventually(() => desk.url()).toContain('#/exams/')
    await desk.goBack()
    await desk.getByRole('row', { name: /欧阳丽华/ }).waitFor()
    expect(await search().inputValue()).toBe('欧')
    await search().fill('')
    await eventually(() => board().getAttribute('data-shown-total')).toBe(String(people + 2))
  })

  test('what was typed is still there for Back when the board is left at once', async () => {
    await search().focus()
    await desk.keyboard.type('测试12')
    await desk.getByRole('navigation', { name: '主菜单' }).getByText('收工').click()
    await eventually(() => desk.url()).toContain('#/day')
    await desk.goBack()
    await desk.getByRole('row', { name: /测试129/ }).waitFor()
    await eventually(() => search().inputValue()).toBe('测试12')
    await eventually(() => decodeURIComponent(desk.url())).toContain('text=测试12')
    await search().fill('')
    await eventually(() => board().getAttribute('data-shown-total')).toBe(String(people + 2))
  })

  test('letters that a scanner wrote just before the board was left are there for Back as well', async () => {
    await search().fill('测')
    await eventually(() => decodeURIComponent(desk.url())).toMatch(/text=测$/)
    await search().evaluate((element) => {
      const box = element as HTMLInputElement
      const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!
      for (const text of ['测试', '测试1', '测试12']) {
        write.call(box, text)
        box.dispatchEvent(new Event('input', { bubbles: true }))
      }
      box.blur()
      window.location.hash = '#/day'
    })
    await desk.getByRole('heading', { name: '收工' }).waitFor()
    await desk.goBack()
    await desk.getByRole('row', { name: /测试129/ }).waitFor()
    await eventually(() => search().inputValue()).toBe('测试12')
    await eventually(() => decodeURIComponent(desk.url())).toMatch(/text=测试12$/)
    await search().fill('')
    await eventually(() => board().getAttribute('data-shown-total')).toBe(String(people + 2))
  })

  test('head and rows move aside together, and the last columns stay', async () => {
    await desk.setViewportSize({ width: 940, height: 700 })
    const left = (name: string) =>
      desk.evaluate((word) => {
        const find = (role: string) => [...document.querySelectorAll(`.board-table [role=${role}]`)]
        const place = find('columnheader').findIndex((head) => head.textContent === word)
        return [find('columnheader'), find('gridcell')].map((all) =>
          Math.round(all[place]!.getBoundingClientRect().left),
        )
      }, name)
    // What the window has no room for is gone first.
    await eventually(() => desk.getByRole('columnheader', { name: '项目 / 部位' }).count()).toBe(0)
    const [before] = await left('检查号')
    const [actions] = await left('操作')
    await desk.locator('.board-body').evaluate((body) => body.scrollTo({ left: 60 }))
    await eventually(() => left('检查号')).toEqual([before! - 60, before! - 60])
    expect(await left('操作')).toEqual([actions, actions])
    await desk.locator('.board-body').evaluate((body) => body.scrollTo({ left: 0 }))
    await desk.setViewportSize({ width: 1440, height: 900 })
  })

  test('the head of the page says which days are shown', async () => {
    await desk.getByText('昨天', { exact: true }).click()
    await desk.getByRole('heading', { name: '昨天的检查' }).waitFor()
    await open('/board?days=20261101-20261105')
    await desk.getByRole('heading', { name: '2026-11-01 至 2026-11-05 的检查' }).waitFor()
    await open('/board')
    await desk.getByRole('heading', { name: '今日检查' }).waitFor()
  })

  test('what opens above the board has the keys, and Escape gives them back to where they were', async () => {
    const hasKeys = (name: string) =>
      eventually(() => desk.evaluate(() => document.activeElement?.textContent?.trim())).toBe(name)
    await search().focus()
    await desk.keyboard.press('/')
    await desk.keyboard.press('/')
    expect(await search().inputValue()).toBe('')
    await desk.getByRole('button', { name: '列', exact: true }).focus()
    await desk.keyboard.press('Enter')
    await eventually(() => desk.locator('.column-list').evaluate((list) => list.contains(document.activeElement))).toBe(
      true,
    )
    await desk.keyboard.press('Escape')
    await hasKeys('列')
    await search().focus()
    await desk.keyboard.press('ArrowDown')
    await desk.keyboard.press('ArrowDown')
    await eventually(focusedRow).toBe('1')
    await desk.keyboard.press('Shift+F10')
    await desk.getByRole('menuitem', { name: '打开检查' }).waitFor()
    await desk.keyboard.press('Escape')
    await eventually(focusedRow).toBe('1')
  })

  test('a state is chosen by its count, and Back takes the choice back', async () => {
    await desk.getByRole('button', { name: /^已登记/ }).click()
    await eventually(() => desk.url()).toContain('state=registered')
    await desk.goBack()
    await eventually(() => desk.url()).not.toContain('state=')
  })

  test('the keys go through the whole list, and the row keeps the focus when another exam comes', async () => {
    await search().focus()
    await desk.keyboard.press('ArrowDown')
    await eventually(focusedRow).toBe('0')
    await desk.keyboard.press('End')
    await eventually(focusedRow).toBe(String(people + 1))
    await eventually(() => desk.evaluate(() => document.activeElement?.textContent ?? '')).toContain('张三')
    await desk.keyboard.press('Home')
    await eventually(focusedRow).toBe('0')
    await desk.keyboard.press('ArrowDown')
    await eventually(focusedRow).toBe('1')
    await register('后来者')
    await desk.getByRole('row', { name: /后来者/ }).waitFor()
    await eventually(focusedRow).toBe('2')
    expect(await desk.evaluate(() => document.activeElement?.textContent)).toContain(`测试${people - 1}`)
    await desk.keyboard.press('Enter')
    await eventually(() => desk.url()).toContain('#/exams/')
    await desk.goBack()
  })

  test('the rows in sight stay when another exam comes, and Back shows them again', async () => {
    await search().fill('')
    const body = desk.locator('.board-body')
    await body.evaluate((box) => box.scrollTo({ top: 1200 }))
    /** Who stands at the upper edge. */
    const upper = () =>
      body.evaluate((box) => {
        const edge = box.getBoundingClientRect().top
        const row = [...box.querySelectorAll('.ant-table-row')].find(
          (one) => one.getBoundingClientRect().bottom > edge + 1,
        )
        return row?.querySelector('.patient-link')?.textContent ?? ''
      })
    await eventually(upper).toMatch(/^测试/)
    const seen = await upper()
    await register('又来一位')
    await eventually(() => board().getAttribute('data-shown-total')).toBe(String(people + 4))
    await eventually(upper).toBe(seen)
    await desk.getByRole('link', { name: seen, exact: true }).click()
    await eventually(() => desk.url()).toContain('#/exams/')
    await desk.goBack()
    await eventually(upper).toBe(seen)
    await body.evaluate((box) => box.scrollTo({ top: 0 }))
  })

  test('a red lamp tells the cause, what to do, whom to call and the code, and what it offers ends it', async () => {
    await search().fill('张三')
    const red = desk.getByRole('row', { name: /张三/ }).locator('[data-lamp="aimis:blocked"]')
    await red.waitFor({ timeout: 60_000 })
    await red.focus()
    await desk.keyboard.press('Enter')
    const help = desk.locator('.lamp-help')
    for (const word of ['原因', '怎么办', '找谁', '错误号']) await help.getByText(word, { exact: true }).waitFor()
    await help.getByText('AIMIS-20024', { exact: true }).waitFor()
    expect(await help.locator('[data-contact]').innerText()).toMatch(/周工.*13900001111/s)
    expect(desk.url()).not.toContain('#/exams/')
    expect(await seriousOf(desk)).toEqual([])
    await help.getByRole('button', { name: '重试', exact: true }).click()
    await eventually(() => red.count()).toBe(0)
    await search().fill('')
  })

  test('on a laptop whose exam it is with all its marks, every lamp, the provincial hour and the time of registration are in sight, in both languages', async () => {
    const [, jilin] = clouds.destinations
    if (jilin?.kind !== 'jilin') throw new Error('the second cloud is the province')
    const { id } = await station.api.destinationCreate({ body: jilin })
    // The widest rows that there are: critical beside emergency and infectious, and an hour that is over.
    await desk.route('**/api/exams?*', async (route) => {
      const answer = await route.fetch()
      const list = await answer.json()
      const rows = list.rows.map((row: { patient: { name: string } }) =>
        row.patient.name === '欧阳丽华'
          ? { ...row, deadlineAt: Date.now() - 99 * 60_000, report: { critical: true, positive: 'positive' } }
          : row,
      )
      await route.fulfill({ response: answer, json: { ...list, rows } })
    })
    // What the test before looked for is out of the address, which follows the keys a moment later.
    await open('/board')
    await eventually(() => board().getAttribute('data-shown-total')).toBe(String(people + 4))
    expect(desk.url()).not.toContain('text=')
    await desk.setViewportSize({ width: 1366, height: 768 })
    /** What reaches behind the column after its own, or is cut by it, by the words of its head. */
    const hidden = () =>
      desk.getByRole('row', { name: /欧阳丽华/ }).evaluate((row) => {
        const heads = [...document.querySelectorAll('.board-table [role=columnheader]')].map((one) => one.textContent)
        const cells = [...row.children].map((one) => one.getBoundingClientRect())
        const fixed = [...row.children].findIndex((one) => one.classList.contains('board-fixed'))
        const lamps = [...row.querySelectorAll('.lamp')].map((one) => one.getBoundingClientRect().right)
        const whole = (place: number) => {
          const range = document.createRange()
          range.selectNodeContents(row.children[place]!)
          return range.getBoundingClientRect().right <= cells[place]!.right - 7
        }
        return {
          heads,
          marks: row.querySelectorAll('[data-mark]').length,
          lamps: lamps.length,
          lampsCut: lamps.filter((right) => right > cells[fixed]!.right - 8).length,
          behind: cells.flatMap(({ right }, place) =>
            place < fixed && right > cells[fixed]!.left + 1 ? [heads[place]] : [],
          ),
          cut: heads.flatMap((head, place) => (place < fixed && !whole(place) ? [head] : [])),
        }
      })
    const looks = async (language: string, lamps: number) => {
      await desk.evaluate((chosen) => localStorage.setItem('station-language', chosen), language)
      await desk.reload()
      const inSight =
        language === 'zh' ? ['姓名', '检查号', '时限', '登记时间'] : ['Name', 'Accession no.', 'Deadline', 'Reg. at']
      await eventually(() => hidden().then(({ lamps }) => lamps)).toBe(lamps)
      await eventually(async () => (await hidden()).lampsCut).toBe(0)
      const { heads, marks, behind, cut } = await hidden()
      expect(heads).toEqual(expect.arrayContaining(inSight))
      expect({ marks, behind, cut }).toEqual({ marks: 3, behind: [], cut: [] })
    }
    for (const language of ['zh', 'en']) await looks(language, 5)
    // One more destination: its lamp is the last, and not behind the buttons either.
    const body = {
      kind: 'pacs' as const,
      name: '院内 PACS',
      settings: { dicom: { aeTitle: 'PACS', host: '127.0.0.1', port: 4 } },
    }
    const pacs = await station.api.destinationCreate({ body })
    for (const language of ['en', 'zh']) await looks(language, 6)
    // What found no room is named where the columns are chosen.
    await desk.getByRole('button', { name: '列', exact: true }).click()
    await desk.locator('.column-choice', { hasText: '审核医生' }).getByText('窗口放不下').waitFor()
    await desk.keyboard.press('Escape')
    for (const one of [id, pacs.id]) await station.api.destinationRemove({ params: { id: one } })
    await desk.unroute('**/api/exams?*')
    await desk.setViewportSize({ width: 1440, height: 900 })
    await desk.reload()
    await eventually(() => board().getAttribute('data-shown-total')).toBe(String(people + 4))
  })

  test('the age of a small child is told whole, in both languages', async () => {
    await search().fill('陈幼儿')
    const cell = desk.getByRole('row', { name: /陈幼儿/ }).getByRole('gridcell', { name: /^3(岁11月|y 11mo)$/ })
    const isWhole = () => cell.evaluate((one) => one.scrollWidth <= one.clientWidth)
    const choose = async (language: string) => {
      await desk.evaluate((chosen) => localStorage.setItem('station-language', chosen), language)
      await desk.reload()
      await cell.waitFor()
    }
    await cell.waitFor()
    await eventually(() => decodeURIComponent(desk.url())).toContain('text=陈幼儿')
    expect(await isWhole()).toBe(true)
    await choose('en')
    expect(await isWhole()).toBe(true)
    await choose('zh-CN')
    await search().fill('')
  })

  test('a column that is taken away stays away for this person', async () => {
    const head = () => desk.getByRole('columnheader', { name: '年龄' })
    await head().waitFor()
    await desk.getByRole('button', { name: '列', exact: true }).click()
    await desk.locator('.column-list').getByRole('checkbox', { name: '年龄' }).uncheck()
    await eventually(() => head().count()).toBe(0)
    await desk.reload()
    await desk.getByRole('columnheader', { name: '姓名' }).waitFor()
    expect(await head().count()).toBe(0)
    await desk.getByRole('button', { name: '列', exact: true }).click()
    await desk.getByRole('button', { name: '恢复默认' }).click()
    await head().waitFor()
    await desk.keyboard.press('Escape')
  })

  test('the menu of a row prints its card', async () => {
    await desk.getByRole('row', { name: /欧阳丽华/ }).click({ button: 'right' })
    await desk.getByRole('menuitem', { name: '检查卡' }).click()
    await desk.locator('[data-pdf-state=loaded]').waitFor()
    await desk.locator('.ant-modal').getByRole('button', { name: '关闭', exact: true }).first().click()
  })

  test('a filter is kept under a name and chosen again', async () => {
    await open('/board?flag=emergency&days=everything')
    await eventually(() => rows().count()).toBe(1)
    await desk.getByRole('button', { name: '常用筛选' }).click()
    await desk.getByLabel('给它起个名字').fill('急诊')
    await desk.getByRole('button', { name: '保存当前筛选' }).click()
    await desk.locator('.saved-filter').getByRole('button', { name: '急诊', exact: true }).waitFor()
    await desk.getByRole('button', { name: '常用筛选' }).click()
    await open('/board')
    await eventually(() => board().getAttribute('data-shown-total')).toBe(String(people + 4))
    await desk.getByRole('button', { name: '常用筛选' }).click()
    await desk.locator('.saved-filter').getByRole('button', { name: '急诊', exact: true }).click()
    await eventually(() => desk.url()).toContain('flag=emergency')
    await eventually(() => rows().count()).toBe(1)
  })

  test('the end of the day names what is left and leads there', async () => {
    await desk.getByRole('navigation', { name: '主菜单' }).getByText('收工').click()
    const list = desk.locator('[data-day-list=unexamined]')
    await eventually(() => list.getAttribute('data-total')).toBe(String(people + 4))
    await desk.locator('[data-day-list=unmatched]').getByText('已完成').waitFor()
    expect(await seriousOf(desk)).toEqual([])
    await desk.getByRole('button', { name: '日报表' }).click()
    await desk.locator('[data-pdf-state=loaded]').waitFor()
    await desk.locator('.ant-modal').getByRole('button', { name: '关闭', exact: true }).first().click()
    await list.getByRole('link').first().click()
    await eventually(() => desk.url()).toContain('tab=registration')
  })

  test('statistics stand in tables beside their charts, and go to Excel', async () => {
    await desk.getByRole('navigation', { name: '主菜单' }).getByText('统计').click()
    await eventually(() => desk.locator('[data-statistics-exams]').getAttribute('data-statistics-exams')).toBe(
      String(people + 4),
    )
    await desk.locator('[data-tally=item]').getByText('胸部正位').waitFor()
    await desk.locator('[data-tally=day] canvas').waitFor()
    expect(await seriousOf(desk)).toEqual([])
    const coming = desk.waitForEvent('download')
    await desk.getByRole('button', { name: '导出 Excel' }).click()
    expect((await coming).suggestedFilename()).toMatch(/^影站统计_.*\.xlsx$/)
    expect(browser.complaints).toEqual([])
  })
})
