import { pinyin } from 'pinyin-pro'
import { cutText } from './cut-text.ts'
import { compoundSurnames } from './surnames.ts'

/** PS3.5 table 6.2-1, PN: characters of a component group. */
const longestGroup = 64
const ideograph = /\p{Script=Han}/u
/** The dots that stand between the parts of a name like 买买提·吐尔逊, as input methods and card readers write them. */
const nameDot = /[·•・‧∙⋅．]/gu

function withoutLooseSpace(name: string): string {
  const trimmed = name.trim().replace(/\s+/gu, ' ')
  return ideograph.test(trimmed) ? trimmed.replace(/ /g, '') : trimmed
}

/**
 * ü as on passports and by GB/T 28039 (吕 LYU, 女 NYU): a modality has no Ü, and V reads as another name.
 * A character without a known reading becomes X. Left out, 张𪚥 would read as the complete name ZHANG; with X the operator sees that something
 * stands there, and registration asks to correct the pinyin.
 */
function syllableOf(reading: string): string {
  const letters = reading
    .replace(/^([ln])[üv]/u, '$1yu')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
  return /^[a-z]+$/i.test(letters) ? letters.toUpperCase() : 'X'
}

/** One entry a character of a Chinese name; Latin letters stay together as one entry. */
function syllables(part: string): readonly { readonly origin: string; readonly latin: string }[] {
  const readings = pinyin(part, { mode: 'surname', surname: 'head', toneType: 'none', type: 'all', v: true })
  const entries: { origin: string; latin: string }[] = []
  for (const { origin, pinyin: reading, isZh } of readings) {
    const isLetter = !isZh && /^[\p{Script=Latin}'’.-]$/u.test(origin)
    const last = entries.at(-1)
    if (isLetter && last && /[\p{Script=Latin}]$/u.test(last.origin)) {
      last.origin += origin
      last.latin += latinLetters(origin).toUpperCase()
    } else {
      entries.push({ origin, latin: isLetter ? latinLetters(origin).toUpperCase() : syllableOf(isZh ? reading : '') })
    }
  }
  return entries
}

/** José → Jose: the letters of the DICOM default repertoire (ISO IR 6); what has none becomes X. */
function latinLetters(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’‘`]/gu, "'")
    .replace(/[^\x20-\x7e]/gu, 'X')
}

/** One entry a character of any text, with the reading that its neighbours suggest: '胸部' → XIONG, BU. Other signs have ''. */
export function readingOfText(text: string): readonly { readonly origin: string; readonly syllable: string }[] {
  const readings = pinyin(text, { toneType: 'none', type: 'all', v: true })
  return readings.flatMap(({ origin, pinyin: reading, isZh }) =>
    [...origin].map((sign) => ({
      origin: sign,
      syllable: ideograph.test(sign) ? syllableOf(isZh ? reading : '') : '',
    })),
  )
}

/** '三丰' → 'Sanfeng': a component of a PN in Latin letters. */
export const singleWordPinyin = (component: string): string =>
  titleCase(joined(syllables(withoutLooseSpace(component))))

/** é and ü stay, ő becomes o: the letters of ISO IR 100. */
const latin1Letters = (text: string): string =>
  [...text.normalize('NFC')].map((sign) => (/[\u00c0-\u00ff]/u.test(sign) ? sign : latinLetters(sign))).join('')

/** How many characters of a Chinese name without a dot are the family name: 2 for 欧阳娜娜, 1 for 张三 and for 欧阳 alone. */
function familyLength(characters: readonly string[]): number {
  if (characters.length < 2) return characters.length
  return characters.length > 2 && compoundSurnames.has(characters.slice(0, 2).join('')) ? 2 : 1
}

const joined = (entries: readonly { readonly latin: string }[]) => entries.map((entry) => entry.latin).join('')

/**
 * A name in Latin letters as modalities show it: '张三丰' → 'ZHANG SANFENG', '欧阳娜娜' → 'OUYANG NANA' (GB/T 28039: family and
 * given name are a word each), '买买提·吐尔逊' → 'MAIMAITI TUERXUN' (a word a part). A name in Latin letters stays as it is. Never empty.
 */
export function pinyinOf(name: string): string {
  const plain = withoutLooseSpace(name)
  if (!ideograph.test(plain)) return plain === '' ? 'X' : plain
  const parts = plain.split(nameDot).filter((part) => part !== '')
  if (parts.length > 1) return parts.map((part) => joined(syllables(part))).join(' ')
  const entries = syllables(parts[0] ?? '')
  const family = familyLength(entries.map((entry) => entry.origin))
  return [joined(entries.slice(0, family)), joined(entries.slice(family))].filter((word) => word !== '').join(' ')
}

/** 'OYNN' for 欧阳娜娜, 'SJ' for Smith John: what staff type to find somebody. Upper case. */
export function pinyinInitials(name: string): string {
  const plain = withoutLooseSpace(name)
  const words = ideograph.test(plain)
    ? plain.split(nameDot).flatMap((part) => syllables(part).map((entry) => entry.latin))
    : latinLetters(plain).toUpperCase().split(/[ -]/)
  return words.map((word) => word.slice(0, 1)).join('')
}

/** The delimiters of PN and control characters cannot stand in a component. */
const pnSafe = (text: string) =>
  text
    .replace(/[\^=\\\p{Cc}]/gu, ' ')
    .trim()
    .replace(/ +/g, ' ')
const titleCase = (word: string) => word.toLowerCase().replace(/(^|[ '-])([a-z])/g, (letters) => letters.toUpperCase())

function splitIdeographic(name: string, familyLatin: string): string {
  const characters = [...name]
  const readings = syllables(name).map((entry) => entry.latin)
  const wanted = familyLatin.toUpperCase()
  // What staff wrote as the family name decides; the list only where that says nothing.
  const byPinyin = [2, 1].find((length) => readings.slice(0, length).join('') === wanted)
  const family = byPinyin ?? familyLength(characters)
  return characters.length > family && characters.length < longestGroup
    ? `${characters.slice(0, family).join('')}^${characters.slice(family).join('')}`
    : name
}

/**
 * PatientName (0010,0010) as PN, PS3.5 6.2.1.2: 'Zhang^San=张^三', alphabetic and ideographic group. 'Smith^John' for a Latin
 * name. A name of several parts (买买提·吐尔逊) has no family name: it is one component in both groups. A group holds 64
 * characters, a longer one is cut. `alphabet`: with 'latin-1' a name in Latin letters keeps its é and ü.
 */
export function personNameValue(
  patient: { readonly name: string; readonly namePinyin?: string | undefined },
  alphabet: 'ascii' | 'latin-1' = 'ascii',
): string {
  const name = withoutLooseSpace(pnSafe(patient.name.toWellFormed()))
  const isChinese = ideograph.test(name)
  const written = pnSafe(patient.namePinyin?.trim() || pinyinOf(name))
  const latin = alphabet === 'latin-1' && !isChinese ? latin1Letters(written) : latinLetters(written)
  const hasParts = isChinese && name.split(nameDot).length > 1
  const [family = '', ...given] = latin.split(' ')
  const words = hasParts ? [latin] : [family, given.join(' ')].filter((word) => word !== '')
  // Never empty: a device that sees no name at all shows an empty line.
  const alphabetic = (isChinese ? words.map(titleCase) : words).join('^').slice(0, longestGroup).trim() || 'X'
  if (!isChinese) return alphabetic
  return `${alphabetic}=${cutText(hasParts ? name : splitIdeographic(name, family), longestGroup)}`
}

export type ReadPersonName = {
  /** 'Zhang San', '' where the name has no Latin form. */
  readonly alphabetic: string
  /** '张三', '' where it has no Chinese form. */
  readonly ideographic: string
  /** What staff are shown: the Chinese form if there is one. */
  readonly display: string
}

/** A PN as decoded. Many devices write Chinese characters into the first group; they are taken for what they are. */
export function readPersonName(pn: string): ReadPersonName {
  const groups = pn.split('=').map((group) => group.split('^').map((component) => component.trim()))
  const spaced = (index: number) => (groups[index] ?? []).filter((component) => component !== '').join(' ')
  const first = spaced(0)
  const firstIsIdeographic = ideograph.test(first)
  const ideographic = withoutLooseSpace(spaced(1)) || (firstIsIdeographic ? withoutLooseSpace(first) : '')
  const alphabetic = firstIsIdeographic ? '' : first
  return { alphabetic, ideographic, display: ideographic || alphabetic }
}
