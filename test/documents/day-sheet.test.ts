import { expect, test } from 'vitest'
import type { DaySheetInput } from '../../electron/station/documents/day-sheet.ts'
import { createDocuments } from '../../electron/station/documents/documents.ts'
import type { OpenExam, Tally } from '../../shared/models/board.ts'
import { describeWith } from '../peers.ts'
import { pagesOf, sizeOf } from './read-paper.ts'

const at = Date.parse('2026-11-21T18:05:00+08:00')
const tally = (name: string, exams: number): Tally => ({
  key: name,
  name,
  exams,
  images: exams * 2,
  released: exams - 1,
  positive: 2,
  negative: 3,
  critical: 1,
})
const exams = (count: number, why: string): { total: number; rows: OpenExam[] } => ({
  total: count,
  rows: Array.from({ length: count }, (_, index) => ({
    examId: `e${index}`,
    accessionNumber: `DR261121${String(index).padStart(4, '0')}`,
    patientName: '欧阳娜娜',
    itemName: '双侧膝关节正侧位及髌骨轴位',
    registeredAt: at - 3600_000 * 9,
    why,
    whyInEnglish: why,
  })),
})
const input: DaySheetInput = {
  institution: { name: '晨光门诊部' },
  printedBy: '管理员',
  createdAt: at,
  byModality: [tally('DR', 42), tally('CT', 17)],
  byDoctor: [tally('王医生', 40)],
  page: {
    day: '2026-11-21',
    counts: { registered: 59, imaged: 57, written: 50, released: 48, delivered: 45, cancelled: 2 },
    unmatched: {
      total: 1,
      rows: [{ studyInstanceUid: '1.2', patientName: 'ZHANG SAN', modality: 'DR', imageCount: 2, receivedAt: at }],
    },
    untold: exams(1, '危急值还没有通知记录'),
    unexamined: exams(2, '登记后还没有影像'),
    unwritten: exams(7, '写好还没提交'),
    unaudited: exams(0, ''),
    undelivered: exams(3, '省影像云：缺手机号，请补上手机号后再传；腾讯觅影：等待上传；区域PACS：等待上传'),
    unreconciled: exams(1, '腾讯觅影：已送达，数量还没有核对'),
  },
}

async function pdfOf(given: DaySheetInput): Promise<Buffer> {
  const outcome = await createDocuments().daySheet(given)
  if (outcome.kind !== 'printed') throw new Error(outcome.kind)
  return outcome.pdf
}

test('the same day makes the same bytes', async () => {
  const [first, second] = await Promise.all([pdfOf(input), pdfOf(input)])
  expect(first.equals(second)).toBe(true)
})

describeWith(['pdftotext'], 'a day sheet read back', () => {
  test('is in English where the desk is, but for names and what staff wrote', async () => {
    const english = { ...input, language: 'en' } as const
    const why = 'Written, not submitted yet'
    const unwritten = { total: 9, rows: exams(7, '写好还没提交').rows.map((row) => ({ ...row, whyInEnglish: why })) }
    const unsigned = { ...tally('（未署名）', 2), key: '' }
    const text = pagesOf(
      await pdfOf({
        ...english,
        byDoctor: [unsigned],
        page: { ...input.page, unaudited: unwritten, untold: undefined },
      }),
    ).join('\n')
    for (const words of [
      'Imaging day sheet',
      'Day: 2026-11-21',
      'Not audited or released (9)',
      why,
      '2 more are not listed: see the page “End of day”',
      'Critical, nobody told (0)',
      'Unmatched images (1)',
      '(unsigned)',
      'Technician:',
      'Page 1 / ',
    ])
      expect(text).toContain(words)
    expect(text).not.toMatch(/日报表|检查号|未写|登记\s/u)
  })

  test('is A4 and says the counts, each list with its whole number and why, and where to sign', async () => {
    const pdf = await pdfOf(input)
    expect(sizeOf(pdf).map(Math.round)).toEqual([595, 842])
    const text = pagesOf(pdf).join('\n')
    for (const words of [
      '晨光门诊部',
      '影像检查日报表',
      '2026-11-21',
      '危急值未通知（1）',
      '未写报告（7）',
      '未审核、未发布（0）',
      '未上传（3）',
      '未匹配的影像（1）',
      'ZHANG SAN',
      'DR2611210006',
      '写好还没提交',
      '省影像云：缺手机号',
      '09:05',
      '科室负责人',
      '打印：管理员 2026-11-21 18:05',
    ])
      expect(text, words).toContain(words)
    expect(text).not.toContain('〓')
  })

  test('a long name of somebody from Xinjiang stands whole', async () => {
    const [one] = input.page.unexamined.rows
    const page = { ...input.page, unexamined: { total: 1, rows: [{ ...one!, patientName: '阿卜杜热合曼·吐' }] } }
    expect(pagesOf(await pdfOf({ ...input, page })).join('\n')).toContain('阿卜杜热合曼·吐')
  })

  test('long lists go on over pages, each with the head of its table, and nothing is left out', async () => {
    const unwritten = { total: 260, rows: exams(200, '有影像，还没有写报告').rows }
    const pages = pagesOf(await pdfOf({ ...input, page: { ...input.page, unwritten } }))
    expect(pages.length).toBeGreaterThan(4)
    const text = pages.join('\n')
    for (const { accessionNumber } of unwritten.rows) expect(text).toContain(accessionNumber)
    expect(text).toContain('另有 60 个未列出')
    for (const [index, page] of pages.entries())
      expect(page.replaceAll(' ', '')).toContain(`第${index + 1}/${pages.length}页`)
    expect(pages[2]).toContain('检查号')
  })
})
