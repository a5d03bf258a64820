import { expect, test } from 'vitest'
import { fitWidths } from '../../renderer/features/board/fit-widths.ts'
import { keptPlaces } from '../../renderer/features/board/kept-places.ts'
import { noPlaces, placeRows } from '../../renderer/features/board/row-places.ts'
import { heldTop, topToSee, windowAt } from '../../renderer/features/board/row-window.ts'

test('only the rows in sight are drawn, and a few beyond', () => {
  expect(windowAt(0, 340, 34, 100_000)).toEqual({ first: 0, end: 14 })
  expect(windowAt(34 * 500 + 5, 340, 34, 100_000)).toEqual({ first: 497, end: 514 })
  expect(windowAt(34 * 99_990, 340, 34, 100_000)).toEqual({ first: 99_986, end: 100_000 })
})

test('a short list is drawn whole, also when it was longer and scrolled', () => {
  expect(windowAt(0, 340, 34, 3)).toEqual({ first: 0, end: 3 })
  expect(windowAt(34 * 500, 340, 34, 3)).toEqual({ first: 0, end: 3 })
  expect(windowAt(0, 340, 34, 0)).toEqual({ first: 0, end: 0 })
})

test('the list moves just as far as a row needs to be in sight', () => {
  expect(topToSee(5, 0, 340, 34)).toBe(0)
  expect(topToSee(9, 0, 340, 34)).toBe(0)
  expect(topToSee(10, 0, 340, 34)).toBe(34)
  expect(topToSee(2, 340, 340, 34)).toBe(68)
})

test('in the same list each exam keeps its drawn row, and a new one gets a new row', () => {
  const before = placeRows(noPlaces, 'today', ['a', 'b', 'c'])
  const after = placeRows(before, 'today', ['new', 'a', 'b', 'c'])
  for (const exam of ['a', 'b', 'c']) expect(after.places.get(exam)).toBe(before.places.get(exam))
  expect([...before.places.values()]).not.toContain(after.places.get('new'))
})

test('the answer to another question takes over the drawn rows in their order, and no two exams share one', () => {
  const before = placeRows(noPlaces, 'today', ['a', 'b'])
  const after = placeRows(before, 'everything', ['x', 'a', 'y'])
  expect([...after.places.values()].slice(0, 2)).toEqual([...before.places.values()])
  expect(new Set(after.places.values()).size).toBe(3)
  const later = placeRows(placeRows(after, 'none', []), 'today', ['a', 'b'])
  expect(new Set([...later.places.values(), ...after.places.values()]).size).toBe(5)
})

test('the columns fill the room there is and are never narrower than they need', () => {
  expect(fitWidths([100, 50, 50], 100)).toEqual([100, 50, 50])
  expect(fitWidths([100, 50, 50], 400)).toEqual([200, 100, 100])
  const odd = fitWidths([82, 124, 46], 1001)
  expect(odd.reduce((sum, width) => sum + width, 0)).toBe(1001)
})

test('the exam in sight stays where it is when others come or go above it, and at the top the newest is seen', () => {
  const before = ['a', 'b', 'c', 'd']
  expect(heldTop(before, ['x', 'a', 'b', 'c', 'd'], 70, 34)).toBe(104)
  expect(heldTop(before, ['b', 'c', 'd'], 70, 34)).toBe(36)
  expect(heldTop(before, before, 70, 34)).toBe(70)
  expect(heldTop(before, ['x', 'a', 'b'], 20, 34)).toBe(20)
  // The exam itself is gone: the place stays.
  expect(heldTop(before, ['a', 'b', 'd'], 70, 34)).toBe(70)
})

test('the place of a list is remembered for its step of the history, and the oldest are forgotten', () => {
  expect(keptPlaces.read('first')).toBe(0)
  keptPlaces.write('first', 340)
  expect(keptPlaces.read('first')).toBe(340)
  for (let step = 0; step < 50; step += 1) keptPlaces.write(`step-${step}`, step)
  expect(keptPlaces.read('first')).toBe(0)
  expect(keptPlaces.read('step-49')).toBe(49)
})
