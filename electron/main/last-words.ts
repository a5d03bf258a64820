const kept = 12

export type LastWords = Readonly<{ hear: (line: string) => void; text: () => string }>

/**
 * The end of what the station said on stderr: why it died. It speaks to people in plain lines; the messages of its log, which
 * is JSON, serve where it had no time for that.
 */
export function createLastWords(): LastWords {
  const plain: string[] = []
  const logged: string[] = []
  return {
    hear(line) {
      // The frames of a stack are for the log file; a person wants the line above them.
      if (line.trim() === '' || /^\s*at /.test(line)) return
      const message = logMessage(line)
      const lines = message === undefined ? plain : logged
      lines.push(message ?? line.trim())
      if (lines.length > kept) lines.shift()
    },
    text: () => (plain.length > 0 ? plain : logged).join('\n'),
  }
}

function logMessage(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const entry = JSON.parse(line) as { msg?: unknown; err?: { message?: unknown } }
    const parts = [entry.msg, entry.err?.message].filter((part) => typeof part === 'string')
    return parts.length > 0 ? parts.join(': ') : undefined
  } catch {
    return undefined
  }
}
