import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { cannotBeGb18030, gb18030Length } from '../../shared/text/gb18030-length.ts'

describe('the length of a text in GB 18030', () => {
  test('is what iconv-lite writes, for every code point of Unicode', () => {
    const wrong: string[] = []
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
      if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue
      const character = String.fromCodePoint(codePoint)
      if (gb18030Length(character) !== iconv.encode(character, 'gb18030').length) wrong.push(codePoint.toString(16))
    }
    expect(wrong).toEqual([])
  })

  test('is what iconv-lite writes, for any text, damaged ones too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, plain) => {
        expect(gb18030Length(text + plain)).toBe(iconv.encode(text + plain, 'gb18030').length)
      }),
    )
  })

  test.each([
    ['', 0],
    ['CT', 2],
    ['张三', 4],
    ['䶮', 2],
    ['㛃𬭎', 8],
    ['68×29 mm', 9],
  ])('of %j is %i', (text, length) => {
    expect(gb18030Length(text)).toBe(length)
  })

  test('a text with half a surrogate pair cannot be GB 18030, a rare character can', () => {
    expect(cannotBeGb18030('张\ud862')).toBe(true)
    expect(cannotBeGb18030('\ue5e5')).toBe(true)
    expect(cannotBeGb18030('张𪚥')).toBe(false)
  })

  test('what can be GB 18030 comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        if (!cannotBeGb18030(text)) expect(iconv.decode(iconv.encode(text, 'gb18030'), 'gb18030')).toBe(text)
      }),
    )
  })
})
