import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutText } from '../../shared/text/cut-text.ts'

describe('a text cut to its limit', () => {
  test.each([
    ['胸部平扫', 4, '胸部平扫'],
    ['胸部平扫', 3, '胸部平'],
    ['张𬭊𬭊', 2, '张𬭊'],
    ['ab\u0301c', 2, 'a'],
    ['ab\u0301c', 3, 'ab\u0301'],
    ['葛\u{e0100}城', 1, ''],
    ['', 5, ''],
  ])('%j to %i characters is %j', (text, most, cut) => {
    expect(cutText(text, most)).toBe(cut)
  })

  test('is a beginning of the text, never too long, and never ends in half a pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, most) => {
        const cut = cutText(text, most)
        expect(text.startsWith(cut)).toBe(true)
        expect([...cut].length).toBeLessThanOrEqual(most)
        expect(cut.isWellFormed()).toBe(true)
      }),
    )
  })
})
