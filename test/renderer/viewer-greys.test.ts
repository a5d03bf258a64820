import { describe, expect, test } from 'vitest'
import { greyTable, ownCurve } from '../../renderer/features/viewer/grey-table.ts'
import { probeAt } from '../../renderer/features/viewer/probe.ts'
import type { FrameHead } from '../../shared/api/views.ts'
import { wholeWindow, windowed } from '../../shared/dicom/voi-window.ts'

const head = { voiLut: undefined, voiFunction: undefined } as unknown as FrameHead
const plain = { slope: 1, intercept: 0 }
const greysOf = (table: Uint32Array) => [...table].map((word) => word & 255)

describe('the greys of an image', () => {
  test('are those of PS3.3 C.11.2.1.2.1, opaque and alike in all three colours', () => {
    const curve = windowed({ center: 2, width: 4 }, 'LINEAR')
    const table = greyTable({ minimum: -1, maximum: 4 }, plain, curve, false)
    expect(greysOf(table)).toEqual([0, 0, 85, 170, 255, 255])
    expect([...table].map((word) => word.toString(16))).toEqual(
      greysOf(table).map((grey) => `ff${grey.toString(16).padStart(2, '0').repeat(3)}`),
    )
    expect(greysOf(greyTable({ minimum: -1, maximum: 4 }, plain, curve, true))).toEqual([255, 255, 170, 85, 0, 0])
  })

  test('follow slope and intercept', () => {
    const curve = windowed({ center: 100, width: 201 }, 'LINEAR')
    expect(greysOf(greyTable({ minimum: 0, maximum: 2 }, { slope: 100, intercept: -0.5 }, curve, false))).toEqual([
      0, 128, 255,
    ])
  })

  test('of a VOI LUT are as bright as its declared bits say, also where no entry is bright', () => {
    const dark = { ...head, voiLut: { first: 10, bits: 12, entries: [0, 300, 600] } }
    const curve = ownCurve(dark, { center: 0, width: 1 })
    if (!curve) throw new Error('no curve')
    expect(greysOf(greyTable({ minimum: 9, maximum: 13 }, plain, curve, false))).toEqual([0, 0, 19, 37, 37])
  })

  test('of a SIGMOID are drawn also where the image has only the dark end of it', () => {
    const curve = ownCurve({ ...head, voiFunction: 'SIGMOID' }, { center: 100, width: 100 })
    if (!curve) throw new Error('no curve')
    expect(greysOf(greyTable({ minimum: 0, maximum: 50 }, plain, curve, false)).at(-1)).toBe(30)
    expect(ownCurve(head, { center: 100, width: 100 })).toBeUndefined()
  })

  test('of the whole window go from black to white, and one value alone is black', () => {
    for (const how of ['LINEAR', 'LINEAR_EXACT'] as const) {
      const curve = windowed(wholeWindow(-5, 250, how), how)
      const greys = greysOf(greyTable({ minimum: -5, maximum: 250 }, plain, curve, false))
      expect(greys).toEqual(Array.from({ length: 256 }, (_, at) => at))
      expect(windowed(wholeWindow(7, 7, how), how)(7)).toBe(0)
    }
  })
})

test('a value under the pointer keeps the digits that count, also where values are thousandths', () => {
  const shown = { width: 4, height: 1, pixels: Uint16Array.of(3, 1234, 5, 40), isColour: false }
  const told = (slope: number, intercept: number) =>
    [0, 1, 2, 3].map((x) => probeAt({ x, y: 0 }, { ...shown, slope, intercept })?.value)
  expect(told(1, -1024)).toEqual(['-1021', '210', '-1019', '-984'])
  expect(told(0.000001, 0)).toEqual(['0.000003', '0.00123', '0.000005', '0.00004'])
  expect(told(0.1, -0.1 * 3)).toEqual(['0', '123.1', '0.2', '3.7'])
})
