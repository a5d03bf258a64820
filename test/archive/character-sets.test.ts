import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { characterSetsOf, decodeText } from '../../shared/text/character-sets.ts'

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))))
const read = (value: Buffer, declared: string, isName = true) => decodeText(value, characterSetsOf(declared), isName)

describe('text by SpecificCharacterSet', () => {
  test('GB18030 with characters of two and of four bytes', () => {
    const name = 'Wang^XiaoDong=王^小东䶮𬭎'
    expect(read(iconv.encode(name, 'gb18030'), 'GB18030')).toBe(name)
    expect(read(iconv.encode('王^小东', 'gbk'), 'GBK')).toBe('王^小东')
  })

  test('a second byte that looks like a backslash or a caret is part of its character', () => {
    const name = '誠^昞'
    const encoded = iconv.encode(name, 'gb18030')
    expect(encoded.includes(0x5c) || encoded.includes(0x5e)).toBe(true)
    expect(read(encoded, 'GB18030')).toBe(name)
  })

  test('UTF-8', () => expect(read(Buffer.from('王^小東'), 'ISO_IR 192')).toBe('王^小東'))
  test('Latin-1', () => expect(read(bytes('Buc^J\xe9r\xf4me'), 'ISO_IR 100')).toBe('Buc^Jérôme'))
  test('Latin-2', () => expect(read(bytes('Wa\xb3\xeasa'), 'ISO_IR 101')).toBe('Wałęsa'))
  test('Cyrillic', () => expect(read(bytes([0xbb, 0xee, 0xda]), 'ISO_IR 144')).toBe('Люк'))

  // PS3.5 annex K, example 2, and PS3.5 annex H and I.
  test('GB 2312 by ISO 2022 IR 58', () => {
    const encoded = bytes(
      'Zhang^XiaoDong=',
      [0x1b],
      '$)A',
      [0xd5, 0xc5],
      '^',
      [0x1b],
      '$)A',
      [0xd0, 0xa1, 0xb6, 0xab],
      '=',
    )
    expect(read(encoded, '\\ISO 2022 IR 58')).toBe('Zhang^XiaoDong=张^小东=')
  })
  test('Japanese by ISO 2022 IR 87', () => {
    const encoded = bytes('Yamada^Tarou=', [0x1b], '$B;3ED', [0x1b], '(B^', [0x1b], '$BB@O:', [0x1b], '(B')
    expect(read(encoded, '\\ISO 2022 IR 87')).toBe('Yamada^Tarou=山田^太郎')
  })
  test('JIS X 0212 by ISO 2022 IR 159', () => {
    expect(read(bytes([0x1b], '$(D', [0x30, 0x21], [0x1b], '(B'), '\\ISO 2022 IR 159')).toBe('丂')
  })
  test('Korean by ISO 2022 IR 149', () => {
    const encoded = bytes('Hong^Gildong=', [0x1b], '$)C', [0xfb, 0xf3], '^', [0x1b], '$)C', [0xd1, 0xce, 0xd4, 0xd7])
    expect(read(encoded, '\\ISO 2022 IR 149')).toBe('Hong^Gildong=洪^吉洞')
  })

  test('never throws, whatever is declared and whatever comes', () => {
    for (const declared of [
      '',
      'nonsense',
      '\\\\',
      'ISO_IR 192',
      'GB18030',
      '\\ISO 2022 IR 58',
      'ISO 2022 IR 87\\ISO 2022 IR 159',
    ]) {
      for (let round = 0; round < 200; round++) {
        const value = Buffer.from(Array.from({ length: 20 }, (_, at) => (round * 37 + at * at * 11) % 256))
        expect(typeof read(value, declared)).toBe('string')
        expect(typeof read(Buffer.concat([Buffer.from([0x1b]), value]), declared)).toBe('string')
      }
    }
  })
})
