import { decodeText } from './character-sets.ts'
import { pinyinOf, readPersonName } from './person-name.ts'
import { judgeReading, type ReadingQuality } from './reading-quality.ts'

/** The bytes of one text element as they came. `isName`: PN. */
export type RawText = { readonly bytes: Uint8Array; readonly isName: boolean }

/** What a device's text may really be written in. */
export type ActualSet = 'utf-8' | 'gb18030' | 'gbk' | 'iso-2022-ir-58' | 'latin-1'

export type Diagnosis =
  /** Nothing but ASCII: every set reads it alike. */
  | { readonly kind: 'says-nothing' }
  | { readonly kind: 'as-declared'; readonly quality: number }
  | {
      readonly kind: 'otherwise'
      readonly readAs: ActualSet
      /** 0 to 1, from how much better it reads and how many characters say so. */
      readonly confidence: number
      /** Distinct, at most five, names first. */
      readonly samples: readonly { readonly asDeclared: string; readonly asProposed: string }[]
    }

/** A finding below this is not shown to staff: one character alone is no proof. */
export const leastConfidence = 0.6

/** The better reading must be this good, and this much better than the declared one. */
const leastQuality = 0.55
const leastMargin = 0.3
const mostSamples = 5

/** Terms to decode with (character-sets.ts). GB 2312 stands in G1 from the beginning: some devices leave the escape sequence out. */
const termsOf: Readonly<Record<ActualSet, readonly string[]>> = {
  'utf-8': ['ISO_IR 192'],
  gb18030: ['GB18030'],
  gbk: ['GBK'],
  'iso-2022-ir-58': ['ISO 2022 IR 58', 'ISO 2022 IR 58'],
  'latin-1': ['ISO_IR 100'],
}

/** The terms that read a device's text whatever it declares; undefined: as declared. */
export function termsReadAs(readAs: ActualSet | 'declared'): readonly string[] | undefined {
  return readAs === 'declared' ? undefined : termsOf[readAs]
}

/** Terms of Japanese and Korean: what they read without a fault is taken for what it says. */
const japaneseOrKorean = /IR[ _-]?(13|87|159|149)\b/i

/**
 * Which character set makes language of the bytes? Pure, never throws. The declared one stays unless it reads badly and another reads
 * well: a correct José, Müller, Люксембург, 山田 or 홍길동 is never repaired. What is lost for good (锟斤拷) is left alone.
 */
export function diagnoseText(given: readonly RawText[], declared: readonly string[]): Diagnosis {
  const texts = given.filter(({ bytes }) => bytes.some((byte) => byte > 0x7f || byte === 0x1b))
  if (texts.length === 0) return { kind: 'says-nothing' }
  const asDeclared = readAll(texts, declared)
  if (asDeclared.evidence === 0 && asDeclared.quality === 1) return { kind: 'says-nothing' }
  const stays: Diagnosis = { kind: 'as-declared', quality: asDeclared.quality }
  const isFaultless = asDeclared.quality > 1 - leastMargin
  if (isFaultless && !asDeclared.readings.some((text, index) => isPinyinOfSomethingElse(text, texts[index])))
    return stays
  if (
    declared.some((term) => japaneseOrKorean.test(term)) &&
    !asDeclared.readings.some((text) => /[\ufffd\x80-\x9f]/u.test(text))
  )
    return stays

  const [best] = candidatesFor(texts)
    .map((readAs) => ({ readAs, ...readAll(texts, termsOf[readAs]) }))
    .filter(({ readings }) => readings.some((text, index) => text !== asDeclared.readings[index]))
    .sort((a, b) => b.quality + b.agreeing - a.quality - a.agreeing)
  if (!best || (isFaultless && best.agreeing === 0)) return stays
  const isDoubted = best.agreeing > asDeclared.agreeing || best.isProvenUtf8
  const margin = best.quality - asDeclared.quality * (isDoubted ? 0.5 : 1)
  if (best.quality < leastQuality || margin < leastMargin || best.evidence === 0) return stays
  return {
    kind: 'otherwise',
    readAs: best.readAs,
    confidence: Math.min(1, margin / 0.7) * (1 - 0.5 ** best.evidence),
    samples: samplesOf(texts, asDeclared.readings, best.readings),
  }
}

function candidatesFor(texts: readonly RawText[]): readonly ActualSet[] {
  const escaped = texts.some(({ bytes }) => bytes.includes(0x1b))
  // GB 18030 reads all that GBK and bare GB 2312 write.
  return escaped ? ['iso-2022-ir-58', 'utf-8', 'gb18030'] : ['utf-8', 'gb18030', 'latin-1']
}

type ReadAll = ReadingQuality & {
  readonly readings: readonly string[]
  /** Names whose Chinese group is what their alphabetic group spells. */
  readonly agreeing: number
  /** Sequences of three bytes that are valid throughout: text of another set hardly ever is. */
  readonly isProvenUtf8: boolean
}

function readAll(texts: readonly RawText[], terms: readonly string[]): ReadAll {
  const readings = texts.map(({ bytes, isName }) => decodeText(bytes, terms, isName))
  const isValidUtf8 = terms[0] === 'ISO_IR 192' && !readings.some((reading) => reading.includes('\ufffd'))
  let sum = 0
  let evidence = 0
  let agreeing = 0
  for (const [index, reading] of readings.entries()) {
    const judged = judgeReading(reading)
    const agrees = texts[index]!.isName && groupsAgree(reading)
    const isLong = isValidUtf8 && judged.quality > 0 && /[\u0800-\uffff]/u.test(reading)
    const quality = agrees ? 1 : isLong ? 0.5 + judged.quality / 2 : judged.quality
    const weight = judged.evidence + (agrees ? agreementWeighs : 0)
    sum += quality * weight
    evidence += weight
    if (agrees) agreeing++
  }
  const isProvenUtf8 = isValidUtf8 && (readings.join('').match(/[\u0800-\uffff]/gu)?.length ?? 0) > 1
  return { readings, evidence, agreeing, isProvenUtf8, quality: evidence === 0 ? 1 : sum / evidence }
}

/** 'Wang^Yan=王^䶮' is worth this many characters more: no accident spells what it shows. */
const agreementWeighs = 3
const letters = (text: string) => text.toUpperCase().replace(/[^A-Z]/g, '')

function groupsAgree(name: string): boolean {
  const { alphabetic, ideographic } = readPersonName(name)
  if (ideographic === '' || letters(alphabetic).length < 2 || ideographic.length > 32) return false
  return letters(alphabetic) === letters(pinyinOf(ideographic))
}

/** A second group in letters that are not Chinese beside an alphabetic one in ASCII: worth a look whether Chinese is meant. */
const isPinyinOfSomethingElse = (reading: string, text: RawText | undefined): boolean =>
  text?.isName === true &&
  /^[ -~]+=[^=]*\P{ASCII}/u.test(reading) &&
  !/[\p{Script=Han}\p{Script=Hangul}]/u.test(reading)

function samplesOf(texts: readonly RawText[], declared: readonly string[], proposed: readonly string[]) {
  const order = texts.map((text, index) => ({ index, rank: text.isName ? 0 : 1 })).sort((a, b) => a.rank - b.rank)
  const samples = new Map<string, { asDeclared: string; asProposed: string }>()
  for (const { index } of order) {
    const sample = { asDeclared: shown(declared[index] ?? ''), asProposed: shown(proposed[index] ?? '') }
    if (sample.asDeclared !== sample.asProposed && samples.size < mostSamples) samples.set(sample.asProposed, sample)
  }
  return [...samples.values()]
}

/** For people: without controls, which a page would not show, and not longer than a line. */
const shown = (text: string): string =>
  text
    .replace(/\p{Cc}/gu, '\ufffd')
    .trim()
    .slice(0, 64)
    .toWellFormed()
