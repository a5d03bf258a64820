import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import type { StationClient } from '../../electron/training/station-client.ts'
import { routes } from '../../shared/api/routes.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import { registration } from '../api/fixtures.ts'
import { ctImageStorage, explicitLittle, smallObject } from '../archive/archive-for-tests.ts'
import { describeWith } from '../peers.ts'
import { expectBoth } from '../problems/said-in-both.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'
import { button, keepPicture, openClinic, openDeskOf, soon } from './desk-story.ts'

// What staff must know until it is put right, and the report of an import, in either language and with their codes.

vi.setConfig({ testTimeout: 90_000 })

const chinese = /\p{Script=Han}/u
const text = (tag: number, vr: 'UI' | 'SH' | 'LO', value: string) => ({ tag, vr, value }) as const
const head = { sopClassUid: ctImageStorage, transferSyntaxUid: explicitLittle }

describeWith(['chromium', 'cjk-font'], 'alarms and import reports at the desk', () => {
  let station: DeskStation
  let browser: DeskBrowser
  let admin: StationClient
  let desk: Page
  const medium = mkdtempSync(join(tmpdir(), 'alarm-medium-'))
  beforeAll(async () => {
    station = await startDeskStation()
    browser = await startDeskBrowser()
    admin = await openClinic(() => station.url, {
      institutionName: '城南诊所',
      settings: { desk: { wizardDone: true }, backup: { folder: join(medium, 'no-stick') } },
      devices: [{ name: '拍片机', aeTitle: 'DR1', modality: 'DR' }],
    })
    await raiseAlarms()
    desk = await openDeskOf(browser, station.url, 'admin')
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await station?.stop()
    rmSync(medium, { recursive: true, force: true })
  })

  /**
   * An image of an exam that came twice with other bytes, one cut short, one that is not what it says,
   * two people in one study, no backup.
   */
  async function raiseAlarms(): Promise<void> {
    const exam = await admin.call(routes.examRegister, { body: registration('张三') })
    const device = createSimulatedModality({ aeTitle: 'DR1', station: station.dicom })
    const ofExam = [
      text(0x0020000d, 'UI', exam.studyInstanceUid),
      text(0x00080050, 'SH', exam.accessionNumber),
      text(0x00100020, 'LO', exam.patientId),
    ]
    const [first, again] = ['one', 'two'].map((words) =>
      smallObject([...ofExam, text(0x0008103e, 'LO', words)], '2.25.81'),
    )
    const cut = smallObject()
    const ofTwo = (id: string) => smallObject([text(0x0020000d, 'UI', '2.25.90'), text(0x00100020, 'LO', id)])
    const sent = [
      { ...head, ...first! },
      { ...head, ...again! },
      { ...head, sopInstanceUid: cut.sopInstanceUid, dataSet: cut.dataSet.subarray(0, -6) },
      { ...head, dataSet: smallObject().dataSet, sopInstanceUid: newUid() },
      { ...head, ...ofTwo('P1') },
      { ...head, ...ofTwo('P2') },
    ]
    for (const object of sent) await device.sendObjects([object])
    await admin.call(routes.backupNow, {})
  }

  const alarms = () => desk.getByRole('region', { name: /^(告警|Alarms)$/ })
  const alarm = (code: string) => alarms().getByRole('group', { name: code, exact: true })
  const toEnglish = async () => {
    await button(desk, '王院长').click()
    await desk.getByText('English').click()
    await desk.getByRole('heading', { name: 'Exams today' }).waitFor()
  }

  test('the station tells them as Chinese lines and in full in both languages', async () => {
    const { alarms: lines, alarmDetails } = await admin.call(routes.health, {})
    expect(alarmDetails!.map((one) => one.code).sort()).toEqual([
      'ARCHIVE-CUT-SHORT',
      'ARCHIVE-OTHER-BYTES',
      'BACKUP-NOT-MADE',
      'OBJECTS-QUARANTINED',
      'STUDY-TWO-PEOPLE',
    ])
    for (const one of alarmDetails!) expectBoth(one)
    expect(lines).toEqual(alarmDetails!.map(({ message, action, code }) => `${message}。${action}（${code}）`))
  })

  test('in Chinese, with what to do, a code that can be copied and the way to the exam', async () => {
    await desk.locator('[data-health=unhealthy]').click()
    await alarm('ARCHIVE-OTHER-BYTES').getByText('请在“未匹配”页看图选一份为准').waitFor()
    await alarm('ARCHIVE-OTHER-BYTES').getByRole('link', { name: '打开检查' }).waitFor()
    await alarm('ARCHIVE-OTHER-BYTES').getByRole('link', { name: '到“未匹配”核对' }).waitFor()
    await alarm('STUDY-TWO-PEOPLE').getByText('患者编号不同').waitFor()
    await alarm('BACKUP-NOT-MADE').getByText('请插好备份盘').waitFor()
    await alarm('BACKUP-NOT-MADE').getByRole('button', { name: '复制' }).waitFor()
    await keepPicture(desk, 'alarms')
    const { violations } = await new AxeBuilder({ page: desk }).include('.alarm-list').analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
    await desk.locator('[data-health]').click()
    await alarms().waitFor({ state: 'hidden' })
  })

  test('in English, without a Chinese word', async () => {
    await toEnglish()
    await desk.locator('[data-health=unhealthy]').click()
    await alarm('ARCHIVE-CUT-SHORT').getByText('An image from DR1 is cut short').waitFor()
    await alarm('OBJECTS-QUARANTINED').getByText('Check that every image on the device has arrived').waitFor()
    await alarm('STUDY-TWO-PEOPLE').getByText('the patient IDs differ').waitFor()
    await alarm('BACKUP-NOT-MADE').getByText('Plug the backup disk in').waitFor()
    expect(await alarms().innerText()).not.toMatch(chinese)
    await keepPicture(desk, 'alarms-english')
    await alarm('ARCHIVE-OTHER-BYTES').getByRole('link', { name: 'Open the exam' }).click()
    await expect.poll(() => desk.url(), soon).toMatch(/#\/exams\//)
    await desk.keyboard.press('Escape')
  })

  test('the report of an import says in English what was not taken and why', async () => {
    mkdirSync(join(medium, 'disc'))
    writeFileSync(join(medium, 'disc', 'broken.dcm'), 'no image at all')
    writeFileSync(join(medium, 'disc', 'readme.txt'), 'read me')
    await admin.call(routes.importFolder, { body: { path: join(medium, 'disc') } })
    await desk.goto(`${station.url}#/imports`)
    const report = desk.locator('.import-job')
    await report.getByText('is neither DICOM nor a picture').waitFor()
    await report.getByText('NOT-DICOM').waitFor()
    await report.getByText('Check that it comes from an imaging device').waitFor()
    await report.getByText('IMPORT-BESIDE').waitFor()
    expect(await report.innerText()).not.toMatch(chinese)
    await keepPicture(desk, 'import-report-english')
  })

  test('no page complained', () => {
    expect(browser.complaints).toEqual([])
  })
})
