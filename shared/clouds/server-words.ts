import { knownWordsOnly } from './known-words.ts'

/**
 * What a server says about a refused request, fit for a screen and a log: everything that we sent is taken out of it (a server may
 * quote a name or a number back), every long run of digits, and every word that is not of the protocols (known-words.ts). At most 120
 * characters, '' when nothing is left.
 */
export function serverWords(words: unknown, sent: unknown): string {
  if (typeof words !== 'string') return ''
  let text = words.replace(/\p{Cc}+/gu, ' ')
  for (const value of textsIn(sent)) text = text.replaceAll(value, '*')
  return knownWordsOnly(text.replace(/\d{6,}[\dXx]?/g, '*'))
    .trim()
    .slice(0, 120)
}

/** Every text and number of two or more characters in what was sent, longest first, codes of one or two letters left alone. */
function textsIn(value: unknown): readonly string[] {
  const texts = new Set<string>()
  const walk = (part: unknown): void => {
    if (typeof part === 'string' || typeof part === 'number') {
      const text = String(part).trim()
      if (text.length > 2 || /^\p{Script=Han}{2}$/u.test(text)) texts.add(text)
    } else if (typeof part === 'object' && part !== null) {
      for (const inner of Object.values(part)) walk(inner)
    }
  }
  walk(value)
  return [...texts].sort((a, b) => b.length - a.length)
}
