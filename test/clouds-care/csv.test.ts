import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCsv, writeCsv } from '../../shared/text/csv.ts'

const isFormula = (cell: string) => /^[=+\-@\t\r]/.test(cell)
const awkward = fc.constantFrom('"', ',', '\n', '\r', '\r\n', '\uFEFF', "'", ' ', ';', '胸', '䶮', '𬭎', '😀', '=', 'a')
const cell = fc
  .oneof(fc.string(), fc.string({ unit: awkward }))
  .filter((text) => !isFormula(text) && text.isWellFormed())
/** A line of blanks alone says nothing and is left out. */
const line = fc.array(cell, { minLength: 1, maxLength: 9 }).filter((cells) => cells.some((one) => one.trim() !== ''))

describe('a table as CSV', () => {
  test('comes back as it was written, whatever quotes, commas and line breaks its cells hold', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        expect(readCsv(writeCsv(lines))).toEqual(lines)
      }),
      { numRuns: 1000 },
    )
  })

  test('holds no cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'),
        fc.string(),
        (first, rest) => {
          const [[read] = []] = readCsv(writeCsv([[first + rest]]))
          expect(read).toBe(`'${first}${rest}`)
        },
      ),
    )
  })

  test('is read with or without a byte order mark, with either line end, with or without a last one', () => {
    const expected = [
      ['a', 'b'],
      ['1', '2'],
    ]
    for (const text of ['a,b\r\n1,2\r\n', 'a,b\n1,2', '\uFEFFa,b\r1,2\r', '"a","b"\n\n"1","2"\n\n'])
      expect(readCsv(text), JSON.stringify(text)).toEqual(expected)
  })

  test('a quote within an unquoted cell is a quote', () => {
    expect(readCsv('5" pipe,x')).toEqual([['5" pipe', 'x']])
  })

  test('no text makes the reader fail or lose a character that is no mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: awkward, maxLength: 40 }), (text) => {
        const letters = (all: string) => all.replace(/[^胸䶮𬭎😀a;=']/gu, '')
        expect(letters(readCsv(text).flat().join(''))).toBe(letters(text))
      }),
    )
  })
})
