import { PNG } from 'pngjs'
import { describe, expect, test } from 'vitest'
import { cardPlaces } from '../../electron/station/documents/card-papers.ts'
import { createDocuments } from '../../electron/station/documents/documents.ts'
import { cardPaperSchema } from '../../shared/models/printing.ts'
import { describeWith } from '../peers.ts'
import { codesOn, pagesOf, sizeOf } from './read-paper.ts'
import { sampleDossier } from './sample-dossier.ts'

const documents = createDocuments()
const address = 'https://pacs.example.com/h5/s?k=AbCdEf1234567890AbCdEf1234567890AbCdEf1234567890'
const papers = cardPaperSchema.options

/** As a gateway would send it. */
async function gatewayPicture(): Promise<string> {
  return (await documents.qrPng(address))?.toString('base64') ?? ''
}

async function printed(...parameters: Parameters<typeof documents.checkCard>) {
  const outcome = await documents.checkCard(...parameters)
  if (outcome.kind !== 'printed') throw new Error(`printed expected, got ${outcome.kind}`)
  return outcome
}

describe('a check card', () => {
  test('the same registration makes the same bytes', async () => {
    const qrPng = await gatewayPicture()
    const [first, second] = await Promise.all([0, 1].map(() => printed(sampleDossier, { qrPng })))
    expect(first?.pdf.equals(second?.pdf ?? Buffer.alloc(0))).toBe(true)
  })

  test.each(['aGVsbG8=', 'not base64 at all', ''])(
    'a picture that is none (%j) is left out, with a notice',
    async (qrPng) => {
      expect((await printed(sampleDossier, { qrPng })).notices).toEqual([{ kind: 'unusable-qr', reason: 'no-png' }])
    },
  )

  test('a picture of something else than a QR is left out, and the card says so in words', async () => {
    const png = new PNG({ width: 200, height: 200 })
    png.data.fill(200)
    const { notices, withQr } = await printed(sampleDossier, { qrPng: PNG.sync.write(png) })
    expect({ notices, withQr }).toEqual({ notices: [{ kind: 'unusable-qr', reason: 'unreadable' }], withQr: [false] })
  })

  test.each(['报告尚未生成', 'javascript:alert(1)', 'https://', 'http://a b/', 'https://user:pass@pacs.example.com/'])(
    'a QR that leads nowhere (%s) is not printed',
    async (text) => {
      const { notices, withQr } = await printed(sampleDossier, { qrPng: await documents.qrPng(text) })
      expect({ notices, withQr }).toEqual({
        notices: [{ kind: 'unusable-qr', reason: 'no-web-address' }],
        withQr: [false],
      })
    },
  )

  test('a damaged picture is left out, the address of the film takes its place', async () => {
    const qrPng = (await documents.qrPng(address)) ?? Buffer.alloc(0)
    const outcome = await printed(sampleDossier, {
      qrPng: qrPng.subarray(0, 300),
      filmUrl: 'https://film.example.cn/1',
    })
    expect(outcome.withQr).toEqual([true])
  })

  test('an address with more modules than the label has dots for is left out, with a notice', async () => {
    const filmUrl = `https://film.example.cn/${'a'.repeat(1200)}`
    const { notices, withQr } = await printed(sampleDossier, { filmUrl, paper: 'label-50x30' })
    expect({ notices, withQr }).toEqual({ notices: [{ kind: 'unusable-qr', reason: 'no-room' }], withQr: [false] })
  })

  test('eight stand on a sheet of A4, from the first label that is free', () => {
    expect(cardPlaces('a4-8up', 3, 8)).toEqual([
      { isNewPage: true, x: 105, y: 222.75 },
      { isNewPage: true, x: 0, y: 0 },
      { isNewPage: false, x: 105, y: 0 },
    ])
    expect(cardPlaces('label-60x40', 2, 5).map((place) => place.isNewPage)).toEqual([true, true])
  })
})

describeWith(['pdftotext', 'zbarimg'], 'a check card read back', () => {
  test.each([
    ['receipt-80', 80, 120],
    ['card-85x54', 85.6, 54],
    ['label-60x40', 60, 40],
    ['label-50x30', 50, 30],
    ['bag-100x70', 100, 70],
    ['a4-8up', 210, 297],
  ] as const)('a %s is one page of exactly %d × %d mm', async (paper, width, height) => {
    const { pdf } = await printed(sampleDossier, { paper, qrPng: await gatewayPicture() })
    const [points, high] = sizeOf(pdf)
    expect(points).toBeCloseTo((width / 25.4) * 72, 1)
    expect(high).toBeCloseTo((height / 25.4) * 72, 1)
    expect(pagesOf(pdf)).toHaveLength(1)
  })

  test('the receipt says who, what, when and where to ask', async () => {
    const [page = ''] = pagesOf((await printed(sampleDossier, { qrPng: await gatewayPicture() })).pdf)
    for (const words of [
      '长春市惠民综合门诊部',
      '检查卡',
      '张䶮㛃',
      '女',
      '34岁',
      'US2601050001',
      '肝胆胰脾彩超（上腹部）',
      '2026-01-05 09:10',
      '扫码查看影像与报告',
      '0431-88886666',
    ]) {
      expect(page.replaceAll(' ', '')).toContain(words.replaceAll(' ', ''))
    }
    expect(page).not.toContain('220104199105060023')
  })

  test.each(papers)('a %s without QR says that it comes with the report, and nothing to scan yet', async (paper) => {
    const [page = ''] = pagesOf((await printed(sampleDossier, { paper })).pdf)
    expect(page).toContain('报告发布后扫码')
    expect(page).not.toContain('扫码查看')
    expect(page).toContain('张䶮㛃')
  })

  test.each(papers)('a %s of a name that prints nothing is a card all the same', async (paper) => {
    const patient = { ...sampleDossier.patient, name: '\u0001\u0002' }
    expect(pagesOf((await printed({ ...sampleDossier, patient }, { paper })).pdf)).toHaveLength(1)
  })

  test.each(
    papers.flatMap((paper) => [true, false].map((hasQr) => [paper, hasQr ? 'with' : 'without', hasQr] as const)),
  )('a %s %s QR says a long item to its end, and its codes are read', async (paper, _, hasQr) => {
    const patient = { ...sampleDossier.patient, name: '阿卜杜拉·买买提·吐尔逊·艾合买提江' }
    const itemName = '彩色多普勒超声检查（肝胆胰脾双肾输尿管膀胱前列腺）常规'
    const exam = { ...sampleDossier.exam, itemName }
    const { pdf } = await printed({ ...sampleDossier, patient, exam }, hasQr ? { paper, filmUrl: address } : { paper })
    const [page = ''] = pagesOf(pdf)
    // The words under the QR stand beside it.
    expect(page.replace('扫码查看影像与报告', '').replaceAll(/\s/g, '')).toContain(`${itemName}（上腹部）`)
    expect(page).not.toContain('…')
    expect(codesOn(pdf, 406).toSorted()).toEqual(['CODE-128:US2601050001', ...(hasQr ? [`QR-Code:${address}`] : [])])
  })

  test.each(papers)('a %s keeps long names and items on its one page', async (paper) => {
    const patient = { ...sampleDossier.patient, name: '阿卜杜拉·买买提·吐尔逊·艾合买提江' }
    const exam = {
      ...sampleDossier.exam,
      itemName: '彩色多普勒超声检查'.repeat(7),
      accessionNumber: 'ABCDEFGHIJ-12345',
    }
    const pages = pagesOf((await printed({ ...sampleDossier, patient, exam }, { paper })).pdf)
    expect(pages).toHaveLength(1)
    expect(pages[0]).toContain('阿卜杜拉')
  })
})

describeWith(['pdftotext', 'zbarimg'], 'the codes on a check card', () => {
  test.each(papers)("a %s from a label printer (203 dots an inch) gives the gateway's address", async (paper) => {
    const { pdf } = await printed(sampleDossier, { paper, qrPng: await gatewayPicture() })
    expect(codesOn(pdf, 203)).toContain(`QR-Code:${address}`)
  })

  test.each(papers)('a %s with QR gives the accession number too', async (paper) => {
    const { pdf } = await printed(sampleDossier, { paper, qrPng: await gatewayPicture() })
    expect(codesOn(pdf, 406)).toEqual(expect.arrayContaining([`QR-Code:${address}`, 'CODE-128:US2601050001']))
  })

  test.each(papers)('a %s without QR gives the accession number', async (paper) => {
    expect(codesOn((await printed(sampleDossier, { paper })).pdf, 406)).toEqual(['CODE-128:US2601050001'])
  })
})
