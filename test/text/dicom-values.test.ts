import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  daOfDay,
  dateTimeOf,
  dayOfDa,
  isCalendarDay,
  isUid,
  newUid,
  timeOfTm,
  tmOfTime,
} from '../../shared/text/dicom-values.ts'

describe('values as DICOM writes them', () => {
  test('a new UID is valid, short enough, and another one each time', () => {
    const uids = Array.from({ length: 200 }, newUid)
    expect(new Set(uids).size).toBe(200)
    for (const uid of uids) {
      expect(isUid(uid)).toBe(true)
      expect(uid).toMatch(/^2\.25\.\d{1,39}$/)
    }
  })

  test.each(['', '1', '1..2', '1.02', '.1.2', '1.2.', '1.2.a', `1.${'2'.repeat(63)}`])('%j is no UID', (text) => {
    expect(isUid(text)).toBe(false)
  })

  test('a day goes to DA and back', () => {
    const days = fc.date({ min: new Date('1800-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10)
        expect(dayOfDa(daOfDay(day))).toBe(day)
      }),
    )
  })

  test.each([
    ['20260105', '2026-01-05'],
    ['2026.01.05', '2026-01-05'],
    ['20260230', ''],
    ['', ''],
    ['unknown', ''],
  ])('DA %j is the day %j', (da, day) => {
    expect(dayOfDa(da)).toBe(day)
  })

  test.each([
    ['093012', '09:30:12'],
    ['093012.123456', '09:30:12'],
    ['0930', '09:30:00'],
    ['09', '09:00:00'],
    ['09:30:12 ', '09:30:12'],
    ['2561', ''],
    ['', ''],
  ])('TM %j is the time %j', (tm, time) => {
    expect(timeOfTm(tm)).toBe(time)
    if (/^\d{6}$/.test(tm)) expect(tmOfTime(time)).toBe(tm)
  })

  test('without a day there is no time, without a time it is midnight', () => {
    expect(dateTimeOf('20260105', '')).toBe('2026-01-05 00:00:00')
    expect(dateTimeOf('', '093012')).toBe('')
    expect(isCalendarDay('2024-02-29')).toBe(true)
    expect(isCalendarDay('2026-02-29')).toBe(false)
  })
})
