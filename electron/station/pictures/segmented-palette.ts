/**
 * A segmented palette (PS3.3 C.7.9.2) as the plain table that it stands for. `words`: the value of a Segmented … Palette Color
 * Lookup Table Data element in words of 16 bits. Undefined where it cannot be read or gives more than `most` entries.
 */
export function expandSegments(words: readonly number[], most: number): Uint16Array | undefined {
  const entries: number[] = []
  const end = expand(words, 0, words.length, entries, most, true)
  return end && entries.length <= most ? Uint16Array.from(entries) : undefined
}

/** Segments from `at` to `end`, at most `segments` of them. False: malformed. */
function expand(
  words: readonly number[],
  at: number,
  end: number,
  entries: number[],
  most: number,
  mayRefer: boolean,
  segments = Number.POSITIVE_INFINITY,
): boolean {
  for (let done = 0; at < end && done < segments; done++) {
    const length = words[at + 1]
    if (length === undefined || entries.length + (words[at] === 2 ? 0 : length) > most) return false
    switch (words[at]) {
      case 0: // discrete: the entries themselves
        if (at + 2 + length > end) return false
        entries.push(...words.slice(at + 2, at + 2 + length))
        at += 2 + length
        break
      case 1: {
        // linear: from the last entry to this value
        const from = entries.at(-1)
        const to = words[at + 2]
        if (from === undefined || to === undefined) return false
        for (let step = 1; step <= length; step++) entries.push(Math.round(from + ((to - from) * step) / length))
        at += 3
        break
      }
      case 2: {
        // indirect: so many segments again, from an offset in bytes; they refer to nothing themselves
        const offset = (words[at + 2] ?? 0) + (words[at + 3] ?? 0) * 65536
        if (!mayRefer || offset % 2 !== 0) return false
        if (!expand(words, offset / 2, end, entries, most, false, length)) return false
        at += 4
        break
      }
      default:
        return false
    }
  }
  return true
}
