import { describe, expect, test } from 'vitest'
import { ybrFullToRgb } from '../../electron/station/pictures/color-pixels.ts'
import { packBits, unpackBits } from '../../electron/station/pictures/one-bit-pixels.ts'
import type { FrameImage } from '../../electron/station/pictures/read-pixels.ts'
import { drawFrame } from '../../electron/station/pictures/render-frame.ts'
import { withinStoredBits, withoutUnusedBits } from '../../electron/station/pictures/sample-range.ts'
import { expandSegments } from '../../electron/station/pictures/segmented-palette.ts'
import { shrinkSamples, sizeWithin } from '../../electron/station/pictures/shrink-samples.ts'
import { windowed } from '../../shared/dicom/voi-window.ts'

const image = (values: readonly number[], more: Partial<FrameImage> = {}): FrameImage => ({
  kind: 'frame',
  frameIndex: 0,
  rows: 1,
  columns: values.length,
  numberOfFrames: 1,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  bitsStored: 16,
  highBit: 15,
  pixelRepresentation: 1,
  photometricInterpretation: 'MONOCHROME2',
  slope: 1,
  intercept: 0,
  windowCenter: undefined,
  windowWidth: undefined,
  voiFunction: 'LINEAR',
  isInverse: false,
  pixelSpacing: undefined,
  minimum: Math.min(...values),
  maximum: Math.max(...values),
  modalityLut: undefined,
  voiLut: undefined,
  facts: {},
  overlays: [],
  pixels: new Uint8Array(Int16Array.from(values).buffer),
  ...more,
})
const drawn = (frame: FrameImage, options: Parameters<typeof drawFrame>[1] = {}) => [
  ...drawFrame(frame, options).pixels,
]

describe('grey values become what a person sees', () => {
  test('without any window: the smallest black, the largest white', () => {
    expect(drawn(image([-100, 0, 100]))).toEqual([0, 128, 255])
    expect(drawn(image([7, 7]))).toEqual([0, 0])
  })

  test('by the file’s window after slope and intercept, or the one asked for', () => {
    const ct = image([0, 1024, 2048], { slope: 1, intercept: -1024, windowCenter: 0.5, windowWidth: 2 })
    expect(drawn(ct)).toEqual([0, 128, 255])
    expect(drawn(ct, { windowCenter: 2000, windowWidth: 10 })).toEqual([0, 0, 0])
  })

  test('the other way round for MONOCHROME1, for an inverse presentation, and not for both', () => {
    const one = { photometricInterpretation: 'MONOCHROME1' }
    expect(drawn(image([0, 10], one))).toEqual([255, 0])
    expect(drawn(image([0, 10], { isInverse: true }))).toEqual([255, 0])
    expect(drawn(image([0, 10], { ...one, isInverse: true }))).toEqual([0, 10].map((value) => (value / 10) * 255))
  })

  test('through lookup tables of modality and VOI, whose ends hold beyond them', () => {
    const voiLut = { first: 100, bits: 8, entries: Uint16Array.from([10, 20, 200]) }
    expect(drawn(image([0, 100, 101, 500], { voiLut }))).toEqual([10, 10, 20, 200])
    const modalityLut = { first: 0, bits: 16, entries: Uint16Array.from([0, 1000, 500]) }
    expect(drawn(image([0, 1, 2], { modalityLut }))).toEqual([0, 255, 128])
  })

  test('through the VOI LUT also where there is a window beside it, as the viewer shows it, until a window is asked for', () => {
    const voiLut = { first: 0, bits: 8, entries: Uint16Array.from([10, 20, 200]) }
    const both = image([0, 1, 2], { voiLut, windowCenter: 1.5, windowWidth: 3 })
    expect(drawn(both)).toEqual([10, 20, 200])
    expect(drawn(both, { windowCenter: 1.5, windowWidth: 3 })).toEqual([0, 128, 255])
  })

  test('a window is linear, exactly linear, or a sigmoid as PS3.3 C.11.2.1 writes them', () => {
    const linear = windowed({ center: 2048, width: 4096 }, 'LINEAR')
    expect([linear(0), linear(4095)].map(Math.round)).toEqual([0, 255])
    const exact = windowed({ center: 2048, width: 4096 }, 'LINEAR_EXACT')
    expect([exact(0), exact(2048), exact(4096)]).toEqual([0, 127.5, 255])
    const threshold = windowed({ center: 10, width: 1 }, 'LINEAR')
    expect([threshold(9), threshold(9.5), threshold(10)]).toEqual([0, 0, 255])
    // LINEAR is not defined below 1: such a window stands beside values that are fractions.
    const fine = windowed({ center: 0.5, width: 0.5 }, 'LINEAR')
    expect([fine(0.25), fine(0.5), fine(0.75)]).toEqual([0, 127.5, 255])
    const sigmoid = windowed({ center: 0, width: 4 }, 'SIGMOID')
    expect([sigmoid(0), Math.round(sigmoid(1)), Math.round(sigmoid(-1))]).toEqual([127.5, 186, 69])
  })
})

describe('smaller', () => {
  test('each new pixel is the mean of what it covers, and a thin line stays visible', () => {
    expect([...shrinkSamples([0, 100, 200, 300], { rows: 2, columns: 2 }, { rows: 1, columns: 1 }, 1)]).toEqual([150])
    const third = shrinkSamples([0, 30, 60], { rows: 1, columns: 3 }, { rows: 1, columns: 2 }, 1)
    expect([...third].map(Math.round)).toEqual([10, 50])
    const line = image(Array.from({ length: 100 }, (_, at) => (at === 50 ? 1000 : 0)))
    expect(Math.max(...drawn(line, { size: 10 }))).toBeGreaterThan(20)
  })

  test('in every size the sum of light stays the same', () => {
    const samples = Array.from({ length: 7 * 11 * 3 }, (_, at) => (at * 37) % 251)
    const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, one) => sum + one, 0) / values.length
    for (let rows = 1; rows <= 7; rows++)
      for (let columns = 1; columns <= 11; columns++)
        expect(mean(shrinkSamples(samples, { rows: 7, columns: 11 }, { rows, columns }, 3))).toBeCloseTo(
          mean(samples),
          2,
        )
  })

  test('never larger than it is, and never without a pixel', () => {
    expect(sizeWithin(3000, 2000, 300)).toEqual({ rows: 300, columns: 200 })
    expect(sizeWithin(10, 20, 300)).toEqual({ rows: 10, columns: 20 })
    expect(sizeWithin(1, 9000, 16)).toEqual({ rows: 1, columns: 16 })
  })
})

describe('samples in other forms', () => {
  test('of one bit are packed from the lowest bit, within a byte too', () => {
    const bits = Uint8Array.from({ length: 21 }, (_, at) => (at % 3 === 0 ? 1 : 0))
    expect([...unpackBits(packBits(bits), 0, 21)]).toEqual([...bits])
    expect([...unpackBits(Uint8Array.from([0b10000000, 0b1]), 7, 2)]).toEqual([1, 1])
  })

  test('with something else in their unused bits lose it, and get their sign', () => {
    const signed = { bitsAllocated: 16, bitsStored: 12, highBit: 11, pixelRepresentation: 1 } as const
    expect([...withoutUnusedBits(Int16Array.from([0x0fff, 0x0001]), { minimum: 1, maximum: 4095 }, signed)!]).toEqual([
      -1, 1,
    ])
    const overlay = { ...signed, pixelRepresentation: 0 } as const
    expect([...withoutUnusedBits(Uint16Array.from([0x8123]), { minimum: 0, maximum: 0x8123 }, overlay)!]).toEqual([
      0x123,
    ])
    expect(withoutUnusedBits(Uint16Array.from([5]), { minimum: 5, maximum: 5 }, overlay)).toBe(undefined)
  })

  test('of a lossy codec that overshot are the end of their range, not its other end', () => {
    const bits = { bitsAllocated: 16, bitsStored: 12, pixelRepresentation: 0 } as const
    const white = Uint16Array.of(4095, 4097, 7)
    expect([...withinStoredBits(white, { minimum: 7, maximum: 4097 }, bits)!]).toEqual([4095, 4095, 7])
    const signed = { ...bits, pixelRepresentation: 1 } as const
    const both = Int16Array.of(-2050, 2048)
    expect([...withinStoredBits(both, { minimum: -2050, maximum: 2048 }, signed)!]).toEqual([-2048, 2047])
    expect(withinStoredBits(white, { minimum: 7, maximum: 4095 }, bits)).toBe(undefined)
  })

  test('of a segmented palette are written out: discrete, linear, indirect', () => {
    expect([...expandSegments([0, 2, 10, 20, 1, 4, 60], 100)!]).toEqual([10, 20, 30, 40, 50, 60])
    expect([...expandSegments([0, 1, 5, 1, 2, 9, 2, 1, 0, 0], 100)!]).toEqual([5, 7, 9, 5])
    for (const wrong of [
      [1, 2, 3],
      [0, 5, 1],
      [7, 1, 1],
      [0, 1, 1, 2, 9, 6, 0],
      [0, 60000],
    ])
      expect([wrong, expandSegments(wrong, 256)]).toEqual([wrong, undefined])
  })

  test('YBR_FULL is RGB again', () => {
    expect([...ybrFullToRgb(Uint8Array.from([76, 85, 255, 128, 128, 128]))]).toEqual([254, 0, 0, 128, 128, 128])
  })
})
