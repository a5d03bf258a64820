/**
 * One line of a CSV file as Excel reads it (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe in front:
 * what somebody typed into a name must not run at the director's computer.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
