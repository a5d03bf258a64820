import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAssociation } from '../../electron/training/dicom-association.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { chinaDay } from '../../shared/text/china-time.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import { ctImageStorage, explicitLittle, smallObject } from '../archive/archive-for-tests.ts'
import { residentNumber } from '../db/rooms-for-tests.ts'
import { eventually } from '../stand-ins/eventually.ts'
import { errorOf, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { registration } from './fixtures.ts'

let station: StationForTests
beforeAll(async () => {
  station = await startStation({ args: ['--training'] })
}, 60_000)
afterAll(() => station.stop())

test('the row of an exam says what its report says, when it was examined and how far it is', async () => {
  const { api } = station
  const exam = await api.examRegister({ body: registration('钱多多') })
  const rowOf = async () => (await api.examList({ query: { text: exam.accessionNumber } })).rows[0]
  expect(await rowOf()).toMatchObject({ state: 'registered', report: null, examinedAt: null, deadlineAt: null })
  const modality = createSimulatedModality({ aeTitle: 'DR1', station: station.dicom })
  const [item] = await modality.findWorklist({ accessionNumber: exam.accessionNumber })
  await modality.sendStudy({ item: item!, instances: 2 })
  expect(await rowOf()).toMatchObject({ state: 'imaged', imageCount: 2, examinedAt: expect.any(Number) })
  const draft = { findings: '右下肺见斑片影', positive: 'positive', critical: true } as const
  await api.reportSave({ params: { id: exam.id }, body: draft })
  await api.reportSubmit({ params: { id: exam.id } })
  const row = await rowOf()
  expect(row?.report).toEqual({
    version: 1,
    positive: 'positive',
    critical: true,
    infectious: false,
    reportDoctor: '管理员',
    auditDoctor: '',
    releasedAt: null,
  })
  expect(
    (await api.examList({ query: { doctor: '管理员', flag: 'critical' } })).rows.map((one) => one.exam.id),
  ).toEqual([exam.id])
  expect((await api.examRead({ params: { id: exam.id } })).report).toEqual(row?.report)
})

test('a scanned number leads to its exams: accession number, patient number, identity card, card of the hospital', async () => {
  const { api } = station
  const number = residentNumber()
  const identity = { kind: 'resident', number }
  const body = registration('孙悦', { identity, healthCardNumber: 'HC-2026-77' })
  const first = await api.examRegister({ body })
  const second = await api.examRegister({
    body: { ...body, exam: { ...body.exam, modality: 'CT', clinicNumber: 'MZ0099' } },
  })
  const ids = async (code: string) => (await api.examFind({ query: { code } })).map((row) => row.exam.id)
  expect(await ids(first.accessionNumber)).toEqual([first.id])
  expect(await ids(` ${first.accessionNumber.toLowerCase()} `)).toEqual([first.id])
  for (const code of [second.patientId, number, 'HC-2026-77'])
    expect((await ids(code)).sort(), code).toEqual([first.id, second.id].sort())
  expect(await ids('MZ0099')).toEqual([second.id])
  for (const code of ['MZ009', 'nothing', '%', '2026']) expect(await ids(code), code).toEqual([])
})

test('each person keeps filters of their own', async () => {
  const { api } = station
  await api.accountCreate({
    body: { username: 'xiao', displayName: '小何', role: 'technician', password: 'Password-123' },
  })
  const xiao = station.apiAs(await station.logIn('xiao', 'Password-123'))
  const mine = [
    { name: '待审 CT', state: 'awaiting-audit', modality: 'CT' },
    { name: '危急', flag: 'critical' },
  ]
  expect(await api.filterSave({ body: mine })).toEqual(mine)
  expect(await api.filterList()).toEqual(mine)
  expect(await xiao.filterList()).toEqual([])
  const refused = await station.call('filterSave', { body: [{ name: '' }] })
  expect(errorOf(refused).code).toBe('BAD-REQUEST')
  expect(await api.filterList()).toEqual(mine)
})

test('the receiving line says which device is connected and whose images it brought, as long as it is', async () => {
  const { api } = station
  expect(await api.receivingNow()).toEqual([])
  const exam = await api.examRegister({ body: registration('周杰') })
  await api.deviceCreate({ body: { name: '一楼 CT', aeTitle: 'CT1' } })
  const association = await openAssociation(
    { callingAeTitle: 'CT1', calledAeTitle: station.dicom.aeTitle, host: station.dicom.host, port: station.dicom.port },
    [{ abstractSyntax: ctImageStorage, transferSyntaxes: [explicitLittle] }],
  )
  const context = association.contextFor(ctImageStorage)!
  const connected = { device: '一楼 CT', callingAeTitle: 'CT1', since: expect.any(Number) }
  const nothing = { patientName: '', accessionNumber: null, examId: null }
  expect(await api.receivingNow()).toEqual([{ ...connected, received: 0, ...nothing }])
  const send = async (studyInstanceUid: string, patientName: string, accessionNumber: string) => {
    const { dataSet, sopInstanceUid } = smallObject([
      { tag: 0x0020000d, vr: 'UI', value: studyInstanceUid },
      { tag: 0x00100010, vr: 'PN', value: patientName },
      { tag: 0x00080050, vr: 'SH', value: accessionNumber },
      { tag: 0x00100020, vr: 'LO', value: accessionNumber && exam.patientId },
    ])
    expect(await association.store(context, sopInstanceUid, dataSet)).toBe(0)
  }
  const now = async () => (await api.receivingNow())[0]
  await send(exam.studyInstanceUid, 'Zhou^Jie', exam.accessionNumber)
  await send(exam.studyInstanceUid, 'Zhou^Jie', exam.accessionNumber)
  await eventually(async () => (await now())?.received === 2)
  expect(await now()).toEqual({
    ...connected,
    received: 2,
    patientName: '周杰',
    accessionNumber: exam.accessionNumber,
    examId: exam.id,
  })
  await send(newUid(), 'Nobody^Known', '')
  await eventually(async () => (await now())?.received === 3)
  expect(await now()).toMatchObject({ patientName: 'Nobody Known', examId: null })
  await association.release()
  await eventually(async () => (await api.receivingNow()).length === 0)
})

test('a day, its sheet and the statistics agree on what is there; the Excel file is written down before it leaves', async () => {
  const { api } = station
  await api.examRegister({ body: registration('=HYPERLINK("http://x","y")') })
  const day = chinaDay(Date.now())
  const page = await api.dayPage({ query: { day } })
  const statistics = await api.statistics({ query: { from: day, to: day } })
  expect(page.counts.registered).toBeGreaterThan(0)
  expect(statistics.total.exams).toBe(page.counts.registered)
  expect(statistics.byDay).toEqual([{ ...statistics.total, key: day, name: day }])
  const sheet = await station.call('daySheet', { query: { day } })
  expect([sheet.headers['content-type'], sheet.bytes.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-'])

  const excel = await station.call('statisticsSheet', { query: { from: day, to: day } })
  expect(excel.headers['content-disposition']).toBe(`attachment; filename="statistics-${day}-${day}.xlsx"`)
  const XLSX = createRequire(import.meta.url)('@e965/xlsx') as typeof import('@e965/xlsx')
  const book = XLSX.read(excel.bytes, { cellFormula: true })
  expect(book.SheetNames).toEqual(['汇总', '按日', '按报告医生', '按审核医生', '按项目', '按设备类型', '检查明细'])
  const rows = XLSX.utils.sheet_to_json<Record<string, unknown>>(book.Sheets.检查明细!)
  expect(rows).toHaveLength(statistics.total.exams)
  expect(rows.map((row) => row.姓名)).toContain('=HYPERLINK("http://x","y")')
  for (const sheet of Object.values(book.Sheets))
    for (const [at, cell] of Object.entries(sheet)) if (!at.startsWith('!')) expect(cell.f).toBeUndefined()
  const english = await station.call('statisticsSheet', { query: { from: day, to: day, language: 'en' } })
  const inEnglish = XLSX.read(english.bytes)
  expect(inEnglish.SheetNames.slice(0, 2)).toEqual(['Summary', 'By day'])
  const heads = Object.values(inEnglish.Sheets).map((one) => XLSX.utils.sheet_to_json<string[]>(one, { header: 1 })[0])
  expect(heads.flat().filter((title) => /\p{Script=Han}/u.test(String(title)))).toEqual([])
  const audit = JSON.stringify(await api.auditList())
  expect(audit).toContain('export-statistics')
})

test('days that are none, or more than anybody reads, are refused', async () => {
  const code = async (from: string, to: string) =>
    errorOf(await station.call('statistics', { query: { from, to } })).code
  expect(await code('2026-02-30', '2026-03-01')).toBe('BAD-REQUEST')
  expect(await code('2026-03-02', '2026-03-01')).toBe('BAD-REQUEST')
  expect(await code('1900-01-01', '2026-03-01')).toBe('BAD-REQUEST')
  expect(errorOf(await station.call('dayPage', { query: { day: 'today' } })).code).toBe('BAD-REQUEST')
})
