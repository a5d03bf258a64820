import { expect, test } from 'vitest'
import { crosshairStep } from '../../renderer/features/viewer/crosshair-step.ts'

test('arrows move the crosshair by a pixel, with Shift further; Enter sets, Escape leaves, other keys are not its own', () => {
  expect(crosshairStep('ArrowLeft')).toEqual({ kind: 'move', dx: -1, dy: 0 })
  expect(crosshairStep('Shift+ArrowDown')).toEqual({ kind: 'move', dx: 0, dy: 20 })
  expect([crosshairStep('Enter')?.kind, crosshairStep('Escape')?.kind]).toEqual(['set', 'leave'])
  for (const other of ['Home', 'Ctrl+ArrowUp', 'i', 'Shift+i', 'toString', ''])
    expect(crosshairStep(other)).toBe(undefined)
})
