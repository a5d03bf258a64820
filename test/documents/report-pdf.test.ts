import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { createDocuments } from '../../electron/station/documents/documents.ts'
import { describeWith } from '../peers.ts'
import { codesOn, pagesOf, sizeOf } from './read-paper.ts'
import { sampleDossier, sampleReport, withReport } from './sample-dossier.ts'

const documents = createDocuments()
const filmUrl = 'https://film.example.cn/view?examId=2201000000012345&sign=1f3870be274f6c49b3e31a0c6728957f'

async function printed(...parameters: Parameters<typeof documents.reportPdf>) {
  const outcome = await documents.reportPdf(...parameters)
  if (outcome.kind !== 'printed') throw new Error(`printed expected, got ${outcome.kind}`)
  return outcome
}

describe('a report as PDF', () => {
  test('the same report makes the same bytes, whenever it is printed', async () => {
    const hashes = await Promise.all(
      [documents, documents, createDocuments()].map(async (room) => {
        const outcome = await room.reportPdf(sampleDossier, { filmUrl })
        if (outcome.kind !== 'printed') throw new Error('printed expected')
        return createHash('sha256').update(outcome.pdf).digest('hex')
      }),
    )
    expect(new Set(hashes).size).toBe(1)
  })

  test('is small: between 20 and 100 KB', async () => {
    const { pdf } = await printed(sampleDossier, { filmUrl })
    expect(pdf.length).toBeGreaterThan(20_000)
    expect(pdf.length).toBeLessThan(100_000)
  })

  test('of an exam without report there is none', async () => {
    expect(await documents.reportPdf({ ...sampleDossier, report: undefined })).toEqual({ kind: 'no-report' })
  })

  test('a character that the font lacks is named in a notice, once', async () => {
    const { notices } = await printed(withReport({ findings: '会诊医生：张𪚥、李𪚥。', impression: '😀' }))
    expect(notices).toEqual([
      { kind: 'missing-character', character: '𪚥', codePoint: 'U+2A6A5' },
      { kind: 'missing-character', character: '😀', codePoint: 'U+1F600' },
    ])
  })

  test('marks that only join or direct other characters are no loss', async () => {
    const { notices } = await printed(withReport({ findings: '\ufeff肝\u200b脏\u0000\ufe0f\r\n正\t常' }))
    expect(notices).toEqual([])
  })

  test.each([
    ['javascript:alert(1)', 'no-web-address'],
    [`https://film.example.cn/${'a'.repeat(2400)}`, 'too-long'],
  ])('an address that cannot be scanned is left out, with a notice', async (address, reason) => {
    const { notices } = await printed(sampleDossier, { filmUrl: address })
    expect(notices).toEqual([{ kind: 'unusable-qr', reason }])
  })

  test('one above 2 MiB is refused, with its size', async () => {
    const everyCharacter = Array.from({ length: 20_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('')
    const outcome = await documents.reportPdf(withReport({ findings: everyCharacter }))
    expect(outcome).toMatchObject({ kind: 'too-large', limit: 2 * 1024 * 1024 })
  })
})

describeWith(['pdftotext'], 'a report read back', () => {
  let text: string
  beforeAll(async () => {
    text = pagesOf((await printed(sampleDossier, { filmUrl })).pdf).join('')
  })

  test.each([
    '长春市惠民综合门诊部',
    '超声检查报告单',
    '张䶮㛃',
    '34岁',
    'US2601050001',
    'P26000012',
    '门诊',
    'MZ20260105001',
    '内科',
    '李建国',
    '肝胆胰脾彩超',
    '上腹部不适 3 天',
    '2026-01-05 09:30',
    '超声所见',
    '胆囊大小约 68×29 mm',
    '超声提示',
    '胆囊结石',
    '阳性',
    '三个月后复查',
    '报告医生： 王𬭎',
    '2026-01-05 10:10',
    '审核医生： 赵明',
    '2026-01-05 10:20',
    '扫码查看影像与报告',
    '本报告仅供临床参考',
    '第 1/1 页',
    '0431-88886666',
  ])('says %s', (words) => {
    expect(text).toContain(words)
  })

  test('keeps the identity number and the phone number to itself', () => {
    expect(text).not.toContain('220104199105060023')
    expect(text).not.toContain('13900001234')
  })

  test('is A4 upright, or A5 lying: half a sheet; A5 upright where that saves a page', async () => {
    const short = withReport({ advice: undefined })
    expect(sizeOf((await printed(sampleDossier)).pdf)).toEqual([595.28, 841.89])
    expect(sizeOf((await printed(short, { paper: { report: 'A5' } })).pdf)).toEqual([595.28, 419.53])
    const upright = (await printed(sampleDossier, { paper: { report: 'A5' } })).pdf
    expect([sizeOf(upright), pagesOf(upright).length]).toEqual([[419.53, 595.28], 1])
  })

  test.each([
    ['A4', 'landscape', 841.89, 595.28],
    ['A5', 'portrait', 419.53, 595.28],
    ['A5', 'landscape', 595.28, 419.53],
  ] as const)('lies as it is told: %s %s', async (report, reportTurn, width, height) => {
    const { pdf } = await printed(sampleDossier, { paper: { report, reportTurn }, filmUrl })
    expect(sizeOf(pdf)).toEqual([width, height])
    expect(codesOn(pdf, 300)).toContain('CODE-128:US2601050001')
  })

  test('of a radiograph it speaks of findings and diagnosis', async () => {
    const exam = { ...sampleDossier.exam, modality: 'DR' as const }
    const [page = ''] = pagesOf((await printed({ ...sampleDossier, exam })).pdf)
    expect(page).toContain('X 线检查报告单')
    expect(page).toContain('影像所见')
    expect(page).toContain('影像诊断')
  })

  test('without a film address there is neither QR nor a promise of one', async () => {
    const { pdf, notices } = await printed(sampleDossier)
    expect(pagesOf(pdf).join('')).not.toContain('扫码')
    expect(notices).toEqual([])
  })

  test('an amended version says which one it replaces and why, a first version says nothing of the kind', async () => {
    const { pdf } = await printed(withReport({ version: 2, amendReason: '更正测量值' }))
    const [page = ''] = pagesOf(pdf)
    expect(page).toContain('第 2 版，替代第 1 版')
    expect(page).toContain('更正测量值')
    expect(text).not.toContain('替代')
  })

  test('a critical finding is marked, an undetermined result is not', async () => {
    const [page = ''] = pagesOf((await printed(withReport({ critical: true, positive: 'undetermined' }))).pdf)
    expect(page).toContain('危急值')
    expect(page).not.toContain('阳性')
  })

  test('before release it says so on the page', async () => {
    const [page = ''] = pagesOf((await printed(withReport({ state: 'approved' }))).pdf)
    expect(page).toContain('未发布，仅供预览')
  })

  test('〓 stands where a character is missing', async () => {
    const [page = ''] = pagesOf((await printed(withReport({ findings: '张𪚥医生会诊' }))).pdf)
    expect(page).toContain('张〓医生会诊')
  })

  test('empty findings and doctors still make a proper page', async () => {
    const empty = {
      findings: '',
      impression: ' \n ',
      advice: undefined,
      reportDoctor: undefined,
      auditDoctor: undefined,
    }
    const [page = ''] = pagesOf((await printed(withReport(empty))).pdf)
    expect(page).toContain('超声所见')
    expect(page).toContain('—')
    expect(page).toContain('报告医生：')
  })

  test('a long report flows over the pages, every sentence once, every page named and numbered', async () => {
    const sentences = Array.from(
      { length: 120 },
      (_, index) => `第${index + 1}段：${'肝实质回声均匀，血管走行清晰。'.repeat(3)}`,
    )
    const pages = pagesOf((await printed(withReport({ findings: sentences.join('\n') }), { filmUrl })).pdf)
    expect(pages.length).toBeGreaterThanOrEqual(3)
    pages.forEach((page, index) => {
      expect(page).toContain(`第 ${index + 1}/${pages.length} 页`)
      expect(page).toContain('本报告仅供临床参考')
      expect(page).toContain('张䶮㛃')
      expect(page).toContain('US2601050001')
    })
    const whole = pages.join('')
    for (let index = 1; index <= 120; index += 1) expect(whole.split(`第${index}段`)).toHaveLength(2)
    expect(pages.at(-1)).toContain(sampleReport.auditDoctor?.name)
  })

  test('any length of text ends with one signature block, on either paper', async () => {
    for (const paper of ['A4', 'A5'] as const) {
      for (let lines = 1; lines <= 40; lines += 3) {
        const findings = Array.from({ length: lines }, () => '肝实质回声均匀。').join('\n')
        const pages = pagesOf((await printed(withReport({ findings }), { paper: { report: paper }, filmUrl })).pdf)
        expect(pages.join('').split('审核医生')).toHaveLength(2)
        expect(pages.at(-1)).toContain('审核医生')
      }
    }
  })

  test('a long institution name and long fields stay on the page', async () => {
    const institution = { ...sampleDossier.institution, name: '惠民综合门诊部'.repeat(8) }
    const exam = {
      ...sampleDossier.exam,
      itemName: '彩色多普勒超声检查'.repeat(7),
      clinicalDiagnosis: '不适'.repeat(200),
    }
    const [page = ''] = pagesOf((await printed({ ...sampleDossier, institution, exam })).pdf)
    expect(page).toContain(institution.name)
    expect(page.replace(/\s/g, '').split('不适')).toHaveLength(201)
  })
})

describeWith(['pdftotext', 'zbarimg'], 'the codes on a report', () => {
  test('a scanner reads the film address and the accession number from an office printer, on either paper', async () => {
    for (const paper of ['A4', 'A5'] as const) {
      const codes = codesOn(
        (await printed(withReport({ advice: undefined }), { paper: { report: paper }, filmUrl })).pdf,
        300,
      )
      expect(codes).toEqual(expect.arrayContaining([`QR-Code:${filmUrl}`, 'CODE-128:US2601050001']))
    }
  })

  test('where no cloud gave a film address, the QR of the registration leads there; nothing leads to what was deleted', async () => {
    const atRegistration = 'https://imaging.example.cn/q/8c1f'
    const qrImage = (await documents.qrPng(atRegistration))?.toString('base64')
    const step = { subject: '', version: '1', at: 1 } as const
    const withQr = {
      ...sampleDossier,
      delivered: [{ ...step, destinationId: 'tencent', step: 'study-qr', result: { qrImage } } as const],
    }
    const withFilm = {
      ...withQr,
      delivered: [
        { ...step, destinationId: 'province', step: 'film-url', result: { url: filmUrl } } as const,
        ...withQr.delivered,
      ],
    }
    const qrOf = async (dossier: typeof withQr | typeof withFilm, retractedFrom: string[] = []) =>
      codesOn((await printed({ ...dossier, retractedFrom })).pdf, 300).filter((code) => code.startsWith('QR'))
    expect(await qrOf(withQr)).toEqual([`QR-Code:${atRegistration}`])
    expect(await qrOf(withFilm)).toEqual([`QR-Code:${filmUrl}`])
    expect(await qrOf(withFilm, ['province'])).toEqual([`QR-Code:${atRegistration}`])
    expect(await qrOf(withFilm, ['province', 'tencent'])).toEqual([])
  })

  test('without a film address only the accession number is there', async () => {
    expect(codesOn((await printed(sampleDossier)).pdf, 300)).toEqual(['CODE-128:US2601050001'])
  })
})
