import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codesOn, pagesOf, sizeOf } from '../documents/read-paper.ts'
import { describeWith } from '../peers.ts'
import { errorOf, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { registration } from './fixtures.ts'

let station: StationForTests
beforeAll(async () => {
  station = await startStation()
}, 60_000)
afterAll(() => station.stop())

const done = { how: 'silent', printer: 'Label_60x40', copies: 1 } as const

/** A stroke on white paper, as a phone would have it. */
function strokeInBase64(): string {
  const png = new PNG({ width: 300, height: 120 })
  png.data.fill(255)
  for (let x = 40; x < 260; x += 1) for (let y = 55; y < 62; y += 1) png.data.set([10, 10, 60, 255], (y * 300 + x) * 4)
  return PNG.sync.write(png).toString('base64')
}

/** An image, so that there is something to report on. */
async function attachPicture(examId: string): Promise<void> {
  const boundary = 'print-test'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n`
  const body = Buffer.concat([
    Buffer.from(head),
    Buffer.from(strokeInBase64(), 'base64'),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const headers = {
    authorization: `Bearer ${station.token}`,
    'content-type': `multipart/form-data; boundary=${boundary}`,
  }
  const answer = await station.send('POST', `/api/exams/${examId}/attachments`, { body, headers })
  expect(answer.status).toBe(200)
}

async function account(username: string, role: 'doctor' | 'registrar') {
  const made = await station.api.accountCreate({
    body: { username, displayName: username, doctorCode: username, role, password: 'Password-1' },
  })
  return { id: made.id, api: station.apiAs(await station.logIn(username, 'Password-1')) }
}

describe('printing a card', () => {
  test('is counted once the printer has it, with who and where, and not before', async () => {
    const { id } = await station.api.examRegister({ body: registration() })
    const paper = await station.api.printPrepare({ body: { kind: 'card', examIds: [id], paper: 'label-60x40' } })
    expect(paper).toMatchObject({ widthMicrons: 60_000, heightMicrons: 40_000, withoutQr: 1 })
    expect(await station.api.printHistory({ params: { id } })).toEqual([])
    await station.api.printDone({ body: { kind: 'card', ticket: paper.ticket, ...done } })
    expect(await station.api.printHistory({ params: { id } })).toMatchObject([
      { kind: 'card', by: 'admin', withQr: false, printer: 'Label_60x40', copies: 1 },
    ])
    expect((await station.api.examRead({ params: { id } })).prints).toEqual({ card: 1, report: 0 })
    const audit = await station.api.auditList({ query: {} })
    expect(audit.filter((row) => row.action === 'print-card' && row.subjectId === id)).toHaveLength(1)
  })

  test('of an exam that is not there, or of none, is refused', async () => {
    const body = { kind: 'card', examIds: ['nothing'] } as const
    expect(errorOf(await station.call('printPrepare', { body })).code).toBe('NOT-FOUND')
    expect(errorOf(await station.call('printPrepare', { body: { kind: 'card' } })).code).toBe('BAD-REQUEST')
    const unknown = { kind: 'card', ticket: 'nothing', ...done } as const
    expect(errorOf(await station.call('printDone', { body: unknown })).code).toBe('NOT-FOUND')
  })

  test('of a cancelled exam is refused, among others too', async () => {
    const { id } = await station.api.examRegister({ body: registration() })
    const { id: other } = await station.api.examRegister({ body: registration() })
    await station.api.examCancel({ params: { id }, body: { reason: '患者离开' } })
    const refused = await station.call('printPrepare', { body: { kind: 'card', examIds: [other, id] } })
    expect(errorOf(refused).code).toBe('EXAM-CANCELLED')
    expect(errorOf(await station.call('cardPdf', { params: { id } })).code).toBe('EXAM-CANCELLED')
  })

  test('many stand on one sheet of A4', async () => {
    const examIds = await Promise.all(
      [1, 2, 3].map(async () => (await station.api.examRegister({ body: registration() })).id),
    )
    const paper = await station.api.printPrepare({ body: { kind: 'card', examIds, paper: 'a4-8up', startAt: 7 } })
    expect(paper).toMatchObject({ widthMicrons: 210_000, heightMicrons: 297_000, withoutQr: 3 })
  })

  test('of a report that is not released is refused', async () => {
    const { id } = await station.api.examRegister({ body: registration() })
    const refused = await station.call('printPrepare', { body: { kind: 'report', examIds: [id] } })
    expect(errorOf(refused).code).toBe('REPORT-NOT-RELEASED')
  })

  test('of a report that is still written is a preview: it is counted, and not as a report', async () => {
    const { id } = await station.api.examRegister({ body: registration() })
    const params = { id }
    const nothingYet = await station.call('printPrepare', { body: { kind: 'preview', examIds: [id] } })
    expect(errorOf(nothingYet).code).toBe('REPORT-NOT-RELEASED')
    await attachPicture(id)
    await station.api.reportSave({ params, body: { findings: '双肺清晰。', impression: '未见异常。' } })
    const { api } = await account('desk-preview', 'registrar')
    await expect(api.printPrepare({ body: { kind: 'preview', examIds: [id] } })).rejects.toThrow(/ROLE-NEEDED/)
    const paper = await station.api.printPrepare({ body: { kind: 'preview', examIds: [id] } })
    expect(Buffer.from(paper.pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
    await station.api.printDone({ body: { kind: 'preview', ticket: paper.ticket, ...done } })
    expect(await station.api.printHistory({ params })).toMatchObject([{ kind: 'preview', withQr: null }])
    expect((await station.api.examRead({ params })).prints).toEqual({ card: 0, report: 0 })
    const audit = await station.api.auditList({ query: {} })
    expect(audit.filter((row) => row.action === 'print-preview' && row.subjectId === id)).toHaveLength(1)
  })
})

describe('a paper that came from elsewhere', () => {
  test('is counted at the exam where it was opened, as neither card nor report', async () => {
    const { id } = await station.api.examRegister({ body: registration() })
    const params = { id }
    const handed = { kind: 'outside-paper', ...done } as const
    await station.api.printDone({ body: { ...handed, examId: id } })
    expect(await station.api.printHistory({ params })).toMatchObject([
      { kind: 'outside-paper', by: 'admin', withQr: null, printer: 'Label_60x40' },
    ])
    expect((await station.api.examRead({ params })).prints).toEqual({ card: 0, report: 0 })
    const audit = await station.api.auditList({ query: {} })
    expect(audit.filter((row) => row.action === 'print-outside-paper' && row.subjectId === id)).toHaveLength(1)
    for (const examId of [undefined, 'nothing'])
      expect(errorOf(await station.call('printDone', { body: { ...handed, examId } })).code).toBe('NOT-FOUND')
  })

  test('needs no ticket, while what the station makes cannot be counted without its own', async () => {
    const { id } = await station.api.examRegister({ body: registration() })
    for (const kind of ['card', 'report', 'preview', 'correction-letter', 'calibration'] as const) {
      const answer = await station.call('printDone', { body: { kind, examId: id, ...done } })
      expect(errorOf(answer).code, kind).toBe('BAD-REQUEST')
    }
    expect(await station.api.printHistory({ params: { id } })).toEqual([])
  })
})

describeWith(['pdftotext', 'zbarimg'], 'the paper for the printer', () => {
  test('is moved by the offsets of the printer, and nothing of it is lost', async () => {
    const { id, accessionNumber } = await station.api.examRegister({ body: registration() })
    const pdfOf = async () => {
      const body = { kind: 'card' as const, examIds: [id], paper: 'bag-100x70' as const }
      return Buffer.from((await station.api.printPrepare({ body })).pdf, 'base64')
    }
    const straight = await pdfOf()
    await station.api.settingsChange({ body: { printing: { card: { offsetX: 25, offsetY: -10 } } } })
    const moved = await pdfOf()
    await station.api.settingsChange({ body: { printing: { card: { offsetX: 0, offsetY: 0 } } } })
    expect(moved.equals(straight)).toBe(false)
    expect(sizeOf(moved)).toEqual(sizeOf(straight))
    expect(codesOn(moved, 300)).toContain(`CODE-128:${accessionNumber}`)
  })

  test('for calibration has a ruler, a QR and bars that a scanner reads, on every paper', async () => {
    for (const card of ['receipt-80', 'label-60x40', 'label-50x30', 'a4-8up'] as const) {
      const paper = await station.api.printPrepare({ body: { kind: 'calibration', paper: card } })
      const pdf = Buffer.from(paper.pdf, 'base64')
      expect(pagesOf(pdf)).toHaveLength(1)
      expect(pagesOf(pdf)[0]).toContain('标尺全长')
      expect(codesOn(pdf, 406)).toContain('QR-Code:https://example.com/yingzhan-print-test')
    }
  })
})

describe('pictures on papers', () => {
  test('a signature is set by the person or an administrator, and by nobody else', async () => {
    const [doctor, other] = [await account('wang', 'doctor'), await account('li', 'registrar')]
    const params = { id: doctor.id }
    const body = { picture: strokeInBase64() }
    const refused = await station.call('signatureSave', {
      params,
      body,
      token: await station.logIn('li', 'Password-1'),
    })
    expect(errorOf(refused).code).toBe('ROLE-NEEDED')
    await expect(other.api.signatureRead({ params })).rejects.toThrow()
    await doctor.api.signatureSave({ params, body })
    const seen = await station.call('signatureRead', { params, token: await station.logIn('wang', 'Password-1') })
    expect(seen.headers['content-type']).toContain('image/png')
    expect(PNG.sync.read(seen.bytes).width).toBeGreaterThan(200)
    await station.api.signatureRemove({ params })
    expect((await station.call('signatureRead', { params })).status).toBe(404)
    const audit = await station.api.auditList({ query: {} })
    expect(audit.map((row) => row.action)).toEqual(expect.arrayContaining(['save-signature', 'remove-signature']))
  })

  test.each([
    ['no picture', Buffer.from('hello').toString('base64')],
    ['half a PNG', Buffer.from(strokeInBase64(), 'base64').subarray(0, 200).toString('base64')],
    [
      'an empty sheet',
      PNG.sync
        .write(Object.assign(new PNG({ width: 50, height: 50 }), { data: Buffer.alloc(10_000, 255) }))
        .toString('base64'),
    ],
  ])('%s is refused in words', async (_name, picture) => {
    expect(errorOf(await station.call('logoSave', { body: { picture } })).code).toBe('INK-UNUSABLE')
    const { english } = errorOf(await station.call('logoSave', { body: { picture } }))
    expect(english).toMatch(/^This picture cannot be used on papers: [ -~]+$/)
  })

  test('a report keeps the logo and the letterhead with which it was released', async () => {
    await station.api.logoSave({ body: { picture: strokeInBase64() } })
    await station.api.settingsChange({
      body: { reporting: { singleDoctor: true }, paper: { letterhead: { name: '旧抬头' } } },
    })
    const { id } = await station.api.examRegister({ body: registration() })
    const params = { id }
    await attachPicture(id)
    await station.api.reportSave({ params, body: { findings: '未见异常', impression: '正常' } })
    for (const step of ['reportSubmit', 'reportApprove', 'reportRelease'] as const)
      await station.api[step]({ params, body: {} })
    const first = await station.call('reportPdf', { params })
    await station.api.logoRemove()
    await station.api.settingsChange({ body: { paper: { report: 'A5', letterhead: { name: '新抬头' } } } })
    const second = await station.call('reportPdf', { params, query: { preview: '1' } })
    expect(second.bytes.equals(first.bytes)).toBe(true)
    const printed = await station.api.printPrepare({ body: { kind: 'report', examIds: [id] } })
    expect(Buffer.from(printed.pdf, 'base64').equals(first.bytes)).toBe(true)
  })
})
