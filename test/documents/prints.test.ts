import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPaperInk } from '../../electron/station/documents/paper-ink.ts'
import { createPrints } from '../../electron/station/documents/prints.ts'
import { reportInk } from '../../electron/station/documents/report-ink.ts'
import { account, codeOf, expectOk, morning, openRooms, registration } from '../db/rooms-for-tests.ts'
import { sampleReport } from './sample-dossier.ts'

const handed = { how: 'silent', printer: 'Label', copies: 1 } as const
const card = (examId: string, withQr: boolean) => ({ kind: 'card' as const, entries: [{ examId, withQr }] })

let rooms: Awaited<ReturnType<typeof openRooms>>
let now = morning
beforeEach(async () => {
  now = morning
  rooms = await openRooms()
})
afterEach(() => rooms.close())

const open = () => createPrints({ db: rooms.db, clock: () => now, audit: rooms.audit, events: rooms.events })
const anExam = () => expectOk(rooms.exams.register(registration(), 'wang')).id

describe('prints', () => {
  test('a card without QR waits until one with QR was printed', () => {
    const prints = open()
    const id = anExam()
    expectOk(prints.done(prints.prepared(card(id, false)), 'wang', handed))
    expect(prints.reprints()).toEqual([{ examId: id, printedAt: morning }])
    now += 60_000
    expectOk(prints.done(prints.prepared(card(id, true)), 'wang', handed))
    expect(prints.reprints()).toEqual([])
    expect(prints.printsOf([id, 'another']).get(id)).toEqual({ card: 2, report: 0 })
    expect(prints.ofExam(id).map((print) => print.withQr)).toEqual([true, false])
  })

  test('printing a prepared paper twice counts twice, and after an hour it is prepared anew', () => {
    const prints = open()
    const id = anExam()
    const ticket = prints.prepared(card(id, true))
    expectOk(prints.done(ticket, 'wang', handed))
    expectOk(prints.done(ticket, 'wang', handed))
    expect(prints.printsOf([id]).get(id)?.card).toBe(2)
    now += 61 * 60_000
    expect(codeOf(prints.done(ticket, 'wang', handed))).toBe('NOT-FOUND')
  })

  test('what a person takes off the list stays off, and that is written down', () => {
    const prints = open()
    const id = anExam()
    expectOk(prints.done(prints.prepared(card(id, false)), 'wang', handed))
    expectOk(prints.dropReprint(id, 'li'))
    expect(prints.reprints()).toEqual([])
    expect(codeOf(prints.dropReprint(id, 'li'))).toBe('NOT-FOUND')
    expect(rooms.audit.about('exam', id).map((row) => row.action)).toContain('drop-reprint')
  })
})

describe('the signature on a report', () => {
  const wang = { ...account('wang', 'doctor', '王𬭎'), doctorCode: 'D01' }
  const report = { ...sampleReport, submittedBy: 'wang', approvedBy: 'wang' }
  const accountOf = (username: string) => (username === 'wang' ? wang : undefined)
  const openInk = () =>
    createPaperInk({
      db: rooms.db,
      box: rooms.box,
      clock: () => now,
      audit: rooms.audit,
      events: rooms.events,
      settings: rooms.settings.read,
    })

  test('is that of the moment of release, whatever was uploaded or removed since', () => {
    const ink = openInk()
    now = report.releasedAt! - 1000
    ink.save({ kind: 'account', id: wang.id }, Buffer.from('before'), 'wang')
    now = report.releasedAt! + 1000
    ink.save({ kind: 'account', id: wang.id }, Buffer.from('after'), 'wang')
    ink.remove({ kind: 'account', id: wang.id }, 'wang')
    expect(reportInk(report, ink, accountOf).reportSignature?.toString()).toBe('before')
    expect(reportInk({ ...report, state: 'approved' }, ink, accountOf).reportSignature).toBeUndefined()
  })

  test('stands there only for the person whose name is printed, and only after the step was taken', () => {
    const ink = openInk()
    now = report.releasedAt! - 1000
    ink.save({ kind: 'account', id: wang.id }, Buffer.from('ink'), 'wang')
    const { reportSignature, auditSignature } = reportInk(report, ink, accountOf)
    expect(reportSignature?.toString()).toBe('ink')
    expect(auditSignature).toBeUndefined()
    expect(reportInk({ ...report, state: 'draft' }, ink, accountOf).reportSignature).toBeUndefined()
  })

  test('lies sealed in the database', () => {
    openInk().save({ kind: 'logo' }, Buffer.from('a picture in clear'), 'wang')
    const rows = rooms.db.prepare<[], { picture: Buffer }>('select picture from paper_ink').all()
    expect(rows.map((row) => row.picture.includes('picture in clear'))).toEqual([false])
    expect(rows.map((row) => row.picture.includes(Buffer.from('a picture in clear').toString('base64')))).toEqual([
      false,
    ])
  })
})
