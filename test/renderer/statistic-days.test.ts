import { expect, test } from 'vitest'
import { listedDays } from '../../renderer/features/statistics/statistic-days.ts'

test('the table of days begins with the newest and leaves days without exams out, saying how many', () => {
  const days = [
    { key: '2026-11-01', exams: 0 },
    { key: '2026-11-02', exams: 3 },
    { key: '2026-11-03', exams: 0 },
    { key: '2026-11-04', exams: 1 },
  ]
  expect(listedDays(days)).toEqual({
    rows: [
      { key: '2026-11-04', exams: 1 },
      { key: '2026-11-02', exams: 3 },
    ],
    empty: 2,
  })
  expect(listedDays([])).toEqual({ rows: [], empty: 0 })
})
