import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { encodeText, specificCharacterSetOf } from '../../shared/dicom/encode-text.ts'
import { unsayable } from '../../shared/dicom/sayable-text.ts'
import { characterSetsOf, decodeText } from '../../shared/text/character-sets.ts'
import { diagnoseText, leastConfidence, termsReadAs } from '../../shared/text/charset-doctor.ts'
import { personNameValue } from '../../shared/text/person-name.ts'
import { dice, namesForTests } from './names-for-tests.ts'

const diagnose = (bytes: Uint8Array, declared: string, isName = true) =>
  diagnoseText([{ bytes, isName }], characterSetsOf(declared))
const actual = ['utf-8', 'gb18030', 'gbk', 'iso-2022-ir-58'] as const
const declarations = ['', 'ISO_IR 100', 'ISO_IR 192', 'GB18030', 'GBK', '\\ISO 2022 IR 58', 'ISO_IR 144']

describe('500 names of each actual set under each declaration', () => {
  const names = namesForTests(500, 11).filter(({ kind }) => kind !== 'latin')
  for (const written of actual) {
    for (const declared of declarations) {
      // Many devices write Chinese into the first group: then no pinyin beside it says that the reading is right.
      test.each([
        ['with pinyin', 0.95],
        ['alone', declared === 'ISO_IR 144' ? 0.4 : 0.7],
      ])(`${written} declared as ${declared || 'nothing'}, %s`, (way, least) => {
        const found = { right: 0, unsure: 0, wrong: [] as string[] }
        let misread = 0
        for (const { name } of names) {
          const groups = personNameValue({ name })
          const value = way === 'alone' ? (groups.split('=')[1] ?? '') : groups
          if (unsayable(value, written).length > 0) continue
          const bytes = encodeText(value, written, true)
          const asDeclared = decodeText(bytes, characterSetsOf(declared), true)
          const diagnosis = diagnose(bytes, declared)
          if (asDeclared === value) {
            if (diagnosis.kind === 'otherwise') found.wrong.push(`${value} as ${diagnosis.readAs}`)
            continue
          }
          misread++
          if (diagnosis.kind !== 'otherwise' || diagnosis.confidence < leastConfidence) found.unsure++
          else if (decodeText(bytes, termsReadAs(diagnosis.readAs)!, true) === value) found.right++
          else found.wrong.push(`${value} as ${diagnosis.readAs}`)
        }
        expect(found.wrong).toEqual([])
        // Names of one character, and rare ones alone, are left to the device's other images.
        expect(found.right / Math.max(1, misread)).toBeGreaterThanOrEqual(misread === 0 ? 0 : least)
      })
    }
  }
})

describe('what is right stays', () => {
  test.each([
    ['José^Müller', 'ISO_IR 100', 'latin1'],
    ['MÜLLER^JÖRG', 'ISO_IR 100', 'latin1'],
    ['Ångström^Åke', 'ISO_IR 100', 'latin1'],
    ['Été à Zoë, 37 °C, 5 µm ± 2 «texte»', 'ISO_IR 100', 'latin1'],
    ['Großmann^Jürgen', 'ISO_IR 100', 'latin1'],
    ['Wałęsa^Łódź', 'ISO_IR 101', 'iso-8859-2'],
    ['Люксембург^Иван', 'ISO_IR 144', 'iso-8859-5'],
    ['ИВАНОВ^ПЁТР', 'ISO_IR 144', 'iso-8859-5'],
    ['Διονυσιος', 'ISO_IR 126', 'iso-8859-7'],
    ['שרון^דבורה', 'ISO_IR 138', 'iso-8859-8'],
    ['قباني^لنزار', 'ISO_IR 127', 'iso-8859-6'],
    ['ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎', 'ISO_IR 13', 'shift_jis'],
    ['김^희중', 'ISO_IR 149', 'euc-kr'],
    ['José^Müller', 'ISO_IR 192', 'utf8'],
    ['Иванов^Пётр', 'ISO_IR 192', 'utf8'],
    ['Nguyễn^Đỗ', 'ISO_IR 192', 'utf8'],
    ['やまだ^たろう=山田^太郎', 'ISO_IR 192', 'utf8'],
    ['홍^길동', 'ISO_IR 192', 'utf8'],
    ['張^學友', 'ISO_IR 192', 'utf8'],
    ['歐陽^娜娜', 'GB18030', 'gb18030'],
    ['王^Lily', 'GB18030', 'gb18030'],
    ['A型 B超 CT平扫 2cm以下', 'GB18030', 'gb18030'],
    ['锟斤拷锟斤拷', 'GB18030', 'gb18030'],
    ['ZHANG^SAN', 'ISO_IR 100', 'latin1'],
  ])('%s declared %s', (text, declared, label) => {
    expect(diagnose(iconv.encode(text, label), declared).kind).not.toBe('otherwise')
  })
})

describe('what is wrong is seen', () => {
  test.each([
    ['张^三', '', 'gb18030', 'gb18030'],
    ['Zhang^San=张^三', 'ISO_IR 192', 'gb18030', 'gb18030'],
    ['张^三', 'ISO_IR 100', 'utf8', 'utf-8'],
    ['张^三', 'GB18030', 'utf8', 'utf-8'],
    ['张^三', '\\ISO 2022 IR 58', 'gb2312', 'gb18030'],
    ['北京市第一人民医院', 'ISO_IR 144', 'gbk', 'gb18030'],
    ['José^Núñez-García^François', 'ISO_IR 100', 'utf8', 'utf-8'],
    ['José^Núñez-García^François', 'GB18030', 'latin1', 'latin-1'],
    ['José^Núñez-García^François', 'ISO_IR 192', 'latin1', 'latin-1'],
  ])('%s declared %s', (text, declared, label, readAs) => {
    const found = diagnose(iconv.encode(text, label), declared)
    expect(found).toMatchObject({ kind: 'otherwise', readAs })
    expect(found.kind === 'otherwise' && found.confidence).toBeGreaterThan(leastConfidence)
    expect(found.kind === 'otherwise' && found.samples.map((sample) => sample.asProposed)).toEqual([text])
  })

  test('escape sequences of GB 2312 under a set that knows none', () => {
    const bytes = encodeText('Zhang^San=张^三', 'iso-2022-ir-58', true)
    for (const declared of ['GB18030', 'ISO_IR 192']) {
      expect(diagnose(bytes, declared)).toMatchObject({ kind: 'otherwise', readAs: 'iso-2022-ir-58' })
    }
  })

  test('one character alone is not proof enough', () => {
    const found = diagnose(iconv.encode('张', 'gb18030'), '')
    expect(found.kind === 'otherwise' && found.confidence).toBeLessThan(leastConfidence)
  })

  test('the samples are names first, at most five', () => {
    const texts = Array.from({ length: 9 }, (_, at) => ({
      bytes: iconv.encode(`第${at}医院`, 'gbk'),
      isName: at === 8,
    }))
    const found = diagnoseText(texts, [''])
    expect(found.kind === 'otherwise' && found.samples.length).toBe(5)
    expect(found.kind === 'otherwise' && found.samples[0]!.asProposed).toBe('第8医院')
  })
})

test('any bytes under any declaration have a diagnosis', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(...declarations, 'nonsense'), (bytes, declared) => {
      const found = diagnose(bytes, declared)
      if (found.kind !== 'otherwise') return
      expect(found.confidence).toBeGreaterThan(0)
      expect(found.confidence).toBeLessThanOrEqual(1)
      expect(found.samples.length).toBeGreaterThan(0)
    }),
    { numRuns: 2000 },
  )
})

test('ASCII says nothing, whatever is declared', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~]*$/), fc.constantFrom(...declarations), (text, declared) => {
      expect(diagnose(Buffer.from(text), declared)).toEqual({ kind: 'says-nothing' })
    }),
  )
})

test('each set that can be chosen reads what is written in it', () => {
  for (const readAs of ['utf-8', 'gb18030', 'gbk', 'iso-2022-ir-58'] as const) {
    expect(decodeText(encodeText('Zhang=张^三', readAs, true), termsReadAs(readAs)!, true)).toBe('Zhang=张^三')
    expect(characterSetsOf(specificCharacterSetOf[readAs]).length).toBeGreaterThan(0)
  }
  expect(termsReadAs('declared')).toBeUndefined()
})

describe('honest text is never suspected', () => {
  const roll = dice(5)
  const hanOf = (fromRow: number, rows: number): string => {
    for (;;) {
      const code = Uint8Array.from([fromRow + roll(rows), 0xa1 + roll(94)])
      const sign = new TextDecoder('gbk').decode(code)
      if (/\p{Script=Han}/u.test(sign)) return sign
    }
  }
  test.each([
    ['common characters', 0xb0, 40],
    ['characters of level 2', 0xd8, 32],
    ['both', 0xb0, 72],
  ])('%s, one to six of them, in the set that is declared', (_, fromRow, rows) => {
    const suspected: string[] = []
    for (let round = 0; round < 1000; round++) {
      const text = Array.from({ length: 1 + roll(6) }, () => hanOf(fromRow, rows)).join(roll(3) === 0 ? '^' : '')
      for (const [label, declared] of [
        ['gb18030', 'GB18030'],
        ['gbk', 'GBK'],
        ['utf8', 'ISO_IR 192'],
      ] as const) {
        if (diagnose(iconv.encode(text, label), declared, roll(2) === 0).kind === 'otherwise') suspected.push(text)
      }
    }
    expect(suspected).toEqual([])
  })

  test('Latin names are repaired to what was written, or not at all', () => {
    const names = [
      'José^Núñez',
      'Müller^Jörg',
      'Zoë^Ångström',
      'François^Lefèvre',
      'Łódź^Ewa',
      'Strauß^Björn',
      'Peña^Íñigo',
    ]
    let repaired = 0
    for (const value of names) {
      for (const written of ['latin1', 'utf8', 'gb18030']) {
        if (written === 'latin1' && /[^\0-\xff]/u.test(value)) continue
        for (const declared of declarations) {
          const bytes = iconv.encode(value, written)
          const found = diagnose(bytes, declared)
          if (found.kind !== 'otherwise' || found.confidence < leastConfidence) continue
          repaired++
          expect(decodeText(bytes, termsReadAs(found.readAs)!, true)).toBe(value)
        }
      }
    }
    expect(repaired).toBeGreaterThan(20)
  })
})
