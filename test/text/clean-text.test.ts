import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanLine, cleanLines } from '../../shared/text/clean-text.ts'

const char = (...codes: number[]) => String.fromCodePoint(...codes)

test('what prints nothing is taken out of a line', () => {
  expect(cleanLine(`张${char(0)}伟`)).toBe('张伟')
  expect(cleanLine(`${char(0xfeff)}张${char(0x200b)}伟${char(0x202e)}`)).toBe('张伟')
  expect(cleanLine(` 王\t小\r\n明 `)).toBe('王 小 明')
  expect(cleanLine(`李${char(0xad)}四${char(0x2060)}`)).toBe('李四')
  expect(cleanLine('张\ud842伟')).toBe('张伟')
})

test.each([
  ['nothing', ''],
  ['spaces of every width', ' \u3000\u00a0\u2003'],
  ['controls', char(1, 7, 27, 127, 0x9b)],
  ['zero-width characters', char(0x200b, 0x200c, 0x200d, 0x2060, 0xfeff)],
  ['marks of direction', char(0x200e, 0x202e, 0x2066, 0x2069)],
  ['fillers and blanks that are letters or symbols', char(0x3164, 0x115f, 0x2800)],
  ['an accent on nothing', char(0x301)],
  ['half a character', '\ud842'],
])('%s is nothing', (_what, text) => {
  expect(cleanLine(text)).toBe('')
  expect(cleanLines(text)).toBe('')
})

test.each(['张䶮', '𪚥龘', '买买提·吐尔逊', "O'Neil <b>", '😀', '👨‍👩‍👧', 'न्‍', '一\ue000', '-', '0', 'a b'])(
  '%s stays as it is',
  (text) => {
    expect(cleanLine(text)).toBe(text.replace(/\u200d$/, ''))
  },
)

test('several lines stay lines', () => {
  expect(cleanLines(`主诉：\r\n\t咳嗽${char(0)}三天\r\n\n无发热 `)).toBe('主诉：\n\t咳嗽三天\n\n无发热')
})

test('what was cleaned stays as it is, and holds nothing that prints nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(cleanLine(cleanLine(text))).toBe(cleanLine(text))
      expect(cleanLines(cleanLines(text))).toBe(cleanLines(text))
      expect(cleanLine(text)).not.toMatch(/[\p{Cc}\u200b\u2028\ufeff]|^\s|\s$/u)
      expect(cleanLines(text)).not.toMatch(/(?![\n\t])\p{Cc}|\u200b|\ufeff/u)
    }),
  )
})
