import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keepLayout, keptLayout } from '../../renderer/features/viewer/viewer-memory.ts'

describe('the layout for a kind of device', () => {
  let kept: Map<string, string>
  beforeEach(() => {
    kept = new Map()
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    })
  })
  afterEach(() => vi.unstubAllGlobals())

  test('is kept by person and kind', () => {
    keepLayout('li', 'CT', '2x2')
    keepLayout('li', 'DX', '1x2')
    expect([keptLayout('li', 'CT'), keptLayout('li', 'DX'), keptLayout('wu', 'CT')]).toEqual(['2x2', '1x2', '1x1'])
  })

  test.each(['__proto__', 'constructor', 'toString', ''])(
    'of a device that calls its kind “%s” is a layout',
    (kind) => {
      expect(keptLayout('li', kind)).toBe('1x1')
      keepLayout('li', kind, '3x3')
      expect(['1x1', '3x3']).toContain(keptLayout('li', kind))
      expect(keptLayout('li', 'CT')).toBe('1x1')
    },
  )

  test('that can’t be read is the usual one', () => {
    kept.set('viewer-layouts/li', '{"CT":"9x9"}')
    expect(keptLayout('li', 'CT')).toBe('1x1')
  })
})
