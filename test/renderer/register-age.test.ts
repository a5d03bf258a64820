import { describe, expect, test } from 'vitest'
import { birthDateOfAge, readAge } from '../../renderer/features/register/age-and-birth.ts'
import { dictionaries } from '../../renderer/text/dictionary.ts'
import { ageAt } from '../../shared/text/patient-age.ts'

const age = (years: number, months = 0, days = 0) => ({ years, months, days })

describe('an age', () => {
  test('is read in the unit that was chosen, or with the units that were typed', () => {
    expect(readAge('34', 'Y')).toEqual(age(34))
    expect(readAge('5', 'D')).toEqual(age(0, 0, 5))
    expect(readAge('11', 'M')).toEqual(age(0, 11))
    for (const [text, read] of [
      ['34岁', age(34)],
      ['2岁3个月', age(2, 3)],
      ['2岁零3月', age(2, 3)],
      ['11个月', age(0, 11)],
      ['1月5天', age(0, 1, 5)],
      ['5d', age(0, 0, 5)],
      ['３４岁', age(34)],
    ] as const)
      expect(readAge(text, 'Y')).toEqual(read)
    for (const text of ['', '岁', 'x', '3岁x', '200岁', '200', '-3']) expect(readAge(text, 'Y')).toBeUndefined()
  })

  test('gives the birth date of so long ago, the last day of a month that is shorter', () => {
    expect(birthDateOfAge(age(34), '2026-11-21')).toBe('1992-11-21')
    expect(birthDateOfAge(age(0, 11), '2026-11-21')).toBe('2025-12-21')
    expect(birthDateOfAge(age(0, 0, 5), '2026-03-02')).toBe('2026-02-25')
    expect(birthDateOfAge(age(2, 3), '2026-01-31')).toBe('2023-10-31')
    expect(birthDateOfAge(age(0, 1), '2026-03-31')).toBe('2026-02-28')
    expect(birthDateOfAge(age(1), '2024-02-29')).toBe('2023-02-28')
  })

  test('says the same when it is shown again, on every day of a leap year', () => {
    for (let at = Date.UTC(2024, 0, 1); at <= Date.UTC(2024, 11, 31); at += 86_400_000) {
      const day = new Date(at).toISOString().slice(0, 10)
      for (const years of [2, 34, 99])
        expect(ageAt(birthDateOfAge(age(years), day)!, day)).toEqual({ value: years, unit: 'Y' })
      for (const months of [1, 11, 23])
        expect(ageAt(birthDateOfAge(age(0, months), day)!, day)).toEqual({ value: months, unit: 'M' })
      for (const days of [0, 5, 27])
        expect(ageAt(birthDateOfAge(age(0, 0, days), day)!, day)).toEqual({ value: days, unit: 'D' })
    }
  })
})

test('the age that stands in the field of a small child reads as itself again', () => {
  for (const words of [dictionaries['zh-CN'].register, dictionaries.en.register]) {
    const typed = words.ageTyped({ value: 3, unit: 'Y', months: 2 })
    expect(readAge(typed, 'Y')).toEqual({ years: 3, months: 2, days: 0 })
    expect(words.ageTyped({ value: 11, unit: 'M' })).toBe('11')
  }
})
