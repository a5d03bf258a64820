const clusters = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/**
 * The beginning of a text, `most` characters (code points, as PS3.5 6.2 counts them) at the utmost. What people see as one sign is kept
 * whole or left out: a surrogate pair, a letter with its combining marks, a character with its variation selector.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most || [...text].length <= most) return text
  let kept = ''
  let length = 0
  for (const { segment } of clusters.segment(text)) {
    length += [...segment].length
    if (length > most) break
    kept += segment
  }
  return kept
}
