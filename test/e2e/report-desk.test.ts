import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { logInToStation, type StationClient } from '../../electron/training/station-client.ts'
import { routes } from '../../shared/api/routes.ts'
import { describeWith } from '../peers.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'
import {
  button,
  dialog,
  dialogButton,
  keepPicture,
  openClinic,
  openDeskOf,
  storyPassword as password,
  soon,
} from './desk-story.ts'

// A morning of two doctors and an auditor: every word is typed, clicked or put in as they do it. One story, in its order.

vi.setConfig({ testTimeout: 120_000 })
const person = {
  name: '周明霞',
  sex: 'F' as const,
  birthDate: '1985-11-20',
  identity: { kind: 'resident' as const, number: '110105198511200020' },
}

describeWith(['chromium', 'cjk-font'], 'reports, as doctors write them', () => {
  let station: DeskStation
  let browser: DeskBrowser
  let admin: StationClient
  let li: Page
  const exams: Record<string, string> = {}
  const numbers: Record<string, string> = {}

  beforeAll(async () => {
    station = await startDeskStation()
    browser = await startDeskBrowser()
    admin = await openClinic(() => station.url, {
      people: [
        ['li', '李书写', 'doctor', 'D01'],
        ['sun', '孙同事', 'doctor', 'D02'],
        ['zhao', '赵审核', 'auditor', 'D03'],
      ],
      devices: [{ name: 'DR', aeTitle: 'DR1', modality: 'DX' }],
      settings: { dicom: { settleSeconds: 1 }, reporting: { autosaveSeconds: 1 } },
    })
    await imagedExam('prior', { bodyPart: '胸部', itemCode: 'DR001', itemName: '胸部正位' })
    await released('prior', '双肺纹理清晰，右上肺见小结节，约5mm。', '右上肺小结节。')
    await imagedExam('chest', { bodyPart: '胸部', itemCode: 'DR001', itemName: '胸部正位' })
    await imagedExam('knee', { bodyPart: '左膝关节', itemCode: 'DR030', itemName: '左膝关节正侧位' })
    li = await logIn('li')
  }, 90_000)

  afterAll(async () => {
    await browser?.close()
    await station?.stop()
  })

  async function imagedExam(
    key: string,
    exam: { readonly bodyPart: string; readonly itemCode: string; readonly itemName: string },
  ): Promise<void> {
    const { id, accessionNumber } = await admin.call(routes.examRegister, {
      body: { patient: person, exam: { modality: 'DR', ...exam, applyDoctor: { code: 'L1', name: '周临床' } } },
    })
    exams[key] = id
    numbers[key] = accessionNumber
    const device = createSimulatedModality({ aeTitle: 'DR1', station: station.dicom })
    const item = (await device.findWorklist()).find((one) => one.accessionNumber === accessionNumber)
    if (!item) throw new Error('not in the worklist')
    await device.sendStudy({ item, instances: 1, modality: 'DX' })
  }

  /** The clinic's earlier report, written and released by programs. */
  async function released(key: string, findings: string, impression: string): Promise<void> {
    const params = { id: exams[key] ?? '' }
    const writer = await logInToStation(() => station.url, 'sun', password)
    const auditor = await logInToStation(() => station.url, 'zhao', password)
    await writer.call(routes.reportSave, { params, body: { findings, impression, positive: 'positive' } })
    await writer.call(routes.reportSubmit, { params })
    await auditor.call(routes.reportApprove, { params })
    await auditor.call(routes.reportRelease, { params })
  }

  const logIn = (username: string) => openDeskOf(browser, station.url, username)

  async function open(page: Page, key: string): Promise<void> {
    await page.goto(`${station.url}#/exams/${exams[key]}`)
    await page.locator('.exam-head', { hasText: numbers[key] ?? '' }).waitFor()
    await page.locator('.report-editor').waitFor()
  }

  const findings = (page: Page) => page.locator('#findings')
  const impression = (page: Page) => page.locator('#impression')
  const fact = (page: Page, name: string) => page.locator('.report-editor').getAttribute(`data-${name}`)

  const picture = (page: Page, name: string) => keepPicture(page, `report-${name}`)

  test('the labels are those of the modality, and the first key takes the lock', async () => {
    await open(li, 'knee')
    await li.getByLabel('影像所见').click()
    expect(await fact(li, 'lock')).toBe('none')
    await li.keyboard.type('左膝关节诸骨骨质完整。')
    await expect.poll(() => fact(li, 'lock'), soon).toBe('mine')
    await expect.poll(() => fact(li, 'kept'), soon).toBe('kept')
    await li.getByText(/已自动保存 \d\d:\d\d:\d\d/).waitFor()
  })

  test('another doctor sees who writes, reads only, and may take over; the first one is told at once', async () => {
    const sun = await logIn('sun')
    await open(sun, 'knee')
    await sun.getByText(/^李书写 医生正在书写（自 \d\d:\d\d）$/).waitFor()
    expect(await findings(sun).getAttribute('readonly')).not.toBeNull()
    expect(await findings(sun).inputValue()).toBe('')
    await picture(sun, 'locked')

    await button(sun, '接过来写').click()
    await dialogButton(sun, '接过来写').click()
    await li.locator('.ant-modal-confirm-title', { hasText: '孙同事 医生接过了这份报告' }).waitFor()
    await picture(li, 'lock-lost')
    await dialogButton(li, '知道了').click()
    expect(await findings(li).inputValue()).toBe('')
    await li.getByText(/^有 \d\d:\d\d 没保存的内容$/).waitFor()

    // The colleague leaves; the first doctor's words are still there for the first doctor.
    await sun.getByRole('navigation', { name: '主菜单' }).getByText('今日检查').click()
    await sun.getByRole('heading', { name: '今日检查' }).waitFor()
    await sun.context().close()
    await expect.poll(() => button(li, '恢复').isEnabled(), soon).toBe(true)
    await button(li, '恢复').click()
    expect(await findings(li).inputValue()).toBe('左膝关节诸骨骨质完整。')
    await expect.poll(() => fact(li, 'lock'), soon).toBe('mine')
  })

  test('a browser that dies while typing loses nothing: the text is offered with its time and its differences', async () => {
    await findings(li).click()
    await li.keyboard.press('Control+End')
    await li.keyboard.type('关节间隙正常。')
    const same = await logInToStation(() => station.url, 'li', password)
    await expect
      .poll(async () => {
        const kept = await same.call(routes.unsavedRead, { params: { id: exams.knee ?? '' } })
        return kept?.draft.findings
      }, soon)
      .toBe('左膝关节诸骨骨质完整。关节间隙正常。')
    await li.context().close()

    li = await logIn('li')
    await open(li, 'knee')
    await li.getByText(/^有 \d\d:\d\d 没保存的内容$/).waitFor()
    expect(await findings(li).inputValue()).toBe('')
    expect(await findings(li).getAttribute('readonly')).not.toBeNull()
    await button(li, '查看不同').click()
    await dialog(li).locator('ins', { hasText: '关节间隙正常。' }).waitFor()
    await picture(li, 'recovery')
    await dialogButton(li, '恢复').click()
    expect(await findings(li).inputValue()).toBe('左膝关节诸骨骨质完整。关节间隙正常。')
    await li.keyboard.press('Control+s')
    await expect.poll(() => fact(li, 'unsaved'), soon).toBe('false')
    await li.getByText(/第 1 版 · 已保存 \d\d:\d\d/).waitFor()
  })

  test('a template is made of a report, put in by double click, by search and by Alt and a digit, and undone in one step', async () => {
    await impression(li).fill('左膝关节未见明显异常。')
    await button(li, '存为模板').click()
    await dialog(li).getByLabel('模板名').fill('膝关节正常')
    await dialog(li).getByLabel('目录').fill('四肢/膝')
    await picture(li, 'template-dialog')
    await dialogButton(li, '保存').click()
    const line = li.locator('[data-template="膝关节正常"]')
    await line.waitFor()
    await line.getByRole('button', { name: /^收藏/ }).click()
    await line.getByText('Alt+1').waitFor()

    const [before, said] = [await findings(li).inputValue(), await impression(li).inputValue()]
    await line.locator('.template-name').dblclick()
    await dialogButton(li, '追加').click()
    expect(await findings(li).inputValue()).toBe(`${before}\n${before}`)
    expect(await impression(li).inputValue()).toBe(`${said}\n${said}`)
    await li.keyboard.press('Control+z')
    expect(await findings(li).inputValue()).toBe(before)
    expect(await impression(li).inputValue()).toBe(said)
    await li.keyboard.press('Control+y')
    expect(await findings(li).inputValue()).toBe(`${before}\n${before}`)
    await li.keyboard.press('Control+z')

    await findings(li).fill('')
    await impression(li).fill('')
    await li.keyboard.press('Alt+1')
    expect(await findings(li).inputValue()).toBe(before)
    expect(await impression(li).inputValue()).toBe(said)
    await li.keyboard.press('Control+z')
    expect(await findings(li).inputValue()).toBe('')

    await li.keyboard.press('Alt+t')
    await li.keyboard.type('xgjzc', { delay: 60 })
    await expect.poll(() => li.locator('[data-template]').count(), soon).toBeLessThan(4)
    await li.keyboard.press('Enter')
    expect(await findings(li).inputValue()).toBe(before)
    await li.getByLabel('搜索模板（名称或拼音首字母）').fill('')
    await picture(li, 'templates')
  })

  test('templates of another sex or modality hide behind a switch that says why', async () => {
    const doctor = await logInToStation(() => station.url, 'li', password)
    await doctor.call(routes.templateCreate, {
      body: { name: '前列腺正常', sex: 'M', findings: '前列腺不大。', folder: '男' },
    })
    await li.keyboard.press('Control+s')
    await expect.poll(() => fact(li, 'unsaved'), soon).toBe('false')
    await li.reload()
    await li.locator('[data-template="膝关节正常"]').waitFor()
    const men = li.locator('[data-template="前列腺正常"]')
    expect(await men.count()).toBe(0)
    await li.getByRole('switch', { name: '也列出不适合的' }).click()
    await men.getByText('性别不符').waitFor()
    await li.getByRole('switch', { name: '也列出不适合的' }).click()
  })

  test('a copy is edited and deleted', async () => {
    const line = li.locator('[data-template="膝关节正常"]')
    await line.getByRole('button', { name: /^更多/ }).click()
    await li.getByRole('menuitem', { name: '复制一份' }).click()
    expect(await dialog(li).getByLabel('模板名').inputValue()).toBe('膝关节正常 - 副本')
    await dialogButton(li, '保存').click()
    const copy = li.locator('[data-template="膝关节正常 - 副本"]')
    await copy.getByRole('button', { name: /^更多/ }).click()
    await li.getByRole('menuitem', { name: '删除' }).last().click()
    await dialogButton(li, '删除').click()
    await copy.waitFor({ state: 'detached' })
  })

  test('a phrase goes to the caret by a click and by the keyboard alone', async () => {
    await li.getByRole('tab', { name: '短语' }).click()
    await li.getByLabel('新短语').fill('髌骨位置正常。')
    await li.keyboard.press('Enter')
    const phrase = button(li, '髌骨位置正常。')
    await phrase.waitFor()
    await findings(li).fill('前。后。')
    await findings(li).evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(2, 2))
    await phrase.click()
    expect(await findings(li).inputValue()).toBe('前。髌骨位置正常。后。')
    await li.keyboard.type('！')
    expect(await findings(li).inputValue()).toBe('前。髌骨位置正常。！后。')
    await phrase.click({ button: 'right' })
    expect(await findings(li).inputValue()).toBe('前。髌骨位置正常。！髌骨位置正常。后。')

    await impression(li).click()
    await li.keyboard.press('Control+a')
    await li.keyboard.press('Alt+p')
    // As a hand types: faster is a scanner.
    await li.keyboard.type('bgwz', { delay: 60 })
    await li.keyboard.press('Enter')
    await expect.poll(() => impression(li).inputValue(), soon).toBe('髌骨位置正常。')
    await li.keyboard.press('Control+z')
    expect(await impression(li).inputValue()).toBe('左膝关节未见明显异常。')
    await picture(li, 'phrases')
  })

  test('a wrong side is told while it is typed, selected by a click, and stops or asks before the submission', async () => {
    await findings(li).fill('右膝关节诸骨骨质完整。')
    await impression(li).fill('右膝关节未见明显异常。')
    await li.getByText('阴性', { exact: true }).click()
    const remark = li.locator('[data-check]').first()
    await remark.waitFor()
    await picture(li, 'checks')
    await findings(li).fill('左膝关节诸骨骨质完整，右膝关节为对照。')
    await li.locator('[data-level=warn]').first().waitFor()
    const { violations } = await new AxeBuilder({ page: li as never }).include('.report-checks').analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
    await findings(li).fill('右膝关节诸骨骨质完整。')
    await li.locator('[data-level=stop]').first().waitFor()
    await remark.getByRole('button').click()
    const selected = await li.evaluate(() => {
      const area = document.activeElement as HTMLTextAreaElement
      return area.value.slice(area.selectionStart, area.selectionEnd)
    })
    expect(selected).toContain('右')
    await li.keyboard.press('Control+Enter')
    await dialog(li)
      .getByText(/^(还不能提交|请确认这些提醒)$/)
      .waitFor()
    await picture(li, 'check-gate')
    await dialog(li).getByRole('button', { name: '去改' }).first().click()
    await findings(li).fill('左膝关节诸骨骨质完整。')
    await impression(li).fill('左膝关节未见明显异常。')
    await expect.poll(() => li.locator('[data-check]').count(), soon).toBe(0)
  })

  test('Ctrl and Enter submit after a question, the auditor returns with a usual reason, and what changed is coloured', async () => {
    await findings(li).click()
    await li.keyboard.press('Control+Enter')
    await li.locator('.ant-modal-confirm-title', { hasText: '提交这份报告审核？' }).waitFor()
    await li.keyboard.press('Enter')
    await expect.poll(() => fact(li, 'report-state'), soon).toBe('awaiting-audit')

    const zhao = await logIn('zhao')
    await open(zhao, 'knee')
    await button(zhao, '退回').click()
    await dialogButton(zhao, '描述不完整').click()
    await picture(zhao, 'return')
    await dialogButton(zhao, '退回').click()
    await li.getByText('退回原因：描述不完整').waitFor()
    await findings(li).fill('左膝关节诸骨骨质完整，关节间隙正常。')
    await button(li, '提交审核').click()
    await expect.poll(() => fact(li, 'report-state'), soon).toBe('awaiting-audit')

    const changes = zhao.locator('[data-audit-changes=returned]')
    await changes.locator('[data-changed-field=findings] ins', { hasText: '关节间隙正常' }).waitFor()
    expect(await changes.getByText(/^赵审核 \d\d:\d\d 退回过（描述不完整），重新提交后的改动：$/).count()).toBe(1)
    expect(await changes.locator('[data-changed-field=impression]').count()).toBe(0)
    await picture(zhao, 'audit-changes')
    await button(changes, '收起').click()
    await changes.locator('[data-changed-field=findings]').waitFor({ state: 'detached' })
    await button(changes, '查看不同').click()
    await zhao.getByRole('tab', { name: '版本' }).click()
    await zhao.locator('.version-compare [data-changed-field=findings] ins', { hasText: '关节间隙正常' }).waitFor()
    await zhao.locator('[data-trail-step=return]').getByText('描述不完整').waitFor()
    await picture(zhao, 'versions')
    await zhao.getByRole('tab', { name: '报告', exact: true }).click()
    await button(zhao, '审核通过').click()
    await expect.poll(() => fact(zhao, 'report-state'), soon).toBe('approved')
    await button(zhao, '发布').click()
    await dialogButton(zhao, '发布').click()
    await expect.poll(() => fact(zhao, 'report-state'), soon).toBe('released')
    await zhao.context().close()
  })

  test('the last report of the same kind is copied by one key, and what is changed against it is coloured', async () => {
    await open(li, 'chest')
    await li.keyboard.press('Alt+c')
    await expect.poll(() => findings(li).inputValue(), soon).toBe('双肺纹理清晰，右上肺见小结节，约5mm。')
    await findings(li).fill('双肺纹理清晰，右上肺见小结节，约6mm。')
    await li.locator('.prior-report').getByText('看不同').click()
    const changed = li.locator('.prior-report .changed-text').first()
    await changed.locator('ins', { hasText: '6' }).waitFor()
    await changed.locator('del', { hasText: '5' }).waitFor()
    await impression(li).click()
    await li.keyboard.press('Control+Home')
    await button(li, '插入对比句').click()
    await expect
      .poll(() => impression(li).inputValue(), soon)
      .toMatch(/^与 \d{4}-\d{2}-\d{2} 旧片比较，右上肺小结节。$/)
    await picture(li, 'prior')
  })

  test('a critical finding is asked about, whom it was told is recorded, and both stand above the exam', async () => {
    await li.getByText('阳性', { exact: true }).click()
    await li.getByLabel('危急值', { exact: true }).click()
    await dialogButton(li, '标为危急值').click()
    await dialog(li).getByText('危急值通知记录').waitFor()
    expect(await dialog(li).getByLabel('通知了谁').inputValue()).toBe('周临床')
    await picture(li, 'critical')
    await dialogButton(li, '保存').click()
    await li
      .locator('.report-editor [data-critical-told="1"]')
      .getByText(/电话通知 周临床/)
      .waitFor()
    await li.getByRole('tab', { name: '版本' }).click()
    await li.locator('.exam-notices [data-critical-told="1"]').waitFor()
    await li.getByRole('tab', { name: '报告', exact: true }).click()
  })

  test('text that another window of the same doctor saved is never written over without a choice', async () => {
    const second = await logIn('li')
    await open(second, 'chest')
    await findings(li).click()
    await li.keyboard.press('Control+End')
    await li.keyboard.type('我写的。')
    await findings(second).fill('另一个窗口写的。')
    await button(second, '保存').click()
    await expect.poll(() => fact(second, 'unsaved'), soon).toBe('false')
    await li.locator('[data-newer-report]').waitFor()
    expect(await findings(li).inputValue()).toContain('我写的。')
    await button(li, '查看不同').click()
    await dialog(li).locator('del', { hasText: '另一个窗口' }).waitFor()
    await picture(li, 'newer')
    await dialogButton(li, '关闭').click()
    await button(li, '用我写的').click()
    await expect.poll(() => fact(li, 'unsaved'), soon).toBe('false')
    await expect.poll(() => findings(second).inputValue(), soon).toContain('我写的。')
    await second.context().close()
  })

  test('key images stand in the report in their order, with captions, and can be taken out', async () => {
    const params = { id: exams.chest ?? '' }
    const page = await admin.call(routes.examRead, { params })
    const instanceId = page.studies[0]?.instances[0]?.id ?? ''
    const doctor = await logInToStation(() => station.url, 'li', password)
    await doctor.call(routes.keyImageSave, { params, body: [{ instanceId, frame: 1 }] })
    await li.locator('[data-key-images="1"] [data-thumbnail-state=shown]').waitFor()
    await li.getByLabel('说明 1').fill('右上肺结节')
    await li.keyboard.press('Enter')
    await expect
      .poll(async () => (await doctor.call(routes.keyImageList, { params }))[0]?.caption, soon)
      .toBe('右上肺结节')
    await picture(li, 'editor')
    await button(li, '从报告里拿掉 1').click()
    await expect.poll(async () => (await doctor.call(routes.keyImageList, { params })).length, soon).toBe(0)
  })

  test('the preview is the very PDF, the keys are on a sheet, and the helpers fold', async () => {
    await button(li, '预览').click()
    await li.locator('[data-pdf-state=loaded]').waitFor()
    await dialogButton(li, '关闭').click()
    await li.keyboard.press('Alt+k')
    await dialog(li).getByText('Ctrl+Enter').waitFor()
    await picture(li, 'keys')
    await li.keyboard.press('Escape')
    await li.locator('.writing-helpers').waitFor()
    await li.keyboard.press('Alt+b')
    await li.locator('.writing-helpers').waitFor({ state: 'hidden' })
    await li.reload()
    await li.locator('.report-editor').waitFor()
    expect(await li.locator('.writing-helpers').isVisible()).toBe(false)
    await li.keyboard.press('Alt+b')
    await li.locator('.writing-helpers').waitFor()
  })

  test('another patient’s name is told while it is typed', async () => {
    await admin.call(routes.examRegister, {
      body: {
        patient: { name: '欧阳明月', sex: 'F', birthDate: '1990-01-01' },
        exam: { modality: 'DR', itemCode: 'DR001', itemName: '胸部正位' },
      },
    })
    await imagedExam('pelvis', { bodyPart: '骨盆', itemCode: 'DR050', itemName: '骨盆正位' })
    await open(li, 'pelvis')
    await findings(li).fill('欧阳明月骨盆骨质完整。')
    await li.locator('[data-check="name-other:findings:欧阳明月"]').waitFor()
  })

  test('an organ of the other sex stops, and goes on only with a reason, which stays with the report', async () => {
    await findings(li).fill('骨盆骨质完整，前列腺区见钙化。')
    await impression(li).fill('骨盆未见骨折，前列腺区钙化。')
    await li.getByText('阳性', { exact: true }).click()
    await button(li, '提交审核').click()
    await dialog(li).getByText('与登记的性别不符，确实如此吗？').waitFor()
    const found = await new AxeBuilder({ page: li as never }).include('.ant-modal').analyze()
    expect(found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
    const goOn = dialogButton(li, '确实如此，继续')
    expect(await goOn.isDisabled()).toBe(true)
    const reasons = dialog(li).getByLabel('确实如此的原因')
    await expect.poll(() => reasons.count(), soon).toBe(2)
    await reasons.first().fill('变性，证件已改')
    expect(await goOn.isDisabled()).toBe(true)
    await reasons.last().fill('同上')
    await picture(li, 'override')
    await goOn.click()
    await expect.poll(() => fact(li, 'report-state'), soon).toBe('awaiting-audit')
    await li.getByRole('tab', { name: '版本' }).click()
    await li.getByText('已说明：变性，证件已改', { exact: false }).first().waitFor()
  })

  test('a clinic with one doctor writes and releases with one button, amends, and compares any two versions', async () => {
    await admin.call(routes.settingsChange, { body: { reporting: { singleDoctor: true } } })
    // Who leaves the page gives the report free.
    await li.getByRole('navigation', { name: '主菜单' }).getByText('今日检查').click()
    await li.getByRole('heading', { name: '今日检查' }).waitFor()
    const zhao = await logIn('zhao')
    await open(zhao, 'chest')
    await button(zhao, '发布').click()
    await expect.poll(() => dialog(zhao).count(), soon).toBeGreaterThan(0)
    const goOn = dialogButton(zhao, '我已核对，继续')
    if (await goOn.count()) await goOn.click()
    await dialogButton(zhao, '发布').click()
    await expect.poll(() => fact(zhao, 'report-state'), soon).toBe('released')
    await button(zhao, '修订').click()
    await dialog(zhao).getByLabel('原因').fill('补充大小')
    await dialogButton(zhao, '修订').click()
    await expect.poll(() => fact(zhao, 'report-state'), soon).toBe('draft')
    await findings(zhao).fill('右上肺见小结节，约7mm。')
    await zhao.keyboard.press('Control+s')
    await expect.poll(() => fact(zhao, 'unsaved'), soon).toBe('false')
    await zhao.getByRole('tab', { name: '版本' }).click()
    await zhao.locator('[data-changed-field=findings] ins', { hasText: '7' }).waitFor()
    await zhao.context().close()
  })

  test('nothing serious for people who cannot see or use a mouse', async () => {
    await open(li, 'chest')
    for (const tab of ['模板', '短语', /旧报告/]) {
      await li.locator('.writing-helpers').getByRole('tab', { name: tab }).click()
      const found = await new AxeBuilder({ page: li as never }).include('.report-editor').analyze()
      const serious = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
    }
  })

  test('no page complained', () => {
    expect(browser.complaints).toEqual([])
  })
})
