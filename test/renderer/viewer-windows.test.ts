import { describe, expect, test } from 'vitest'
import { actionWords } from '../../renderer/features/viewer/action-words.ts'
import { coveringWindow } from '../../renderer/features/viewer/image-window.ts'
import { defaultKeymap, presetActions, viewerActions } from '../../renderer/features/viewer/keymap.ts'
import { presetsFor, windowOfChoice } from '../../renderer/features/viewer/window-presets.ts'
import { viewerText } from '../../renderer/text/areas/viewer.ts'

const kinds = ['CT', 'CR', 'DR', 'DX', 'RG', 'MG', 'US', 'XA', 'RF', 'MR', 'NM', 'PT', 'OT', 'ES', '']
const own = {
  file: { width: 2800, center: 1500 },
  full: { width: 4095, center: 2047.5 },
  isInverse: false,
} as const

test('what each key does is said in both languages, and no two keys say the same', () => {
  for (const text of Object.values(viewerText))
    for (const modality of ['CT', 'DX', 'US']) {
      const said = viewerActions.map((action) => actionWords(action, modality, text))
      for (const words of said) expect(words).toMatch(/\S/)
      expect(new Set(said).size).toBe(said.length)
    }
  expect(actionWords('preset-6', 'CT', viewerText['zh-CN'])).toBe('窗 6：纵隔窗')
  expect(actionWords('preset-6', 'DX', viewerText['zh-CN'])).toBe('窗 6：低对比')
  expect(actionWords('preset-8', 'US', viewerText['zh-CN'])).toBe('窗 8：此类图像没有')
})

describe('windows by keys', () => {
  test('are at least five for each kind of device, each once, each with a key and a name in both languages', () => {
    for (const kind of kinds) {
      const presets = presetsFor(kind)
      expect(presets.length).toBeGreaterThanOrEqual(5)
      expect(presets.length).toBeLessThanOrEqual(presetActions.length)
      expect(new Set(presets).size).toBe(presets.length)
      for (const choice of presets)
        for (const text of Object.values(viewerText)) expect(text.windows[choice]).toMatch(/\S/)
    }
    expect(presetActions.map((action) => defaultKeymap[action])).toEqual([...'12345678'].map((digit) => [digit]))
  })

  test('of CT are in Hounsfield units with the mediastinum among them; nowhere else', () => {
    expect(presetsFor('CT').indexOf('mediastinum')).toBe(5)
    expect(windowOfChoice('mediastinum', own)).toEqual({ width: 350, center: 50 })
    expect(windowOfChoice('lung', { ...own, isInverse: true })).toEqual({ width: 1500, center: -600 })
    for (const kind of kinds.slice(1)) expect(presetsFor(kind)).not.toContain('lung')
  })

  test('of a radiograph go from the window that it came with, whatever its values are', () => {
    expect(presetsFor('DX')).toEqual(presetsFor('DR'))
    const bone = windowOfChoice('xrayBone', own)
    const soft = windowOfChoice('xraySoft', own)
    expect(bone).toEqual({ width: 1680, center: 2060 })
    expect(soft).toEqual({ width: 1680, center: 940 })
    expect(windowOfChoice('xrayChest', own).width).toBeGreaterThan(own.file.width)
    const small = { ...own, file: { width: 1, center: 0.5 } }
    expect(windowOfChoice('lowContrast', small)).toEqual({ width: 1.6, center: 0.5 })
    expect(windowOfChoice('highContrast', small).width).toBe(1)
  })

  test('mean the same where high values are shown dark: bones are what is bright', () => {
    expect(windowOfChoice('xrayBone', { ...own, isInverse: true })).toEqual({ width: 1680, center: 940 })
    expect(windowOfChoice('highContrast', { ...own, isInverse: true }).center).toBe(1500)
  })

  test('brighter shows the same values brighter', () => {
    const shown = (value: number, { width, center }: { width: number; center: number }) =>
      (value - center) / width + 0.5
    expect(shown(1500, windowOfChoice('brighter', own))).toBeGreaterThan(shown(1500, own.file))
    expect(shown(1500, windowOfChoice('darker', own))).toBeLessThan(shown(1500, own.file))
  })

  test('the file’s own and the automatic one are those of the image', () => {
    expect([windowOfChoice('file', own), windowOfChoice('auto', own)]).toEqual([own.file, own.full])
  })
})

test('the window that covers two reaches from the darkest to the brightest that either shows', () => {
  const narrow = { width: 10, center: 100 }
  expect(coveringWindow(narrow, { width: 4, center: 0 })).toEqual({ width: 107, center: 51.5 })
  expect(coveringWindow(narrow, { width: 4, center: 101 })).toEqual(narrow)
  expect(coveringWindow({ width: 400, center: 40 }, narrow)).toEqual({ width: 400, center: 40 })
})
