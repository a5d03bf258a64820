import { expect, test } from 'vitest'
import { whatChanged } from '../../electron/station/settings/what-changed.ts'

test('only what is otherwise is told, by its path', () => {
  const before = { mode: 'real', printing: { card: { copies: 1, printer: '' }, cardOnSave: false }, words: ['a'] }
  const after = { mode: 'real', printing: { card: { copies: 2, printer: '' }, cardOnSave: false }, words: ['a', 'b'] }
  expect(whatChanged(before, after)).toEqual({
    'printing.card.copies': { from: 1, to: 2 },
    words: { from: ['a'], to: ['a', 'b'] },
  })
  expect(whatChanged(before, before)).toEqual({})
})

test('what came and what went is told against nothing', () => {
  expect(whatChanged({ a: 1 }, { b: { c: 2 } })).toEqual({ a: { from: 1, to: null }, b: { from: null, to: { c: 2 } } })
})
