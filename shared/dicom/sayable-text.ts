import { readingOfText, singleWordPinyin } from '../text/person-name.ts'
import { codesOf, type TextEncoding } from './character-codes.ts'

/** Signs of Chinese typing and of measurement that a smaller repertoire says with others. */
const plainSigns: Readonly<Record<string, string>> = {
  '、': ',',
  '。': '.',
  '《': '<',
  '》': '>',
  '〈': '<',
  '〉': '>',
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
  '【': '[',
  '】': ']',
  '〔': '[',
  '〕': ']',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '—': '-',
  '–': '-',
  '‐': '-',
  '−': '-',
  '·': '.',
  '•': '.',
  '・': '.',
  '×': 'x',
  '÷': '/',
  '±': '+-',
  '≤': '<=',
  '≥': '>=',
  '≈': '~',
  '→': '->',
  '←': '<-',
  '°': 'deg ',
  µ: 'u',
  μ: 'u',
  Ø: 'O',
  ø: 'o',
  Æ: 'AE',
  æ: 'ae',
  Œ: 'OE',
  œ: 'oe',
  ß: 'ss',
  Đ: 'D',
  đ: 'd',
  Ð: 'D',
  ð: 'd',
  Þ: 'Th',
  þ: 'th',
  Ł: 'L',
  ł: 'l',
  ı: 'i',
  '⁄': '/',
}

const han = /\p{Script=Han}/u
/** The delimiters of several values and of PN must not come out of a sign like '＝' or '＼'. */
const delimiters = /[\\^=]/g

/** The characters of a text that an encoding cannot say as they are. */
export function unsayable(text: string, encoding: TextEncoding): readonly string[] {
  return [...text.toWellFormed()].filter((sign) => !codesOf(sign, encoding))
}

/**
 * A text in the characters that an encoding has: what it lacks becomes pinyin ('胸部CT' → 'XIONG BU CT'), a Latin letter without its mark,
 * or the plain sign of the same meaning. A letter without any reading becomes 'X', so that staff see that something stands there.
 */
export function sayText(text: string, encoding: TextEncoding): string {
  const whole = text.toWellFormed()
  if (unsayable(whole, encoding).length === 0) return whole
  const composed = whole.normalize('NFC')
  if (unsayable(composed, encoding).length === 0) return composed
  let said = ''
  let wasSyllable = false
  for (const { origin, syllable } of readingOfText(composed)) {
    const isSayable = codesOf(origin, encoding) !== undefined
    const isSyllable = !isSayable && han.test(origin)
    const word = isSayable ? origin : isSyllable ? syllable : plainSign(origin, encoding)
    const meets =
      (wasSyllable && /^[\p{Script=Latin}\d]/u.test(word)) || (isSyllable && /[\p{Script=Latin}\d]$/u.test(said))
    said += meets ? ` ${word}` : word
    wasSyllable = isSyllable || (wasSyllable && word === '')
  }
  return said
}

function plainSign(sign: string, encoding: TextEncoding): string {
  const sayable = (text: string) => text !== '' && unsayable(text, encoding).length === 0
  const compatible = sign.normalize('NFKC').replace(delimiters, ' ')
  const other = plainSigns[sign]
  const plain = [...compatible].map((one) => plainSigns[one] ?? one).join('')
  const bare = plain.normalize('NFD').replace(/\p{M}/gu, '')
  const found = [other, compatible, plain, bare].find((one) => one !== undefined && sayable(one))
  if (found !== undefined) return found
  if (/[\p{Cc}\p{Z}]/u.test(sign)) return ' '
  return /[\p{M}\p{Cf}]/u.test(sign) ? '' : 'X'
}

/** The dots between the parts of a name; '·' is the one that every Chinese set has. */
const nameDot = /[•・‧∙⋅．]/gu

/**
 * A PN in the characters that an encoding has (PS3.5 6.2.1.2). A group that cannot be said whole is left out: half a name is another name.
 * The alphabetic group is never empty: where it holds Chinese, or nothing, it gets the pinyin of what could not be said.
 */
export function sayPersonName(value: string, encoding: TextEncoding): string {
  const whole = value.toWellFormed()
  if (unsayable(whole, encoding).length === 0) return whole
  return whole
    .split('\\')
    .map((name) => sayOneName(name, encoding))
    .join('\\')
}

function sayOneName(name: string, encoding: TextEncoding): string {
  const groups = name.normalize('NFC').split('=')
  const said: string[] = groups.map((group, index) => {
    const dotted = unsayable(group, encoding).length > 0 ? group.replace(nameDot, '·') : group
    if (unsayable(dotted, encoding).length === 0) return dotted
    return index === 0 ? componentsInLatin(group, encoding) : ''
  })
  if (said.join('') === '') {
    said[0] = componentsInLatin(groups.find((group) => group !== '') ?? '', encoding)
  }
  return said.join('=').replace(/=+$/u, '')
}

const componentsInLatin = (group: string, encoding: TextEncoding): string =>
  group
    .split('^')
    .map((part) => (unsayable(part, encoding).length === 0 ? part : sayText(singleWordPinyin(part), encoding)))
    .join('^')
