import { pinyin } from 'pinyin-pro'
import { readPersonName } from '../../../shared/text/person-name.ts'
import { compoundSurnames } from '../../../shared/text/surnames.ts'

/** How a name in an image stands to the registered one. 'unreadable': it speaks for nobody and against nobody. */
export type NameAgreement = 'same-chinese' | 'same-letters' | 'other-chinese' | 'other-letters' | 'unreadable'

/** A name of more readings than this is compared by its registered pinyin alone. */
const mostReadings = 256

/**
 * Compares a PN as decoded (PS3.5 6.2.1.2) with the registered person. Chinese characters decide where both have them. Letters agree
 * in any spelling of the same name: with or without tones, ü as V, YU or U, surname first or last, any separators, and any reading
 * of a character that has several (单 SHAN or DAN). A group that was not readable (U+FFFD, or letters that no pinyin has) is left out.
 */
export function compareName(found: string, registered: { readonly name: string; readonly namePinyin: string }) {
  const { alphabetic, ideographic } = readPersonName(found.normalize('NFKC'))
  return agreementOf(alphabetic, hanziOf(ideographic), registered)
}

function agreementOf(
  alphabetic: string,
  chinese: string,
  registered: { readonly name: string; readonly namePinyin: string },
): NameAgreement {
  const ownChinese = hanziOf(registered.name.normalize('NFKC'))
  if (isReadableChinese(chinese) && isReadableChinese(ownChinese))
    return chinese === ownChinese ? 'same-chinese' : 'other-chinese'
  if (!isReadableLatin(alphabetic)) return 'unreadable'
  const wanted = spellingsOf(registered.name, registered.namePinyin)
  return spellingsInAnyOrder(alphabetic).some((spelling) => wanted.has(spelling)) ? 'same-letters' : 'other-letters'
}

const hanziOf = (text: string): string => text.replace(/[\s^·•・‧∙⋅．.]/gu, '')
const isReadableChinese = (text: string): boolean => /\p{Script=Han}/u.test(text) && !/[\uFFFD?？]/u.test(text)

/** Letters of the alphabet, and those with the marks of pinyin: mojibake has others too. */
function isReadableLatin(text: string): boolean {
  const letters = text.normalize('NFD').replace(pinyinMark, '').replace(/[’‘·]/gu, '')
  return /[A-Za-z]/.test(letters) && /^[\x20-\x7e]*$/.test(letters) && !letters.includes('?')
}

/** Grave, acute, macron, diaeresis, caron. */
const pinyinMark = /\u0300|\u0301|\u0304|\u0308|\u030c/gu

/** 'Lǚ' → 'LV', 'LYU' → 'LV', 'Wei3' → 'WEI': what is left is A to Z, ü written as V. */
function lettersOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/u\u0308|u:/giu, 'v')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
    .replace(/([LN])YU/g, '$1V')
}

function spellingsInAnyOrder(alphabetic: string): string[] {
  const words = alphabetic.split(/[\s^,.·_-]+/u).filter((word) => word !== '')
  const orders = [words, [...words.slice(1), ...words.slice(0, 1)], [...words.slice(-1), ...words.slice(0, -1)]]
  return orders.map((order) => lettersOf(order.join('')))
}

/** Every way in which devices may write the name in letters. */
function spellingsOf(name: string, namePinyin: string): ReadonlySet<string> {
  const spellings = new Set(spellingsInAnyOrder(namePinyin).filter((spelling) => spelling !== ''))
  for (const spelling of [...spellings]) spellings.add(spelling.replaceAll('V', 'U'))
  if (!/\p{Script=Han}/u.test(name)) {
    for (const spelling of spellingsInAnyOrder(name)) if (spelling !== '') spellings.add(spelling)
    return spellings
  }
  const characters = [...hanziOf(name)]
  const readings = characters.map(readingsOf)
  if (readings.reduce((product, all) => product * Math.max(all.length, 1), 1) > mostReadings) return spellings
  const surnames = compoundSurnames.has(characters.slice(0, 2).join('')) ? [1, 2] : [1]
  for (const syllables of everyReading(readings)) {
    spellings.add(syllables.join(''))
    for (const length of surnames) spellings.add([...syllables.slice(length), ...syllables.slice(0, length)].join(''))
  }
  return spellings
}

/** 单 → DAN, SHAN, CHAN; 吕 → LV, LU. A letter stands for itself. */
function readingsOf(character: string): string[] {
  if (!/\p{Script=Han}/u.test(character)) return [lettersOf(character)]
  const all = pinyin(character, { multiple: true, type: 'array', toneType: 'none', v: true })
  const letters = all.filter((reading) => /^[a-zü]+$/i.test(reading)).map(lettersOf)
  return [...new Set(letters.flatMap((reading) => [reading, reading.replace('V', 'U')]))]
}

function everyReading(readings: readonly string[][]): string[][] {
  return readings.reduce<string[][]>((all, one) => all.flatMap((head) => one.map((next) => [...head, next])), [[]])
}
