import { describe, expect, test } from 'vitest'
import { moved, pressed, released } from '../../renderer/features/viewer/draw-mark.ts'
import {
  angleAt,
  areaBetween,
  cardiothoracicRatio,
  cobbAngle,
  distance,
  distanceToStretch,
} from '../../renderer/features/viewer/geometry.ts'
import { gripAt, linesOf, type Mark, movedMark } from '../../renderer/features/viewer/marks.ts'
import { coveredBox, matrixFrom, toImage, toScreen } from '../../renderer/features/viewer/picture-matrix.ts'
import { roiStatistics } from '../../renderer/features/viewer/roi-statistics.ts'
import { rulerFor } from '../../renderer/features/viewer/spacing.ts'

const at = (x: number, y: number) => ({ x, y })

describe('what is measured', () => {
  test('a length of 3 and 4 pixels is 5, in millimetres by the spacing of rows and columns', () => {
    expect(distance(at(0, 0), at(3, 4))).toBe(5)
    expect(distance(at(10, 10), at(13, 14), { row: 0.5, column: 0.5 })).toBe(2.5)
    expect(distance(at(0, 0), at(6, 4), { row: 2, column: 1 })).toBe(10)
  })

  test('an angle lies at its vertex, and pixels that are not square are minded', () => {
    expect(angleAt(at(0, 0), at(1, 0), at(0, 1))).toBeCloseTo(90, 10)
    expect(angleAt(at(5, 5), at(6, 5), at(4, 5))).toBeCloseTo(180, 10)
    expect(angleAt(at(0, 0), at(1, -1), at(1, 1))).toBeCloseTo(90, 10)
    expect(angleAt(at(0, 0), at(-1, 1), at(-1, -1))).toBeCloseTo(90, 10)
    expect(angleAt(at(0, 0), at(1, 0), at(1, 1), { row: Math.sqrt(3), column: 1 })).toBeCloseTo(60, 10)
  })

  test('Cobb’s angle is the same whichever end of a line was drawn first', () => {
    const tilted: [{ x: number; y: number }, { x: number; y: number }] = [at(0, 0), at(10, -10)]
    const flat: [{ x: number; y: number }, { x: number; y: number }] = [at(0, 50), at(10, 50)]
    expect(cobbAngle(tilted, flat)).toBeCloseTo(45, 10)
    expect(cobbAngle([tilted[1], tilted[0]], flat)).toBeCloseTo(45, 10)
    expect(cobbAngle(tilted, [at(0, 50), at(10, 60)])).toBeCloseTo(90, 10)
  })

  test('the heart of 12 in a thorax of 25 is 0.48', () => {
    expect(cardiothoracicRatio([at(10, 5), at(22, 5)], [at(3, 9), at(28, 9)])).toBeCloseTo(0.48, 10)
    expect(cardiothoracicRatio([at(0, 0), at(1, 0)], [at(0, 0), at(0, 0)])).toBe(0)
  })

  test('areas of a box of 4 by 3 and of the ellipse in it', () => {
    expect(areaBetween('rectangle', at(1, 1), at(5, 4))).toBe(12)
    expect(areaBetween('rectangle', at(5, 4), at(1, 1), { row: 0.5, column: 2 })).toBe(12)
    expect(areaBetween('ellipse', at(0, 0), at(4, 2))).toBeCloseTo(2 * Math.PI, 10)
  })

  test('how far a point lies from a stretch, beside it and beyond its ends', () => {
    expect(distanceToStretch(at(5, 3), at(0, 0), at(10, 0))).toBe(3)
    expect(distanceToStretch(at(13, 4), at(0, 0), at(10, 0))).toBe(5)
    expect(distanceToStretch(at(3, 4), at(0, 0), at(0, 0))).toBe(5)
  })

  test('a region counts the pixels whose centres lie in it', () => {
    const image = { width: 3, height: 2, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6), slope: 2, intercept: -1 }
    expect(roiStatistics('rectangle', at(0, 0), at(2, 2), image)).toEqual({
      count: 4,
      mean: 5,
      sd: Math.sqrt((16 + 4 + 4 + 16) / 4),
      minimum: 1,
      maximum: 9,
    })
    expect(roiStatistics('rectangle', at(3, 2), at(1.6, 0), image)?.count).toBe(2)
    expect(roiStatistics('ellipse', at(0, 0), at(3, 2), image)?.count).toBe(4 + 2)
    expect(roiStatistics('ellipse', at(-1, -1), at(1.4, 1.4), image)?.count).toBe(1)
    expect(roiStatistics('rectangle', at(0.6, 0.6), at(0.9, 0.9), image)).toBeUndefined()
    expect(roiStatistics('rectangle', at(50, 50), at(60, 60), image)).toBeUndefined()
  })
})

describe('the ruler', () => {
  const film = { rowPixelSpacing: 0.2, columnPixelSpacing: 0.1 }
  test('is the file’s, says when it lies at the detector, and minds the magnification', () => {
    expect(rulerFor([at(0, 0)], { ...film, spacingFrom: 'patient' }, undefined)).toEqual({
      kind: 'patient',
      scale: { row: 0.2, column: 0.1 },
    })
    expect(rulerFor([at(0, 0)], { ...film, spacingFrom: 'detector' }, undefined).kind).toBe('detector')
    expect(rulerFor([at(0, 0)], { ...film, spacingFrom: 'detector', magnification: 2 }, undefined)).toEqual({
      kind: 'magnified',
      scale: { row: 0.1, column: 0.05 },
    })
    expect(rulerFor([at(0, 0)], { rowPixelSpacing: null, columnPixelSpacing: null }, undefined)).toEqual({
      kind: 'none',
    })
  })

  test('that a person made goes before the file and keeps the shape of the pixels', () => {
    expect(rulerFor([at(0, 0)], film, 0.5)).toEqual({ kind: 'own', scale: { row: 1, column: 0.5 } })
  })

  test('of ultrasound holds within one region only', () => {
    const region = { left: 10, top: 10, right: 19, bottom: 19, millimetresPerColumn: 0.3, millimetresPerRow: 0.4 }
    const head = { rowPixelSpacing: null, columnPixelSpacing: null, ultrasoundRegions: [region] }
    expect(rulerFor([at(10, 10), at(20, 20)], head, undefined)).toEqual({
      kind: 'region',
      scale: { row: 0.4, column: 0.3 },
    })
    expect(rulerFor([at(10, 10), at(21, 20)], head, undefined)).toEqual({ kind: 'none' })
  })
})

describe('where an image lies in its viewport', () => {
  // Twice as large, a quarter turned clockwise, moved: x' = 100 - 2y, y' = 50 + 2x.
  const turned = matrixFrom(({ x, y }) => ({ x: 100 - 2 * y, y: 50 + 2 * x }))
  test('there and back', () => {
    expect(toScreen(turned, at(3, 4))).toEqual(at(92, 56))
    expect(toImage(turned, at(92, 56))).toEqual(at(3, 4))
  })

  test('what it covers is cut to the viewport', () => {
    expect(coveredBox(turned, { width: 20, height: 10 }, { width: 95, height: 80 })).toEqual({
      x: 80,
      y: 50,
      width: 15,
      height: 30,
    })
  })
})

describe('a mark', () => {
  const plain = matrixFrom((point) => point)
  const length: Mark = { id: 'a', kind: 'length', points: [at(0, 0), at(100, 0)] }

  test('is taken at a handle, else at its line, the newest first', () => {
    const above: Mark = { id: 'b', kind: 'length', points: [at(0, 2), at(100, 2)] }
    expect(gripAt([length, above], plain, at(98, 1))).toMatchObject({ kind: 'handle', at: 1, mark: { id: 'b' } })
    expect(gripAt([length], plain, at(50, 4))).toMatchObject({ kind: 'body', mark: { id: 'a' } })
    expect(gripAt([length], plain, at(50, 20))).toBeUndefined()
  })

  test('moves by a handle or as a whole', () => {
    expect(movedMark({ kind: 'handle', mark: length, at: 1 }, at(99, 0), at(70, 7)).points).toEqual([
      at(0, 0),
      at(70, 7),
    ])
    expect(movedMark({ kind: 'body', mark: length }, at(50, 0), at(52, 5)).points).toEqual([at(2, 5), at(102, 5)])
  })

  test('of each kind has its lines', () => {
    expect(linesOf({ kind: 'rectangle', points: [at(0, 0), at(2, 1)] })).toEqual([
      [at(0, 0), at(2, 0), at(2, 1), at(0, 1), at(0, 0)],
    ])
    const four = [at(0, 0), at(1, 0), at(0, 5), at(1, 5)]
    expect(linesOf({ kind: 'cobb', points: four })).toEqual([
      [at(0, 0), at(1, 0)],
      [at(0, 5), at(1, 5)],
    ])
    expect(linesOf({ kind: 'text', points: [at(1, 1)] })).toEqual([])
    const [ellipse] = linesOf({ kind: 'ellipse', points: [at(0, 0), at(4, 2)] })
    for (const { x, y } of ellipse ?? []) expect(((x - 2) / 2) ** 2 + (y - 1) ** 2).toBeCloseTo(1, 10)
  })
})

describe('drawing', () => {
  test('by a drag gives two points', () => {
    const { drawing, isFinished } = pressed(undefined, 'length', at(1, 1))
    expect(isFinished).toBe(false)
    const done = released(moved(drawing, at(5, 5)), at(6, 6), true)
    expect(done).toEqual({ isFinished: true, drawing: { kind: 'length', points: [at(1, 1), at(6, 6)], placed: 2 } })
  })

  test('by clicks gives as many points as the mark has', () => {
    let step = released(pressed(undefined, 'angle', at(0, 0)).drawing, at(0, 0), false)
    expect(step).toMatchObject({ isFinished: false, drawing: { placed: 1 } })
    step = released(pressed(moved(step.drawing, at(4, 0)), 'angle', at(5, 0)).drawing, at(5, 0), false)
    expect(step.drawing.points).toEqual([at(0, 0), at(5, 0), at(5, 0)])
    step = pressed(step.drawing, 'angle', at(5, 5))
    expect(step).toEqual({
      isFinished: true,
      drawing: { kind: 'angle', points: [at(0, 0), at(5, 0), at(5, 5)], placed: 3 },
    })
  })

  test('of one point is finished when the button goes down', () => {
    expect(pressed(undefined, 'probe', at(2, 3)).isFinished).toBe(true)
  })

  test('goes from a drag on to a second line', () => {
    const first = released(pressed(undefined, 'cobb', at(0, 0)).drawing, at(9, 0), true)
    expect(first.isFinished).toBe(false)
    const second = released(pressed(first.drawing, 'cobb', at(0, 9)).drawing, at(9, 9), true)
    expect(second.drawing.points).toEqual([at(0, 0), at(9, 0), at(0, 9), at(9, 9)])
    expect(second.isFinished).toBe(true)
  })
})
