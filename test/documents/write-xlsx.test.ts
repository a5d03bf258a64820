import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { type Sheet, writeXlsx } from '../../electron/station/documents/write-xlsx.ts'

const XLSX = createRequire(import.meta.url)('@e965/xlsx') as typeof import('@e965/xlsx')

const at = Date.parse('2026-11-21T09:30:00+08:00')
const sheet: Sheet = {
  name: '明细',
  columns: [
    { title: '姓名', kind: 'text', width: 10 },
    { title: '数', kind: 'number', width: 8 },
    { title: '时间', kind: 'time', width: 17 },
    { title: '日期', kind: 'day', width: 12 },
    { title: '率', kind: 'share', width: 8 },
  ],
  rows: [[['张伟', 3, at, Date.parse('2026-11-21T00:00:00+08:00'), 0.25]], [['=1+1', null, null, null, null]]],
}

test('numbers are numbers, times are dates of China, and the head row stays in view', async () => {
  const bytes = await writeXlsx([sheet, { ...sheet, name: '二', rows: [] }])
  const book = XLSX.read(bytes, { cellNF: true })
  expect(book.SheetNames).toEqual(['明细', '二'])
  const read = book.Sheets.明细!
  expect([read.A1?.v, read.A2?.v, read.B2?.v]).toEqual(['姓名', '张伟', 3])
  expect([read.B2?.t, read.C2?.t, read.E2?.t]).toEqual(['n', 'n', 'n'])
  expect(XLSX.SSF.format('yyyy-mm-dd hh:mm', read.C2?.v)).toBe('2026-11-21 09:30')
  expect([read.C2?.z, read.D2?.z, read.D2?.v]).toEqual(['yyyy-mm-dd hh:mm', 'yyyy-mm-dd', 46347])
  for (const index of [1, 2]) {
    const zip = XLSX.CFB.read(bytes, { type: 'buffer' })
    const xml = Buffer.from(XLSX.CFB.find(zip, `/xl/worksheets/sheet${index}.xml`)!.content).toString('utf8')
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>')
    expect(xml).toContain('<autoFilter')
  }
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("http://x")', '\t=1', '007', '1e9', '<b>&"', '张\u0001伟'])(
  'text stays text: %j',
  async (text) => {
    const bytes = await writeXlsx([{ ...sheet, rows: [[[text, null, null, null, null]]] }])
    const cell = XLSX.read(bytes, { cellFormula: true }).Sheets.明细!.A2
    expect(cell?.f).toBeUndefined()
    expect([cell?.t, cell?.v]).toEqual(['s', text])
  },
)

test('a sheet whose rows cannot be read makes no file', async () => {
  const broken = {
    ...sheet,
    rows: (async function* () {
      yield [['张伟', 1, null, null, null]]
      throw new Error('the database is gone')
    })(),
  }
  await expect(writeXlsx([broken])).rejects.toThrow('the database is gone')
})
