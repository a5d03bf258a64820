import { expect, test } from 'vitest'
import { failureWords } from '../../renderer/api/failure-words.ts'
import { StationError, unreachableCode } from '../../renderer/api/station-error.ts'
import { momentWords } from '../../renderer/clinic/moment.tsx'
import { ageWords } from '../../renderer/clinic/person-facts.tsx'
import { fieldPath } from '../../renderer/components/show-field-errors.ts'
import { daysOf } from '../../renderer/features/board/date-preset.ts'
import { dictionaries } from '../../renderer/text/dictionary.ts'

const noon = Date.parse('2026-11-22T12:00:00+08:00')

function emptyWords(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? emptyWords(value, `${path}${key}.`)
      : value === ''
        ? [`${path}${key}`]
        : [],
  )
}

test('no word is missing in either language', () => {
  expect(emptyWords(dictionaries['zh-CN'])).toEqual([])
  expect(emptyWords(dictionaries.en)).toEqual([])
})

test('a failure is shown in the station’s words, in the language chosen', () => {
  const words = { message: '不行', action: '请重试', english: 'No.', englishAction: 'Try again.' }
  const error = new StationError({ status: 409, code: 'X', ...words })
  expect(failureWords(error, 'zh-CN')).toEqual({ message: '不行', action: '请重试', code: 'X' })
  expect(failureWords(error, 'en')).toEqual({ message: 'No.', action: 'Try again.', code: 'X' })
  const silent = new StationError({ status: 0, code: unreachableCode, message: '', action: '' })
  expect(failureWords(silent, 'zh-CN').message).toBe('连不上影站服务')
})

test('a field is found however its path is written', () => {
  expect(fieldPath('patient.birthDate')).toEqual(['patient', 'birthDate'])
  expect(fieldPath('/exam/items/0')).toEqual(['exam', 'items', 0])
})

test('the days of a preset are the clinic’s days', () => {
  const afterMidnight = Date.parse('2026-11-22T00:30:00+08:00')
  expect(daysOf('today', afterMidnight)).toEqual({ from: '2026-11-22', to: '2026-11-22' })
  expect(daysOf('yesterday', afterMidnight)).toEqual({ from: '2026-11-21', to: '2026-11-21' })
  expect(daysOf('week', noon)).toEqual({ from: '2026-11-16', to: '2026-11-22' })
  expect(daysOf('everything', noon)).toEqual({})
})

test('a time says as much as it needs to', () => {
  expect(momentWords(noon - 3600_000, noon)).toBe('11:00')
  expect(momentWords(noon - 48 * 3600_000, noon)).toBe('11-20 12:00')
  expect(momentWords(Date.parse('2025-01-02T08:00:00+08:00'), noon)).toBe('2025-01-02 08:00')
})

test('an age is that of the day of the exam', () => {
  expect(ageWords('1990-11-23', noon, 'zh-CN')).toBe('35岁')
  expect(ageWords('2026-11-20', noon, 'zh-CN')).toBe('2天')
  expect(ageWords('2023-09-20', noon, 'zh-CN')).toBe('3岁2月')
  expect(ageWords('2023-09-20', noon, 'en')).toBe('3y 2mo')
  expect(ageWords('1990-11-23', noon, 'en')).toBe('35 y')
  expect(ageWords('', noon, 'zh-CN')).toBe('')
})
