import { expect, test } from 'vitest'
import {
  allColumns,
  moveColumn,
  readColumns,
  toggleColumn,
  usualColumns,
} from '../../renderer/features/board/column-choice.ts'
import { deadlineOf, overUnit } from '../../renderer/features/board/deadline-words.ts'
import { rowAfter } from '../../renderer/features/board/row-keys.ts'
import { isGap, pagesOf, placesShown, rowKeyOf, sparseRows } from '../../renderer/features/board/sparse-rows.ts'
import type { ExamRow, ExamState } from '../../shared/models/exam.ts'

const row = (id: string, state: ExamState = 'registered', deadlineAt: number | null = null) =>
  ({ exam: { id }, state, deadlineAt }) as ExamRow

test('pages stand in their places and the rest are gaps', () => {
  const rows = sparseRows(new Map([[2, [row('c'), row('d')]]]), 5, 2)
  expect(rows.map(rowKeyOf)).toEqual(['gap-0', 'gap-1', 'c', 'd', 'gap-4'])
  expect(rows.filter(isGap)).toHaveLength(3)
})

test('an exam that slipped to the next page meanwhile is shown once', () => {
  const pages = new Map([
    [1, [row('a'), row('b')]],
    [2, [row('b'), row('c')]],
  ])
  expect(sparseRows(pages, 4, 2).map(rowKeyOf)).toEqual(['a', 'b', 'gap-2', 'c'])
})

test('rows beyond the places of a list that became shorter are left out', () => {
  expect(sparseRows(new Map([[1, [row('a'), row('b')]]]), 1, 2).map(rowKeyOf)).toEqual(['a'])
})

test('only the pages in sight are asked for', () => {
  expect(pagesOf(0, 20, 50)).toEqual([1])
  expect(pagesOf(45, 60, 50)).toEqual([1, 2])
  expect(pagesOf(99_950, 99_999, 50)).toEqual([2000])
})

test('a long list grows as it is looked at, and is whole at its end', () => {
  expect(placesShown(30, 0)).toBe(30)
  expect(placesShown(100_000, 0)).toBe(2000)
  expect(placesShown(100_000, 1500)).toBe(3000)
  expect(placesShown(100_000, 99_999)).toBe(100_000)
})

test('keys stop at both ends of the list', () => {
  expect(rowAfter('ArrowUp', 0, 99, 20)).toBe(0)
  expect(rowAfter('ArrowDown', 99, 99, 20)).toBe(99)
  expect(rowAfter('PageDown', 95, 99, 20)).toBe(99)
  expect(rowAfter('End', 3, 99, 20)).toBe(99)
  expect(rowAfter('Home', 50, 99, 20)).toBe(0)
})

test('the provincial hour is told in minutes, in the last ten to the second, then how late it is', () => {
  const minute = 60_000
  expect(deadlineOf(59.5 * minute)).toEqual({ kind: 'ahead', minutes: 59 })
  expect(deadlineOf(10 * minute)).toEqual({ kind: 'ahead', minutes: 10 })
  expect(deadlineOf(10 * minute - 1000)).toEqual({ kind: 'near', clock: '09:59' })
  expect(deadlineOf(1)).toEqual({ kind: 'near', clock: '00:01' })
  expect(deadlineOf(0)).toEqual({ kind: 'over', minutes: 0 })
  expect(deadlineOf(-90 * minute)).toEqual({ kind: 'over', minutes: 90 })
  expect(overUnit(90)).toEqual({ value: 90, unit: 'minute' })
  expect(overUnit(150)).toEqual({ value: 2, unit: 'hour' })
  expect(overUnit(3 * 1440 + 5)).toEqual({ value: 3, unit: 'day' })
})

test('columns are kept in their order, and nonsense in the browser is the usual columns', () => {
  expect(readColumns(JSON.stringify(['lamps', 'name', 'lamps', 'gone', 7]))).toEqual(['lamps', 'name'])
  expect(readColumns('["state"]')).toEqual(['name', 'state'])
  for (const nonsense of [null, '', '{', '{"a":1}', '[]', '["gone"]'])
    expect(readColumns(nonsense)).toEqual(usualColumns)
})

test('a column moves one place, and nobody can take the name away', () => {
  expect(moveColumn(['state', 'name', 'sex'], 'sex', -1)).toEqual(['state', 'sex', 'name'])
  expect(moveColumn(['state', 'name'], 'state', -1)).toEqual(['state', 'name'])
  expect(toggleColumn(['name', 'sex'], 'name')).toEqual(['name', 'sex'])
  expect(toggleColumn(['name', 'sex'], 'sex')).toEqual(['name'])
  expect(allColumns(['sex', 'name']).slice(0, 3)).toEqual(['sex', 'name', 'state'])
})
