import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chinaDay } from '../../shared/text/china-time.ts'
import {
  attachHostile,
  eachOf,
  isRefusalInWords,
  offer,
  otherOffers,
  registerHostile,
  reportHostile,
  singleOffers,
  type Verdict,
} from '../e2e/hostile-fields.ts'
import { hostileStrings } from '../e2e/hostile-strings.ts'
import { type Answer, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { registration } from './fixtures.ts'

const XLSX = createRequire(import.meta.url)('@e965/xlsx') as typeof import('@e965/xlsx')

// Each text of the list in each field: it is kept as it is, or refused in words. Nothing in between.
let station: StationForTests
const examIds: string[] = []

beforeAll(async () => {
  station = await startStation({ args: ['--training'] })
  await station.api.settingsChange({ body: { reporting: { singleDoctor: true } } })
}, 60_000)
afterAll(() => station.stop())

/** Counted by field, so that a failure says which fields do what with which text. */
function expectKeptOrRefused(verdicts: readonly Verdict[]): void {
  const wrong = verdicts.filter(({ kind }) => kind !== 'kept' && kind !== 'refused')
  if (process.env.SHOW) {
    const by = new Map<string, Record<string, number>>()
    for (const { field, kind } of verdicts) {
      const row = by.get(field) ?? {}
      row[kind] = (row[kind] ?? 0) + 1
      by.set(field, row)
    }
    console.log(Object.fromEntries(by))
  }
  expect(
    wrong.map(({ field, text, kind, detail }) => `${field} ${kind}: ${JSON.stringify(text).slice(0, 90)} → ${detail}`),
  ).toEqual([])
}

describe('the list', () => {
  test('has two hundred texts and more, each once', () => {
    expect(hostileStrings.length).toBeGreaterThanOrEqual(200)
    expect(new Set(hostileStrings).size).toBe(hostileStrings.length)
  })
})

describe('each hostile text', () => {
  test('in each field of a registration', async () => {
    const verdicts: Verdict[] = []
    await eachOf(hostileStrings, async (_text, index) => {
      const one = await registerHostile(station, hostileStrings, index)
      verdicts.push(...one.verdicts)
      if (one.examId) examIds.push(one.examId)
    })
    expect(examIds).toHaveLength(hostileStrings.length)
    expectKeptOrRefused(verdicts)
  }, 180_000)

  test('in a report, in the reasons of its steps and in a critical notice', async () => {
    const verdicts: Verdict[] = []
    await eachOf(examIds, async (examId, index) => {
      verdicts.push(await attachHostile(station, examId, hostileStrings[index]!))
      verdicts.push(...(await reportHostile(station, examId, hostileStrings, index)))
    })
    expectKeptOrRefused(verdicts)
  }, 180_000)

  test('in templates, phrases, devices, institutions and items', async () => {
    const institutionId = (await station.api.institutionCreate({ body: { name: '城北诊所' } })).id
    const verdicts: Verdict[] = []
    await eachOf(hostileStrings, async (_text, index) => {
      for (const one of otherOffers(hostileStrings, index, institutionId))
        verdicts.push(...(await offer(station, one)).verdicts)
    })
    expectKeptOrRefused(verdicts)
  }, 180_000)

  test('in the letterhead, the labels of reports and the name of an account', async () => {
    const account = (await station.api.accountList())[0]!.id
    const verdicts: Verdict[] = []
    for (const index of hostileStrings.keys())
      for (const one of singleOffers(hostileStrings, index, { account }))
        verdicts.push(...(await offer(station, one)).verdicts)
    expectKeptOrRefused(verdicts)
  }, 180_000)

  test('as the reason of a cancellation and in a saved filter', async () => {
    const verdicts: Verdict[] = []
    const { id } = await station.api.examRegister({ body: registration('取消者') })
    await eachOf(hostileStrings, async (text) => {
      const cancelled = await offer(station, {
        area: 'cancel',
        route: 'examCancel',
        params: { id: (await station.api.examRegister({ body: registration('取消者') })).id },
        body: {},
        texts: { reason: text },
        read: async (json) => json.exam.cancelled,
      })
      verdicts.push(...cancelled.verdicts)
    })
    for (const text of hostileStrings)
      for (const field of ['0.name', '0.text', '0.doctor']) {
        const body = [{ name: '常用' }]
        verdicts.push(
          ...(await offer(station, { area: 'filter', route: 'filterSave', body, texts: { [field]: text } })).verdicts,
        )
      }
    expect((await station.api.examRead({ params: { id } })).state).toBe('registered')
    expectKeptOrRefused(verdicts)
  }, 180_000)
})

describe('with all these texts in it', () => {
  const get = (path: string) => station.send('GET', path, { headers: { authorization: `Bearer ${station.token}` } })
  const today = chinaDay(Date.now())
  /** What a reader of PDF would act upon; words of a page stand in streams. */
  const acts = /\/(JS|JavaScript|URI|OpenAction|AA|Launch|SubmitForm|GoToR|EmbeddedFile|RichMedia)\b/

  function expectHarmlessPdf(answer: Answer, what: string): void {
    expect(answer.status, `${what}: ${answer.text.slice(0, 200)}`).toBe(200)
    expect(answer.bytes.subarray(0, 5).toString(), what).toBe('%PDF-')
    expect(answer.bytes.subarray(-8).toString(), what).toContain('%%EOF')
    const outside = answer.bytes.toString('latin1').replace(/\bstream\r?\n[\s\S]*?endstream/g, '')
    expect(outside, what).not.toMatch(acts)
    expect(outside, what).not.toContain('canary')
  }

  test('reports and cards are papers that do nothing', async () => {
    await eachOf(examIds, async (examId, index) => {
      const what = `with ${JSON.stringify(hostileStrings[index]!.slice(0, 60))}`
      expectHarmlessPdf(await get(`/api/exams/${examId}/documents/report.pdf?preview=1`), `report ${what}`)
      expectHarmlessPdf(await get(`/api/exams/${examId}/documents/card.pdf`), `card ${what}`)
    })
    expectHarmlessPdf(await get(`/api/day/sheet.pdf?day=${today}`), 'day sheet')
  }, 240_000)

  test('files to take away have names that are names', async () => {
    await eachOf(examIds, async (examId) => {
      for (const path of ['take-away/zip', 'export/dicom', 'export/jpeg', 'export/anonymised']) {
        const answer = await get(`/api/exams/${examId}/${path}`)
        if (answer.status !== 200) {
          expect(isRefusalInWords(answer), `${path} ${answer.text.slice(0, 200)}`).toBe(true)
          continue
        }
        expect(answer.headers['content-disposition']).toMatch(/^attachment/)
        expect(answer.headers['set-cookie']).toBeUndefined()
        for (const name of zipNames(answer.bytes))
          expect(name).not.toMatch(/(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[A-Za-z]:|\0/)
      }
    })
  }, 240_000)

  test('the Excel file of the statistics has no formula, and keeps the texts as texts', async () => {
    const { bytes } = await get(`/api/statistics/sheet.xlsx?from=${today}&to=${today}`)
    const book = XLSX.read(bytes, { cellFormula: true })
    const cells = Object.values(book.Sheets).flatMap((sheet) =>
      Object.entries(sheet)
        .filter(([key]) => !key.startsWith('!'))
        .map(([, cell]) => cell as { f?: string; l?: unknown; t: string; v: unknown }),
    )
    expect(cells.length).toBeGreaterThan(1000)
    expect(cells.filter(({ f, l }) => f !== undefined || l !== undefined)).toEqual([])
    expect(cells.filter(({ t, v }) => t === 's' && v === '=1+1').length).toBeGreaterThan(0)
  })

  test('no cell of a CSV file begins as a formula', async () => {
    const logs = await get('/api/audit/export.csv')
    const items = await get('/api/item-mappings.csv')
    for (const [what, { status, text }] of [
      ['audit', logs],
      ['items', items],
    ] as const) {
      expect(status, what).toBe(200)
      const cells = csvCells(text.replace(/^\ufeff/, ''))
      expect(cells.length, what).toBeGreaterThan(hostileStrings.length)
      expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([])
    }
  })

  test('each of them can be searched for, and none of them means everything', async () => {
    const total = (await station.api.examList()).total
    // What is longer than an address may be does not reach the station at all.
    const fitting = hostileStrings.filter((text) => text.length < 1500)
    await eachOf(fitting, async (text) => {
      const query = (values: object) => new URLSearchParams(values as Record<string, string>)
      for (const [path, values] of [
        ['/api/exams', { text }],
        ['/api/exams', { doctor: text }],
        ['/api/exams', { modality: text }],
        ['/api/exams', { text, state: text, flag: text, from: text, to: text }],
        ['/api/board/scan', { code: text }],
        ['/api/audit/search', { text }],
        ['/api/audit/search', { actor: text }],
        ['/api/audit/search', { action: text }],
        ['/api/audit', { subjectKind: text, subjectId: text }],
        ['/api/statistics', { from: text, to: text }],
        ['/api/items/used', { modality: text }],
      ] as const) {
        const answer = await get(`${path}?${query(values)}`)
        const what = `${path} ${JSON.stringify(values).slice(0, 80)}: ${answer.status} ${answer.text.slice(0, 200)}`
        if (answer.status !== 200) expect(isRefusalInWords(answer), what).toBe(true)
        else if ('text' in values && path === '/api/exams' && text.trim() !== '')
          expect(answer.json.total, what).toBeLessThan(total)
      }
      const found = await station.call('returningPatients', { body: { name: text, phone: text, patientId: text } })
      if (found.status !== 200) expect(isRefusalInWords(found), found.text.slice(0, 200)).toBe(true)
    })
  }, 240_000)

  test('a person is found by the very text that is the name', async () => {
    const missing: string[] = []
    await eachOf(examIds.slice(0, 120), async (id) => {
      const { patient } = await station.api.examRead({ params: { id } })
      const rows = (await station.api.returningPatients({ body: { name: patient.name } })).map(
        (one) => one.patient.name,
      )
      if (!rows.includes(patient.name)) missing.push(patient.name)
    })
    expect(missing).toEqual([])
  }, 60_000)

  test('the templates go out as one JSON file and come in again', async () => {
    const { json } = await station.call('templateExport', {})
    const answer = await station.call('templateImport', { body: json })
    expect([answer.status, answer.json?.added]).toEqual([200, 0])
  })

  test('the audit log is whole, the station runs, and its log names no error that nobody expected', async () => {
    expect((await station.api.auditCheck()).firstBroken).toBeNull()
    expect((await station.api.health()).ok).toBe(true)
    expect(({} as Record<string, unknown>).role).toBeUndefined()
    expect(station.printed.err).not.toMatch(/nobody expected|uncaught|unhandled/)
  })
})

/** RFC 4180. */
function csvCells(text: string): string[] {
  const cells = text.matchAll(/"((?:[^"]|"")*)"(?=,|\r\n|$)|([^",\r\n]*)(?=,|\r\n|$)/g)
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}

/** Names as the central directory of a ZIP gives them, APPNOTE 4.3.12. */
function zipNames(bytes: Buffer): string[] {
  const names: string[] = []
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 46))
    names.push(bytes.subarray(at + 46, at + 46 + bytes.readUInt16LE(at + 28)).toString('utf8'))
  return names
}
