/** Lines of a CSV text (RFC 4180): comma, quotes doubled, CR LF or LF, with or without a byte order mark. Empty lines are left out. */
export function readCsv(text: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  let cell = ''
  let quoted = false
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  for (let at = 0; at < body.length; at++) {
    const character = body[at]
    if (quoted) {
      if (character !== '"') cell += character
      else if (body[at + 1] === '"') {
        cell += '"'
        at++
      } else quoted = false
    } else if (character === '"' && cell === '') quoted = true
    else if (character === ',') {
      line.push(cell)
      cell = ''
    } else if (character === '\n' || character === '\r') {
      if (character === '\r' && body[at + 1] === '\n') at++
      lines.push([...line, cell])
      line = []
      cell = ''
    } else cell += character
  }
  lines.push([...line, cell])
  return lines.filter((cells) => cells.some((one) => one.trim() !== ''))
}

/** CSV as Excel opens it in China: UTF-8 with a byte order mark, CR LF. A cell that a spreadsheet would run as a formula is quoted as text. */
export function writeCsv(lines: readonly (readonly string[])[]): string {
  const cell = (text: string) => {
    const safe = /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return `\uFEFF${lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')}`
}
