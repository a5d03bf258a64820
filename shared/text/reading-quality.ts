/** How much a decoded text looks like something that people wrote. */
export type ReadingQuality = {
  /** 0 nonsense to 1 plain language; 1 where there is nothing to judge. */
  readonly quality: number
  /** Characters beyond ASCII that say something; 0: any reading is as good. */
  readonly evidence: number
}

type Judged = { readonly quality: number; readonly weight: number }

const han = /\p{Script=Han}/u
/** Han by how often they are met: level 1 of GB 2312 (rows 16 to 55), level 2, the rest of GBK, all others. */
const common = hanOf(0xb0, 0xd7, 0xa1)
const known = hanOf(0xd8, 0xf7, 0xa1)

function hanOf(fromRow: number, toRow: number, fromCell: number): ReadonlySet<string> {
  const bytes: number[] = []
  for (let row = fromRow; row <= toRow; row++) for (let cell = fromCell; cell <= 0xfe; cell++) bytes.push(row, cell)
  return new Set([...new TextDecoder('gbk').decode(Uint8Array.from(bytes))].filter((sign) => han.test(sign)))
}

/** What no text holds: the sign of lost bytes, controls, private, unassigned and half characters. */
const fault = /[\ufffd\p{Cc}\p{Co}\p{Cn}\p{Cs}]/u
/** Damage that is written as good Chinese: lost characters read as GBK, memory that nobody filled. */
const lost = /锟斤|斤拷|烫烫|屯屯/u
/** Punctuation and signs that stand between Chinese characters and prove nothing. */
const neutral =
  /[\u3000-\u303f\uff00-\uff60\uffe0-\uffe6\u2010-\u2027\u2030-\u203b\u2460-\u24ff\u2100-\u214f\u2160-\u217f·×÷°±²³µ]/u
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
const halfWidthKana = /[\uff61-\uff9f]/u
const hangul = /\p{Script=Hangul}/u

/** Letters that are in use, by script; a reading that needs others of these scripts is likely an accident. */
const alphabets: readonly { readonly script: RegExp; readonly usual: RegExp; readonly quality: number }[] = [
  {
    script: /\p{Script=Latin}/u,
    usual: /[a-z\u00aa\u00ba\u00c0-\u017f\u0192\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u1e00-\u1eff]/iu,
    quality: 1,
  },
  { script: /\p{Script=Cyrillic}/u, usual: /[\u0400-\u045f\u0490\u0491]/u, quality: 1 },
  { script: /\p{Script=Greek}/u, usual: /[\u0386-\u03ce]/u, quality: 1 },
  { script: /\p{Script=Hebrew}/u, usual: /[\u05d0-\u05ea]/u, quality: 0.9 },
  { script: /\p{Script=Arabic}/u, usual: /[\u0621-\u0652]/u, quality: 0.9 },
  { script: /\p{Script=Thai}/u, usual: /[\u0e01-\u0e4f]/u, quality: 0.9 },
]

/** Pure. Words are judged one by one: a word of a real language keeps to its letters, its case and its neighbours. */
export function judgeReading(text: string): ReadingQuality {
  const isJapanese = kana.test(text)
  let sum = 0
  let weight = 0
  for (const word of text.split(/[\t\n\f\r -@[-`{-~]+/u)) {
    if (!/[^A-Za-z]/u.test(word)) continue
    const judged = judgeWord(word, isJapanese)
    sum += judged.quality * judged.weight
    weight += judged.weight
  }
  if (weight === 0) return { quality: 1, evidence: 0 }
  // An escape sequence that the set does not know stands there with its letters.
  const isEscaped = text.includes('\x1b')
  return { quality: lost.test(text) ? 0 : (sum / weight) * (isEscaped ? 0.3 : 1), evidence: weight }
}

function judgeWord(word: string, isJapanese: boolean): Judged {
  const signs = [...word]
  const beyond = signs.filter((sign) => sign > '\x7f' || fault.test(sign))
  const faults = beyond.filter((sign) => fault.test(sign)).length
  if (faults > 0) return { quality: 0, weight: beyond.length + faults }
  const telling = beyond.filter((sign) => !neutral.test(sign))
  if (telling.some((sign) => han.test(sign))) return judgeHan(word, telling, isJapanese)
  if (telling.length > 0 && telling.every((sign) => hangul.test(sign) || kana.test(sign)))
    return { quality: telling.every((sign) => halfWidthKana.test(sign)) ? 0.5 : 0.9, weight: telling.length }
  return judgeAlphabetic(word, beyond)
}

function judgeHan(word: string, telling: readonly string[], isJapanese: boolean): Judged {
  const weights = telling.map((sign): number => {
    if (common.has(sign)) return 1
    if (known.has(sign)) return 0.65
    if (kana.test(sign)) return 0.6
    if (!han.test(sign)) return 0
    return isJapanese ? 0.6 : /[\u4e00-\u9fff]/u.test(sign) ? 0.3 : 0.2
  })
  const mean = weights.reduce((sum, one) => sum + one, 0) / weights.length
  // Half of a Latin letter with its neighbour makes a character: 'Müller' as GBK is 'M黮ler'.
  const isTorn = /[a-z]\p{Script=Han}|\p{Script=Han}[a-z]/u.test(word)
  return { quality: isTorn ? mean * 0.3 : mean, weight: telling.length }
}

function judgeAlphabetic(word: string, beyond: readonly string[]): Judged {
  const letters = beyond.filter((sign) => /\p{L}/u.test(sign) && !/[ªº]/u.test(sign))
  const isOfLatin1 = (sign: string) => sign >= '\x80' && sign <= '\xff'
  const runs = word.match(/[\x80-\xff]{2,}/gu) ?? []
  // Symbols beside letters of the upper half are what bytes of other sets look like in Latin-1: 'å¼ ä¸‰', 'Õ½'.
  const isBroken = runs.some((run) => /[^\p{L}]/u.test(run))
  if (letters.length === 0) {
    const isSigns = beyond.every((sign) => neutral.test(sign))
    return isSigns && !isBroken ? { quality: 1, weight: 0 } : { quality: isBroken ? 0.05 : 0.3, weight: beyond.length }
  }
  const weight = beyond.length
  if (isBroken) return { quality: 0.05, weight }
  const scripts = alphabets.filter(({ script }) => letters.some((sign) => script.test(sign)))
  const [alphabet] = scripts
  if (scripts.length !== 1 || !alphabet)
    return { quality: scripts.length > 1 ? 0.1 : letters.every(isSyllabic) ? 0.6 : 0.1, weight }
  if (!letters.every((sign) => alphabet.script.test(sign) && alphabet.usual.test(sign)))
    return { quality: 0.15, weight }
  const all = word.match(/\p{L}/gu) ?? []
  const high = all.filter(isOfLatin1).length
  if (runs.some((run) => run.length > 2) || (all.length > 1 && high / all.length > 0.7)) return { quality: 0.1, weight }
  const hasWordCase = /^(\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}]*|[\p{Lu}\p{Lo}]+)$/u.test(all.join(''))
  const isAlone = all.length === 1 ? 0.6 : 1
  return { quality: (hasWordCase ? alphabet.quality : 0.25) * isAlone, weight }
}

/** Scripts of India and its neighbours have no case; the two-byte scripts that nobody here uses are accidents. */
const isSyllabic = (sign: string): boolean => sign >= '\u0900' && /\p{L}/u.test(sign)
