/**
 * What prints nothing and is never typed on purpose: controls, marks of direction, zero-width spaces, soft hyphens, byte order marks,
 * lone halves of surrogates. Joiners (U+200C, U+200D) stay within a text: some scripts are written with them.
 */
const invisible = /(?!\u200c|\u200d)[\p{Cc}\p{Cf}\p{Cs}]/gu
/** Space at either end, and what looks like none: joiners, Hangul fillers, the blank of Braille. */
const space = '(?:\\s|\\u200c|\\u200d|\\u115f|\\u1160|\\u3164|\\uffa0|\\u2800)+'
const blank = new RegExp(`^${space}|${space}$`, 'gu')
/** Something that ink would show. */
const visible = /[\p{L}\p{N}\p{P}\p{S}\p{Co}\p{Cn}]/u

/** One line as a person meant it: tabs and line ends are spaces, what prints nothing is gone. '' where nothing is left to see. */
export function cleanLine(text: string): string {
  const line = text
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(invisible, '')
    .replace(blank, '')
  return visible.test(line) ? line : ''
}

/** The same for a text of several lines: they stay lines. */
export function cleanLines(text: string): string {
  const lines = text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\n\t]+/g, (part) => part.replace(invisible, ''))
    .replace(blank, '')
  return visible.test(lines) ? lines : ''
}
