import { expect, test } from 'vitest'
import {
  filterFromSaved,
  filterToSave,
  isNarrowed,
  listQueryOf,
  readFilter,
  wholeDay,
  writeFilter,
} from '../../renderer/features/board/board-filter.ts'
import { daysOf, rangeChoice, readDayChoice } from '../../renderer/features/board/date-preset.ts'
import { savedFilterSchema } from '../../shared/models/board.ts'

const wednesday = Date.parse('2026-11-25T12:00:00+08:00')
const narrow = {
  ...wholeDay,
  days: 'last-week',
  text: '张三',
  state: 'released',
  modality: 'DR',
  doctor: '李书写',
  flag: 'critical',
  lateFirst: true,
} as const

test('what stands in the address is what was chosen', () => {
  const address = new URLSearchParams(writeFilter(narrow))
  expect(readFilter(new URLSearchParams(address.toString()))).toEqual(narrow)
})

test('the station is asked for the order that was chosen', () => {
  expect(listQueryOf({ ...wholeDay, lateFirst: true }, wednesday).order).toBe('late')
  expect(listQueryOf(wholeDay, wednesday)).not.toHaveProperty('order')
})

test('the board out of the box has an empty address', () => {
  expect(writeFilter(wholeDay)).toEqual({})
  expect(readFilter(new URLSearchParams(''))).toEqual(wholeDay)
})

test('an address with nonsense is the board out of the box', () => {
  const nonsense = 'days=20261301-20261302&state=eaten&flag=%3Cscript%3E&late=yes'
  expect(readFilter(new URLSearchParams(nonsense))).toEqual(wholeDay)
  expect(readFilter(new URLSearchParams(`text=${'x'.repeat(500)}`)).text).toHaveLength(64)
})

test('weeks begin on Monday, and what runs ends today', () => {
  expect(daysOf('week', wednesday)).toEqual({ from: '2026-11-23', to: '2026-11-25' })
  expect(daysOf('last-week', wednesday)).toEqual({ from: '2026-11-16', to: '2026-11-22' })
  expect(daysOf('month', wednesday)).toEqual({ from: '2026-11-01', to: '2026-11-25' })
  expect(daysOf('year', wednesday)).toEqual({ from: '2025-11-25', to: '2026-11-25' })
})

test('a year before the 29th of February is the 28th', () => {
  expect(daysOf('year', Date.parse('2028-02-29T09:00:00+08:00'))).toEqual({ from: '2027-02-28', to: '2028-02-29' })
})

test('the first minutes after midnight in China belong to the new day, wherever the computer is', () => {
  const monday = Date.parse('2026-11-23T00:05:00+08:00')
  expect(daysOf('week', monday)).toEqual({ from: '2026-11-23', to: '2026-11-23' })
  expect(daysOf('last-week', monday)).toEqual({ from: '2026-11-16', to: '2026-11-22' })
})

test('own days are kept as they were chosen, and only in their order', () => {
  const choice = rangeChoice('2026-01-31', '2026-02-02')
  expect(daysOf(choice, wednesday)).toEqual({ from: '2026-01-31', to: '2026-02-02' })
  expect(readDayChoice(choice)).toBe(choice)
  expect(readDayChoice('20260202-20260131')).toBeUndefined()
  expect(readDayChoice('20260230-20260301')).toBeUndefined()
})

test('the station is asked only what narrows the list', () => {
  expect(listQueryOf({ ...wholeDay, days: 'everything', text: '  ' }, wednesday)).toEqual({})
  expect(listQueryOf(narrow, wednesday)).toEqual({
    from: '2026-11-16',
    to: '2026-11-22',
    text: '张三',
    state: 'released',
    modality: 'DR',
    doctor: '李书写',
    flag: 'critical',
    order: 'late',
  })
})

test('a filter that is kept passes the contract and comes back the same', () => {
  const own = { ...narrow, days: rangeChoice('2026-01-31', '2026-02-02') }
  const kept = savedFilterSchema.parse(filterToSave(' 上周阳性 ', own))
  expect(kept.name).toBe('上周阳性')
  expect(filterFromSaved(kept)).toEqual({ ...own, lateFirst: false })
  expect(filterFromSaved({ name: 'old', preset: 'gone', state: 'gone' })).toEqual(wholeDay)
})

test('days alone do not narrow', () => {
  expect(isNarrowed({ ...wholeDay, days: 'year' })).toBe(false)
  expect(isNarrowed({ ...wholeDay, flag: 'blocked' })).toBe(true)
})
