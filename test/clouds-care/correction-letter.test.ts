import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDocuments } from '../../electron/station/documents/documents.ts'
import type { CorrectionWishes } from '../../electron/station/documents/dossier-to-paper.ts'
import { routes } from '../../shared/api/routes.ts'
import type { ExamDossier } from '../../shared/models/exam-dossier.ts'
import { fontsOf, pagesOf, placesOf, sizeOf } from '../documents/read-paper.ts'
import { sampleDossier } from '../documents/sample-dossier.ts'
import { type CareBench, codeOf, openCareBench } from './care-bench.ts'

const documents = createDocuments()
const wishes: CorrectionWishes = {
  platform: '吉林省医学影像云平台',
  cloudExamId: '14545458000000002',
  deliveredAt: Date.parse('2026-01-05T11:00:00+08:00'),
  reason: '登记时选错患者，影像和报告属于另一人。',
  request: '请删除该检查的索引、影像和报告。',
  writtenBy: '王𬭎',
  writtenAt: Date.parse('2026-01-06T08:00:00+08:00'),
}
const dossier: ExamDossier = {
  ...sampleDossier,
  institution: { ...sampleDossier.institution, hospitalCode: '220100001' },
}
async function letter(change: Partial<CorrectionWishes> = {}, of: ExamDossier = dossier): Promise<Buffer> {
  const outcome = await documents.correctionLetter(of, { ...wishes, ...change })
  if (outcome.kind !== 'printed') throw new Error(outcome.kind)
  expect(outcome.notices).toEqual([])
  return outcome.pdf
}
const withoutSpaces = (text: string) => text.replace(/\s/g, '')

describe('the correction letter', () => {
  test('says on one A4 page to whom, who, which exam, why and what is asked for', async () => {
    const pdf = await letter()
    const pages = pagesOf(pdf)
    expect(pages).toHaveLength(1)
    expect(sizeOf(pdf).map(Math.round)).toEqual([595, 842])
    const text = withoutSpaces(pages[0]!)
    for (const words of [
      '检查上传更正函',
      `致：${wishes.platform}`,
      dossier.institution.name,
      '220100001',
      dossier.exam.accessionNumber,
      '14545458000000002',
      '张䶮㛃',
      'P26000012',
      '2026-01-0511:00',
      wishes.reason,
      wishes.request,
      '经办人：王𬭎',
      '2026-01-06',
      '0431-88886666',
    ])
      expect(text, words).toContain(withoutSpaces(words))
    expect(text, 'the identity number is nobody’s business here').not.toContain('220104199105060023')
  })

  test('is the same bytes for the same input, and others for another', async () => {
    const pdf = await letter()
    expect((await letter()).equals(pdf)).toBe(true)
    expect((await letter({ reason: '另一原因' })).equals(pdf)).toBe(false)
  })

  test('brings its fonts along, so that it prints everywhere as here', async () => {
    const fonts = fontsOf(await letter())
    expect(fonts.length).toBeGreaterThan(0)
    for (const font of fonts) expect(font).toMatchObject({ embedded: true })
  })

  test('without a request of its own asks for what is usual', async () => {
    expect(withoutSpaces(pagesOf(await letter({ request: '' }))[0]!)).toContain('作废')
  })

  test('of the longest reason and request that the route takes is whole, over as many pages as it needs', async () => {
    const reason = `${'因登记错误'.repeat(199)}原因到此`
    const request = `${'请予以更正'.repeat(199)}请求到此`
    const pages = pagesOf(await letter({ reason, request }))
    const text = withoutSpaces(pages.join(''))
    for (const words of ['原因到此', '请求到此', '经办人', '单位（盖章）']) expect(text, words).toContain(words)
    expect(text.split('因登记错误').length - 1).toBe(199)
    expect(pages.length).toBeLessThan(5)
    expect(
      pages.every((page) => page.trim() !== ''),
      'no empty page',
    ).toBe(true)
  })

  test('keeps its statement and all of its signature lines on one page, wherever the text ends', async () => {
    const request = '请更正'.repeat(200)
    for (let length = 1; length <= 1000; length += 45) {
      const pages = pagesOf(await letter({ reason: '误'.repeat(length), request })).map(withoutSpaces)
      const last = pages.at(-1)!
      for (const words of ['本函所列内容', '经办人', '联系电话', '单位（盖章）', '日期：'])
        expect(last, `${length}: ${words}`).toContain(words)
      expect(pages.length, String(length)).toBeLessThanOrEqual(2)
    }
  })

  test('prints rare characters and line breaks, and has a stand-in for what no font holds', async () => {
    const outcome = await documents.correctionLetter(dossier, {
      ...wishes,
      reason: '患者“䶮㛃𬭎”\n应为“龑”。\u{10ffff}',
    })
    if (outcome.kind !== 'printed') throw new Error(outcome.kind)
    const text = withoutSpaces(pagesOf(outcome.pdf).join(''))
    expect(text).toContain('䶮㛃𬭎')
    expect(text).toContain('应为“龑”')
    expect(outcome.notices).not.toEqual([])
  })
})

test('for a printer it is moved by that printer’s offsets, on every page, and nothing of it is lost', async () => {
  const long = { ...wishes, reason: '因登记错误。'.repeat(160), request: '请更正。'.repeat(240) }
  const moved = await documents.correctionLetter(dossier, long, { x: 30, y: -20 })
  const straight = await letter(long)
  if (moved.kind !== 'printed') throw new Error(moved.kind)
  const [before, after] = [placesOf(straight), placesOf(moved.pdf)]
  expect(after).toHaveLength(2)
  for (const [index, page] of after.entries()) {
    expect(page.x - before[index]!.x).toBeCloseTo((3 / 25.4) * 72, 1)
    expect(page.y - before[index]!.y).toBeCloseTo((-2 / 25.4) * 72, 1)
  }
  expect(pagesOf(moved.pdf).map(withoutSpaces)).toEqual(pagesOf(straight).map(withoutSpaces))
  expect(sizeOf(moved.pdf)).toEqual(sizeOf(straight))
})

describe('asked for at the desk', () => {
  let bench: CareBench
  beforeAll(async () => {
    bench = await openCareBench({ aimis: 1, jilin: 2 })
  }, 60_000)
  afterAll(() => bench.close())
  const ask = (id: string, body: object) =>
    bench.doctor.bytes(routes.correctionLetter, {
      params: { id },
      body: { destinationId: bench.jilinIds[0]!, reason: '选错患者', request: '', ...body },
    })

  test('is refused before the platform has the exam, and for a cloud that can delete', async () => {
    const exam = await bench.register()
    expect(await codeOf(ask(exam.id, {}))).toBe('NOT-DELIVERED')
    expect(await codeOf(ask(exam.id, { destinationId: 'nowhere' }))).toBe('NOT-FOUND')
    expect(await codeOf(ask('nothing', {}))).toBe('NOT-FOUND')
    expect(await codeOf(ask(exam.id, { reason: ' ' }))).toBe('BAD-REQUEST')
    expect(await codeOf(ask(exam.id, { reason: '长'.repeat(1001) }))).toBe('BAD-REQUEST')
  })

  test('names the platform’s own number of the exam and who wrote it, and is noted in the audit log', async () => {
    const exam = await bench.register()
    await bench.image(exam)
    await bench.release(exam.id)
    await bench.delivered(exam.id)
    const key = `220100001/${exam.accessionNumber}`
    const [text] = pagesOf(await ask(exam.id, { destinationId: bench.jilinIds[1]! }))
    for (const words of ['省影像云2', bench.jilin[1]!.ledger.exams[key]!.examId, exam.accessionNumber, '王医生'])
      expect(withoutSpaces(text!), words).toContain(words)
    const entries = await bench.admin.call(routes.auditList, { query: { subjectKind: 'exam', subjectId: exam.id } })
    expect(entries.find((one) => one.action === 'write-correction-letter')).toMatchObject({ actor: 'wang' })
    expect(await codeOf(ask(exam.id, { destinationId: bench.aimisIds[0]! }))).not.toBe('ok')
  })

  test('is printed where reports are, and counted as what it is once the printer has it', async () => {
    const exam = await bench.register()
    await bench.image(exam)
    await bench.release(exam.id)
    await bench.delivered(exam.id)
    const params = { id: exam.id }
    const body = { destinationId: bench.jilinIds[0]!, reason: '选错患者' }
    const print = () => bench.doctor.call(routes.correctionLetterPrint, { params, body })
    const straight = await print()
    expect(straight).toMatchObject({ widthMicrons: 210_000, heightMicrons: 297_000, withoutQr: 0, notices: [] })
    await bench.admin.call(routes.settingsChange, { body: { printing: { report: { offsetX: 25 } } } })
    const paper = await print()
    expect(paper.pdf).not.toBe(straight.pdf)
    expect(withoutSpaces(pagesOf(Buffer.from(paper.pdf, 'base64')).join(''))).toContain('一、更正原因选错患者')
    expect(await bench.admin.call(routes.printHistory, { params })).toEqual([])

    const handed = { kind: 'correction-letter', how: 'silent', printer: 'A4', copies: 2 } as const
    await bench.doctor.call(routes.printDone, { body: { ...handed, ticket: paper.ticket } })
    expect(await bench.admin.call(routes.printHistory, { params })).toMatchObject([
      { kind: 'correction-letter', by: 'wang', withQr: null, copies: 2, printer: 'A4' },
    ])
    const { prints } = await bench.admin.call(routes.examRead, { params })
    expect(prints, 'a letter is neither card nor report').toEqual({ card: 0, report: 0 })
    const audit = await bench.admin.call(routes.auditList, { query: { subjectKind: 'exam', subjectId: exam.id } })
    expect(audit.filter((one) => one.action === 'print-correction-letter')).toMatchObject([{ actor: 'wang' }])
    expect(await codeOf(bench.doctor.call(routes.printDone, { body: handed })), 'without its ticket').toBe(
      'BAD-REQUEST',
    )
  })

  test('for a printer is refused as the letter itself is', async () => {
    const exam = await bench.register()
    const print = (id: string, body: object) =>
      bench.doctor.call(routes.correctionLetterPrint, {
        params: { id },
        body: { destinationId: bench.jilinIds[0]!, reason: '选错患者', ...body },
      })
    expect(await codeOf(print(exam.id, {}))).toBe('NOT-DELIVERED')
    expect(await codeOf(print(exam.id, { reason: '' }))).toBe('BAD-REQUEST')
    expect(await codeOf(print('nothing', {}))).toBe('NOT-FOUND')
  })
})
