import { describe, expect, test } from 'vitest'
import { codesOf, type TextEncoding } from '../../shared/dicom/character-codes.ts'
import { encodeText, specificCharacterSetOf } from '../../shared/dicom/encode-text.ts'
import { sayPersonName, sayText, unsayable } from '../../shared/dicom/sayable-text.ts'
import { characterSetsOf, decodeText } from '../../shared/text/character-sets.ts'
import { personNameValue, pinyinOf, readPersonName } from '../../shared/text/person-name.ts'
import { namesForTests } from './names-for-tests.ts'

const encodings: readonly TextEncoding[] = ['gb18030', 'gbk', 'iso-2022-ir-58', 'utf-8', 'latin-1', 'ascii']
const names = namesForTests(3000)
const han = /\p{Script=Han}/u

/** What a device reads that believes (0008,0005). */
const readBack = (text: string, encoding: TextEncoding, isName: boolean) =>
  decodeText(encodeText(text, encoding, isName), characterSetsOf(specificCharacterSetOf[encoding]), isName)
const oneDot = (text: string) => text.replace(/[•．]/gu, '·')

describe.each(encodings)('3,000 names in %s', (encoding) => {
  test('each is read back as it was, or without its Chinese exactly where the set lacks a character, its pinyin whole', () => {
    const found = { equal: 0, otherDot: 0, withoutChinese: 0 }
    for (const { name } of names) {
      const value = personNameValue({ name }, encoding === 'latin-1' ? 'latin-1' : 'ascii')
      const back = readBack(value, encoding, true)
      const lacks = [...value].filter((sign) => !codesOf(sign, encoding))
      const lacksBeyondDots = [...oneDot(value)].filter((sign) => !codesOf(sign, encoding))
      if (lacks.length === 0) {
        expect(back).toBe(value)
        found.equal++
      } else if (lacksBeyondDots.length === 0) {
        expect(back).toBe(oneDot(value))
        found.otherDot++
      } else {
        expect(back).toBe(value.split('=')[0])
        const latin = pinyinOf(name).toLowerCase()
        expect(back.replace('^', ' ').toLowerCase()).toBe(latin)
        expect(back).not.toMatch(/[?〓\ufffd]/u)
        found.withoutChinese++
      }
    }
    expect(found.equal + found.otherDot + found.withoutChinese).toBe(3000)
    if (encoding === 'gb18030' || encoding === 'utf-8') expect(found.equal).toBe(3000)
    if (encoding === 'gbk') expect(found.withoutChinese).toBeGreaterThan(200)
    if (encoding === 'iso-2022-ir-58') expect(found.withoutChinese).toBeGreaterThan(500)
  })

  test('each as a plain text keeps what the set has and says the rest in pinyin', () => {
    for (const { name } of names) {
      const text = `${name} 胸部CT平扫`
      const back = readBack(text, encoding, false)
      expect(back).toBe(sayText(text, encoding))
      if (unsayable(text, encoding).length === 0) expect(back).toBe(text)
      else {
        expect(back).not.toMatch(/[?〓\ufffd]/u)
        for (const sign of text) if (codesOf(sign, encoding)) expect(back).toContain(sign)
      }
      if (encoding === 'ascii' || encoding === 'latin-1') expect(back).not.toMatch(han)
    }
  })
})

describe('what a set cannot say', () => {
  test.each<[string, TextEncoding, string]>([
    ['Zhang^Yan=张^䶮', 'gbk', 'Zhang^Yan'],
    ['Zhang^Yan=张^䶮', 'gb18030', 'Zhang^Yan=张^䶮'],
    ['Li^Xi=李^喆', 'iso-2022-ir-58', 'Li^Xi'],
    ['Li^Xi=李^喆', 'gbk', 'Li^Xi=李^喆'],
    ['张^三', 'ascii', 'Zhang^San'],
    ['=张^三丰', 'latin-1', 'Zhang^Sanfeng'],
    ['Maimaiti=买买提•吐尔逊', 'gbk', 'Maimaiti=买买提·吐尔逊'],
    ['A^B=张^䶮\\Li^Si=李^四', 'gbk', 'A^B\\Li^Si=李^四'],
    ['Nu\u0301n\u0303ez^Jose\u0301', 'latin-1', 'Núñez^José'],
    ['Núñez^José', 'ascii', 'Nunez^Jose'],
  ])('the name %s in %s is %s', (value, encoding, said) => {
    expect(sayPersonName(value, encoding)).toBe(said)
  })

  test.each<[string, TextEncoding, string]>([
    ['胸部CT平扫', 'ascii', 'XIONG BU CT PING SAO'],
    ['胸部正位（卧位）', 'latin-1', 'XIONG BU ZHENG WEI(WO WEI)'],
    ['重庆长寿区', 'ascii', 'CHONG QING CHANG SHOU QU'],
    ['张䶮医院', 'gbk', '张YAN医院'],
    ['Müller 37°C', 'latin-1', 'Müller 37°C'],
    ['Müller 37℃', 'ascii', 'Muller 37deg C'],
    ['１２３，ＡＢＣ', 'ascii', '123,ABC'],
    ['＝＼＾', 'ascii', '   '],
    ['🙂', 'gbk', 'X'],
    ['Łódź', 'latin-1', 'Lódz'],
    ['𪚥', 'gbk', 'X'],
  ])('the text %s in %s is %s', (text, encoding, said) => {
    expect(sayText(text, encoding)).toBe(said)
  })

  test('half a surrogate pair is no character of any set', () => {
    for (const encoding of encodings) expect(readBack('a\ud800b', encoding, false)).toMatch(/^a(X|\ufffd)b$/u)
  })

  test('what is read of a name that was written is the name that staff registered', () => {
    for (const { name, kind } of names.slice(0, 500)) {
      if (kind === 'latin') continue
      const back = readPersonName(readBack(personNameValue({ name }), 'gb18030', true))
      expect(back.display).toBe(name.replace(' ', ''))
    }
  })
})
