import { expect, test } from 'vitest'
import { letterScale, letterSize, placeInside } from '../../renderer/features/viewer/picture-letters.ts'

test('letters in a picture of the report can be read on paper, however large the screen was', () => {
  const millimetresOnPaper = 60
  for (const long of [400, 552, 1000, 1700, 3000]) {
    const letters = letterSize * letterScale({ width: long, height: long * 0.7 })
    const millimetres = (letters / long) * millimetresOnPaper
    expect(millimetres).toBeGreaterThanOrEqual(1.9)
    expect(millimetres).toBeLessThan(3)
  }
})

test('they are never smaller than on the screen', () => {
  expect(letterScale({ width: 100, height: 80 })).toBe(1)
})

test('words beside a mark at the edge stand whole inside the picture', () => {
  const box = { width: 500, height: 300 }
  expect(placeInside({ x: 480, y: 100 }, 120, 1, 30, box)).toEqual({ x: 376, y: 100 })
  expect(placeInside({ x: 20, y: 290 }, 120, 3, 30, box)).toEqual({ x: 20, y: 236 })
  expect(placeInside({ x: -40, y: 2 }, 120, 1, 30, box)).toEqual({ x: 4, y: 30 })
  expect(placeInside({ x: 20, y: 100 }, 900, 1, 30, box)).toEqual({ x: 4, y: 100 })
})
