import { expect, test } from 'vitest'
import { fixOfLamp, lampsOf } from '../../renderer/clinic/exam-lamps.ts'
import { dayBy, leftOpen } from '../../renderer/features/day/day-lists.ts'
import { positiveRate, readDays, statisticDays } from '../../renderer/features/statistics/statistic-days.ts'
import type { DayPage } from '../../shared/models/board.ts'
import { type ExamRow, examStateSchema } from '../../shared/models/exam.ts'

const cloud = (more: Partial<ExamRow['lamps'][number]> = {}) => ({
  destinationId: 'd1',
  destinationName: '省影像云',
  kind: 'jilin',
  lamp: 'blocked' as const,
  ...more,
})
const lights = (state: ExamRow['state'], imageCount: number) =>
  lampsOf({ state, imageCount, lamps: [cloud({ lamp: 'none' })] }).map(({ kind, light }) => `${kind}:${light}`)

test('an exam shows registration, images, report and each destination', () => {
  expect(lights('registered', 0)).toEqual(['registration:delivered', 'images:waiting', 'report:none', 'jilin:none'])
  expect(lights('in-progress', 0)[1]).toBe('images:sending')
  expect(lights('imaged', 2)).toEqual(['registration:delivered', 'images:delivered', 'report:waiting', 'jilin:none'])
  expect(lights('returned', 2)[2]).toBe('report:blocked')
  expect(lights('released', 2)[2]).toBe('report:delivered')
  expect(lights('cancelled', 0).slice(0, 3)).toEqual(['registration:none', 'images:none', 'report:none'])
})

test('every state has a lamp for each of the three', () => {
  for (const state of examStateSchema.options) expect(lights(state, 1)).toHaveLength(4)
})

test('a red lamp leads to where its cause is', () => {
  const fix = (code: string | undefined, taskId?: string) =>
    fixOfLamp({
      key: 'd1',
      of: 'destination',
      kind: 'jilin',
      light: 'blocked',
      cloud: cloud({ ...(code && { code }), ...(taskId && { taskId }) }),
    })
  expect(fix('MISSING-FIELD', 't1')).toEqual({ place: 'preflight', retry: true })
  expect(fix('JILIN-NO-TOKEN')).toEqual({ place: 'settings', retry: false })
  expect(fix('PACS-ADDRESS').place).toBe('settings')
  expect(fix('DOCTOR-CODE').place).toBe('report')
  expect(fix(undefined).place).toBe('deliveries')
  expect(fixOfLamp({ key: 'report', of: 'report', kind: 'report', light: 'blocked' })).toEqual({
    place: 'report',
    retry: false,
  })
})

test('a day is done when nothing is left in any list', () => {
  const none = { total: 0, rows: [] }
  const page: DayPage = {
    day: '2026-11-22',
    counts: { registered: 3, imaged: 3, written: 3, released: 3, delivered: 3, cancelled: 0 },
    unmatched: none,
    unexamined: none,
    unwritten: none,
    unaudited: none,
    undelivered: none,
    unreconciled: none,
  }
  expect(leftOpen(page)).toBe(0)
  expect(leftOpen({ ...page, undelivered: { total: 2, rows: [] }, unmatched: { total: 1, rows: [] } })).toBe(3)
})

test('the day before the first of March knows leap years', () => {
  expect(dayBy('2028-03-01', -1)).toBe('2028-02-29')
  expect(dayBy('2026-12-31', 1)).toBe('2027-01-01')
})

test('statistics of last month are those of the whole month', () => {
  const now = Date.parse('2026-03-31T23:30:00+08:00')
  expect(statisticDays('last-month', now)).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(statisticDays('month', now)).toEqual({ from: '2026-03-01', to: '2026-03-31' })
  expect(statisticDays('year', now)).toEqual({ from: '2026-01-01', to: '2026-03-31' })
  expect(statisticDays('week', now)).toEqual({ from: '2026-03-30', to: '2026-03-31' })
  expect(readDays(new URLSearchParams('from=2026-02-30&to=2026-03-01'), now)).toEqual(statisticDays('month', now))
  expect(readDays(new URLSearchParams('from=2026-02-01&to=2026-03-01'), now)).toEqual({
    from: '2026-02-01',
    to: '2026-03-01',
  })
})

test('a rate is of the reports that say either', () => {
  expect(positiveRate({ positive: 1, negative: 2 })).toBe('33.3')
  expect(positiveRate({ positive: 0, negative: 0 })).toBeUndefined()
})
