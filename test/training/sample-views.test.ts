import { describe, expect, test } from 'vitest'
import { sampleImage } from '../../electron/training/sample-images.ts'
import { sampleViewOf } from '../../electron/training/sample-views.ts'

const viewOf = (words: string, number = 1, bodyPart = '') => sampleViewOf({ words, bodyPart }, number)

describe('a simulated radiograph is of what was ordered', () => {
  test('a chest from behind, its second view from the left side', () => {
    expect(viewOf('胸部正位 胸部')).toEqual({
      phantom: 'chest',
      isSide: false,
      bodyPart: 'CHEST',
      laterality: 'U',
      viewPosition: 'PA',
      patientOrientation: 'L\\F',
    })
    expect(viewOf('胸部正位 胸部', 2).isSide).toBe(false)
    expect(viewOf('胸部正侧位', 2)).toMatchObject({ viewPosition: 'LL', patientOrientation: 'P\\F' })
    expect(viewOf('胸部侧位')).toMatchObject({ isSide: true })
  })

  test('a knee, a hand, a part of the spine, a belly: with the name that the standard has for them, and the side', () => {
    expect(viewOf('左膝关节正侧位 左膝')).toMatchObject({ phantom: 'knee', bodyPart: 'KNEE', laterality: 'L' })
    expect(viewOf('右膝关节侧位')).toMatchObject({ laterality: 'R', viewPosition: 'RL' })
    expect(viewOf('右手正位')).toMatchObject({ phantom: 'hand', bodyPart: 'HAND', patientOrientation: 'L\\H' })
    expect(viewOf('手正斜位').laterality).toBe('U')
    expect(['腰椎正侧位', '颈椎正侧位', '胸椎正侧位', '腹部立位'].map((words) => viewOf(words).bodyPart)).toEqual([
      'LSPINE',
      'CSPINE',
      'TSPINE',
      'ABDOMEN',
    ])
  })

  test('what the device was told goes before the words, and an unknown part has no name', () => {
    expect(viewOf('左手正位', 1, 'KNEE')).toMatchObject({ phantom: 'knee', bodyPart: 'KNEE', laterality: 'L' })
    expect(viewOf('')).toMatchObject({ phantom: 'hand', bodyPart: '', laterality: 'U' })
  })
})

/** Along a row of the image, from the left edge: how bright, of 4095. */
function brightness(words: string, x: number, y: number, number = 1): number {
  const { rows, columns, pixels } = sampleImage('DX', 0.5, number, { words, bodyPart: '' })
  return pixels[Math.round(y * rows) * columns + Math.round(x * columns)] ?? -1
}

describe('what is drawn', () => {
  test('a chest has dark lungs, a heart that lies to the right of the picture and a bright spine', () => {
    const at = (x: number, y: number) => brightness('胸部正位', x, y)
    expect(at(0.02, 0.1)).toBeLessThan(400)
    expect(at(0.25, 0.56)).toBeLessThan(at(0.68, 0.62) - 250)
    expect(at(0.5, 0.62)).toBeGreaterThan(at(0.68, 0.62))
    expect(at(0.7, 0.62)).toBeGreaterThan(at(0.3, 0.62) + 250)
  })

  test('a left knee has its calf bone on the right of the picture, a right one on the left', () => {
    const pair = (words: string) => [brightness(words, 0.31, 0.9), brightness(words, 0.69, 0.9)] as const
    const [medial, lateral] = pair('左膝关节正位')
    expect(lateral).toBeGreaterThan(medial + 200)
    const [lateralRight, medialRight] = pair('右膝关节正位')
    expect(lateralRight).toBeGreaterThan(medialRight + 200)
  })

  test('a left hand is a right one mirrored', () => {
    const left = sampleImage('DX', 0.5, 1, { words: '左手正位', bodyPart: '' })
    const thumb = (image: typeof left, x: number) =>
      image.pixels[Math.round(0.62 * image.rows) * image.columns + Math.round(x * image.columns)] ?? 0
    const right = sampleImage('DX', 0.5, 1, { words: '右手正位', bodyPart: '' })
    const brightest = (image: typeof left, from: number) =>
      Math.max(...Array.from({ length: 40 }, (_, at) => thumb(image, from + at * 0.005)))
    expect(brightest(left, 0.75)).toBeGreaterThan(brightest(left, 0.05) + 800)
    expect(brightest(right, 0.05)).toBeGreaterThan(brightest(right, 0.75) + 800)
  })

  test('a CT of a head has a brain where a chest has lungs', () => {
    const middle = (words: string) => {
      const { pixels, columns, rescaleIntercept } = sampleImage('CT', 0.5, 1, { words, bodyPart: '' })
      return (pixels[256 * columns + 170] ?? 0) + rescaleIntercept
    }
    expect(middle('颅脑平扫')).toBeGreaterThan(10)
    expect(middle('颅脑平扫')).toBeLessThan(60)
    expect(middle('胸部CT')).toBeLessThan(-700)
  })
})
