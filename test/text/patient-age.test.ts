import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageAt, ageInChinese, ageString, readAgeString, toldAgeAt, yearsOf } from '../../shared/text/patient-age.ts'

describe('the age of a patient', () => {
  test.each([
    ['2026-01-05', '2026-01-05', '0天', '000D'],
    ['2026-01-05', '2026-02-04', '30天', '030D'],
    ['2026-01-05', '2026-02-05', '1个月', '001M'],
    ['2026-01-31', '2026-02-28', '28天', '028D'],
    ['2026-01-31', '2026-03-01', '1个月', '001M'],
    ['2024-01-06', '2026-01-05', '23个月', '023M'],
    ['2024-01-05', '2026-01-05', '2岁', '002Y'],
    ['2004-02-29', '2022-02-28', '17岁', '017Y'],
    ['2004-02-29', '2022-03-01', '18岁', '018Y'],
    ['1991-05-06', '2026-05-05', '34岁', '034Y'],
    ['1991-05-06', '2026-05-06', '35岁', '035Y'],
    ['1920-01-01', '2026-05-06', '106岁', '106Y'],
    ['2026-01-06', '2026-01-05', '0天', '000D'],
  ])('born %s, on %s: %s, in DICOM %s', (birthDate, day, words, as) => {
    const age = ageAt(birthDate, day)
    expect(ageInChinese(age)).toBe(words)
    expect(ageString(age)).toBe(as)
    expect(readAgeString(as)).toEqual(age)
  })

  test.each([
    ['2026-01-05', '2026-01-30', '25天'],
    ['2024-01-06', '2026-01-05', '23个月'],
    ['2024-01-05', '2026-01-05', '2岁'],
    ['2022-11-05', '2026-01-05', '3岁2月'],
    ['2022-11-06', '2026-01-05', '3岁1月'],
    ['2019-01-06', '2026-01-05', '6岁11月'],
    ['2019-01-05', '2026-01-05', '7岁'],
    ['2016-11-05', '2026-01-05', '9岁'],
  ])('of a small child is told with its months: born %s, on %s: %s', (birthDate, day, words) => {
    expect(ageInChinese(toldAgeAt(birthDate, day))).toBe(words)
  })

  test('in an AS is read in its unit, weeks as days; anything else is none', () => {
    expect(readAgeString('012W')).toEqual({ value: 84, unit: 'D' })
    expect(readAgeString('34y ')).toEqual({ value: 34, unit: 'Y' })
    for (const text of ['', '34', 'Y', '34岁', '1234Y', '-34Y']) expect(readAgeString(text)).toBeUndefined()
    expect([
      yearsOf({ value: 23, unit: 'M' }),
      yearsOf({ value: 366, unit: 'D' }),
      yearsOf({ value: 34, unit: 'Y' }),
    ]).toEqual([1, 1, 34])
  })

  test('never falls as days go by', () => {
    const days = { Y: 365, M: 30, D: 1 } as const
    const dayText = (n: number) => new Date(Date.UTC(1990, 0, 1) + n * 86_400_000).toISOString().slice(0, 10)
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(20_000), (birth, later) => {
        const [today, tomorrow] = [later, later + 1].map((n) => ageAt(dayText(birth), dayText(birth + n)))
        if (!today || !tomorrow) throw new Error('two ages expected')
        expect(tomorrow.value * days[tomorrow.unit]).toBeGreaterThanOrEqual(
          today.unit === tomorrow.unit ? today.value * days[today.unit] : 0,
        )
      }),
    )
  })
})
