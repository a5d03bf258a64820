const kept = 12

export type LastWords = Readonly<{ hear: (line: string) => void; text: () => string }>

/** The end of what the station said on stderr: why it died, in its own words. A line of its JSON log gives its message. */
export function createLastWords(): LastWords {
  const lines: string[] = []
  return {
    hear(line) {
      const words = inWords(line).trim()
      // The frames of a stack are for the log file; a person wants the line above them.
      if (words === '' || /^\s*at /.test(line)) return
      lines.push(words)
      if (lines.length > kept) lines.shift()
    },
    text: () => lines.join('\n'),
  }
}

function inWords(line: string): string {
  if (!line.startsWith('{')) return line
  try {
    const entry = JSON.parse(line) as { msg?: unknown; message?: unknown; err?: { message?: unknown } }
    const parts = [entry.msg ?? entry.message, entry.err?.message].filter((part) => typeof part === 'string')
    return parts.length > 0 ? parts.join(': ') : line
  } catch {
    return line
  }
}
