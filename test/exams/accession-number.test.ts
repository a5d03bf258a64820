import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formatNumber } from '../../electron/station/exams/accession-number.ts'
import { modalitySchema } from '../../shared/models/exam.ts'
import { codeOf, expectOk, morning, openRooms, type Rooms } from '../db/rooms-for-tests.ts'

const modality = fc.constantFrom(...modalitySchema.options)
const piece = fc.constantFrom('{modality}', '{YYYY}', '{YY}', '{MM}', '{DD}', 'A', 'CL', '-', '7')
const pattern = fc
  .tuple(fc.array(piece, { maxLength: 6 }), fc.integer({ min: 1, max: 8 }), fc.array(piece, { maxLength: 2 }))
  .map(([before, digits, after]) => `${before.join('')}{${'n'.repeat(digits)}}${after.join('')}`)
const moment = fc.integer({ min: Date.parse('2000-01-01T00:00:00Z'), max: Date.parse('2099-12-31T00:00:00Z') })

describe('an accession number', () => {
  test('is written by its pattern, in the day of China', () => {
    const at = Date.parse('2026-11-21T00:05:00+08:00')
    expect(formatNumber('accession', '{modality}{YY}{MM}{DD}{nnnn}', { at, modality: 'DR', running: 7 })).toEqual({
      ok: true,
      value: 'DR2611210007',
    })
    expect(formatNumber('accession', '{YYYY}-{MM}-{nnn}', { at, modality: 'CT', running: 12 })).toEqual({
      ok: true,
      value: '2026-11-012',
    })
  })

  test('is never longer than 16 characters and only of characters that every side can carry', () => {
    fc.assert(
      fc.property(pattern, modality, moment, fc.nat(99_999_999), (text, kind, at, running) => {
        const number = formatNumber('accession', text, { at, modality: kind, running })
        if (number.ok) expect(number.value).toMatch(/^[A-Za-z0-9._-]{1,16}$/)
        else expect(['NUMBER-EXHAUSTED', 'NUMBER-PATTERN']).toContain(number.problem.code)
      }),
      { numRuns: 3000 },
    )
  })

  test('has another text for another running number, or none', () => {
    fc.assert(
      fc.property(pattern, modality, moment, fc.nat(5000), fc.nat(5000), (text, kind, at, a, b) => {
        const [first, second] = [a, b].map((running) =>
          formatNumber('accession', text, { at, modality: kind, running }),
        )
        if (a !== b && first?.ok && second?.ok) expect(first.value).not.toBe(second.value)
      }),
      { numRuns: 2000 },
    )
  })

  test('ends with NUMBER-EXHAUSTED when its digits are used up, not with a longer or a repeated number', () => {
    const parts = { at: morning, modality: 'DR' }
    expect(formatNumber('accession', '{modality}{nn}', { ...parts, running: 99 })).toEqual({ ok: true, value: 'DR99' })
    expect(codeOf(formatNumber('accession', '{modality}{nn}', { ...parts, running: 100 }))).toBe('NUMBER-EXHAUSTED')
  })

  test('a pattern that cannot fit 16 characters is refused by name', () => {
    const parts = { at: morning, modality: 'ECG', running: 1 }
    expect(codeOf(formatNumber('accession', '{modality}{YYYY}{MM}{DD}{nnnnnn}', parts))).toBe('NUMBER-PATTERN')
    expect(codeOf(formatNumber('accession', '{modality}{YYYY}', parts))).toBe('NUMBER-PATTERN')
    expect(codeOf(formatNumber('accession', '检查{nnnn}', parts))).toBe('NUMBER-PATTERN')
  })
})

describe('the numbers that registration hands out', () => {
  let rooms: Rooms
  beforeEach(async () => {
    rooms = await openRooms()
  })
  afterEach(() => rooms.close())

  const changePattern = (accessionPattern: string) =>
    rooms.settings.change({ numbering: { accessionPattern } }, 'admin')

  test('are unique over thousands of exams of several days and kinds', () => {
    const numbers: string[] = []
    const uids: string[] = []
    rooms.db.transaction(() => {
      for (let i = 0; i < 2400; i++) {
        if (i % 400 === 399) rooms.advance(24 * 3600_000)
        const exam = expectOk(rooms.register({ name: `人${i}` }, { modality: modalitySchema.options[i % 7] }))
        numbers.push(exam.accessionNumber)
        uids.push(exam.studyInstanceUid)
      }
    })()
    expect(new Set(numbers).size).toBe(2400)
    expect(new Set(uids).size).toBe(2400)
    expect(numbers.every((number) => number.length <= 16)).toBe(true)
    expect(uids.every((uid) => uid.length <= 64 && /^[0-9.]+$/.test(uid))).toBe(true)
  })

  test('begin again at 1 on the next day, and each kind has its own', () => {
    expect(expectOk(rooms.register()).accessionNumber).toBe('DR2611210001')
    expect(expectOk(rooms.register()).accessionNumber).toBe('DR2611210002')
    expect(expectOk(rooms.register({}, { modality: 'CT' })).accessionNumber).toBe('CT2611210001')
    rooms.advance(24 * 3600_000)
    expect(expectOk(rooms.register()).accessionNumber).toBe('DR2611220001')
  })

  test('that are used up refuse the registration and leave nothing behind', () => {
    expectOk(changePattern('{YY}{MM}{DD}{n}'))
    for (let i = 0; i < 9; i++) expectOk(rooms.register())
    const before = ['exam', 'patient', 'audit', 'outbox_task'].map(rooms.count)
    expect(codeOf(rooms.register())).toBe('NUMBER-EXHAUSTED')
    expect(codeOf(rooms.register())).toBe('NUMBER-EXHAUSTED')
    expect(['exam', 'patient', 'audit', 'outbox_task'].map(rooms.count)).toEqual(before)
    expectOk(changePattern('{YY}{MM}{DD}{nnn}'))
    expect(expectOk(rooms.register()).accessionNumber).toBe('261121010')
  })

  test('stay unique when the pattern is changed to one that writes the same text', () => {
    const first = expectOk(rooms.register()).accessionNumber
    expectOk(changePattern('DR{YY}{MM}{DD}{nnnn}'))
    const second = rooms.register()
    expect(codeOf(second)).toBe('ok')
    expect(expectOk(second).accessionNumber).not.toBe(first)
  })

  test('a pattern that could never make a number is refused when it is set, not at the next registration', () => {
    for (const bad of ['{modality}{YYYY}{MM}{DD}{nnnnnnnn}', '{YY}{hour}{nnnn}', '{nn}-{nn}']) {
      expect(codeOf(changePattern(bad)), bad).not.toBe('ok')
    }
    expect(codeOf(rooms.settings.change({ numbering: { patientPattern: 'P{YY}' } }, 'admin'))).not.toBe('ok')
    expect(codeOf(rooms.register())).toBe('ok')
  })
})
