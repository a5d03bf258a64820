import type { PdfSheet, Weight } from './pdf-sheet.ts'

export type Line = {
  readonly weight: Weight
  readonly size: number
  readonly colour?: string
  readonly align?: 'center'
}

/** The font's line height, of the size. */
const lineHeight = 1.448

/** One line of text, made smaller, down to 60 %, and then cut with … rather than run over what stands beside it. Returns the y below. */
export function drawLine(sheet: PdfSheet, text: string, x: number, y: number, width: number, look: Line): number {
  if (text === '') return y
  const printable = sheet.printable(text)
  const natural = sheet.pen(look.weight, look.size, look.colour).widthOfString(printable)
  // A name of signs that print nothing, beside which nothing has room.
  if (natural === 0) return y + look.size * lineHeight
  const size = Math.max(look.size * 0.6, Math.min(look.size, (look.size * width) / natural))
  sheet.pen(look.weight, size, look.colour)
  const height = look.size * lineHeight
  const shown = fitted(sheet.doc, printable, width)
  const offset = look.align === 'center' ? Math.max(0, (width - sheet.doc.widthOfString(shown)) / 2) : 0
  sheet.doc.text(shown, x + offset, y + (height - size * lineHeight) / 2, { lineBreak: false })
  return y + height
}

function fitted(doc: PDFKit.PDFDocument, text: string, width: number): string {
  if (doc.widthOfString(text) <= width + 0.5) return text
  const characters = [...text]
  while (characters.length > 1 && doc.widthOfString(`${characters.join('')}…`) > width) characters.pop()
  return `${characters.join('')}…`
}

/** Of the size: how small the lines of a text are that does not fit in one. */
const wrappedSize = 0.82

/** How many lines a text takes that would be too small to read, or cut, in one: at most `most`. */
export function linesOf(sheet: PdfSheet, text: string, width: number, look: Line, most: number): number {
  const natural = sheet.pen(look.weight, look.size).widthOfString(sheet.printable(text))
  return natural * wrappedSize <= width ? 1 : Math.min(most, wrapped(sheet, text, width, look).length)
}

/** A text over several lines where one would make it too small; what has no room in the last is cut with …. Returns the y below. */
export function drawLines(
  sheet: PdfSheet,
  text: string,
  x: number,
  y: number,
  width: number,
  look: Line,
  lines: number,
) {
  if (lines <= 1) return drawLine(sheet, text, x, y, width, look)
  const parts = wrapped(sheet, text, width, look)
  const last = parts.slice(lines - 1).join('')
  const small = { ...look, size: look.size * wrappedSize }
  return [...parts.slice(0, lines - 1), last].reduce((below, part) => drawLine(sheet, part, x, below, width, small), y)
}

function wrapped(sheet: PdfSheet, text: string, width: number, look: Line): readonly string[] {
  const doc = sheet.pen(look.weight, look.size * wrappedSize)
  const lines: string[] = []
  for (const character of sheet.printable(text)) {
    const longer = (lines.at(-1) ?? '') + character
    if (lines.length > 0 && doc.widthOfString(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(character)
  }
  return lines
}

/** A long name over two lines where one would make it too small to call out; returns the y below. */
export function drawName(sheet: PdfSheet, name: string, x: number, y: number, width: number, size: number): number {
  const printable = sheet.printable(name)
  const natural = sheet.pen('bold', size).widthOfString(printable)
  if (natural * 0.7 <= width) return drawLine(sheet, name, x, y, width, { weight: 'bold', size })
  const smaller = size * 0.66
  const [first, second] = halves(sheet, printable, smaller, width)
  const below = drawLine(sheet, first, x, y, width, { weight: 'bold', size: smaller })
  return drawLine(sheet, second, x, below - smaller * 0.2, width, { weight: 'bold', size: smaller })
}

/** Broken after a dot of a name or a space where there is one. */
function halves(sheet: PdfSheet, name: string, size: number, width: number): readonly [string, string] {
  const characters = [...name]
  const fits = (count: number) => sheet.pen('bold', size).widthOfString(characters.slice(0, count).join('')) <= width
  let count = characters.length
  while (count > 1 && !fits(count)) count -= 1
  const atDot = characters.slice(0, count).findLastIndex((one) => /[·•.\s]/.test(one))
  const cut = atDot > 1 ? atDot + 1 : count
  return [characters.slice(0, cut).join('').trim(), characters.slice(cut).join('').trim()]
}

/** Of the size: as wide as every character of a number stands. */
const cell = 0.66

/** A number whose characters stand in columns of one width, so that people compare it digit by digit. Returns the y below. */
export function drawNumber(sheet: PdfSheet, text: string, x: number, y: number, width: number, look: Line): number {
  const characters = [...sheet.printable(text)]
  const size = Math.min(look.size, width / (characters.length * cell))
  const start = look.align === 'center' ? x + Math.max(0, (width - characters.length * cell * size) / 2) : x
  const top = y + (look.size - size) * (lineHeight / 2)
  const doc = sheet.pen(look.weight, size)
  characters.forEach((character, index) => {
    const natural = doc.widthOfString(character)
    // M and W are squeezed into their column.
    const squeeze = Math.min(1, (cell * size * 0.98) / natural)
    const left = start + index * cell * size + (cell * size - natural * squeeze) / 2
    if (squeeze === 1) {
      doc.text(character, left, top, { lineBreak: false })
      return
    }
    doc.save().scale(squeeze, 1, { origin: [left, top] })
    doc.text(character, left, top, { lineBreak: false }).restore()
  })
  return y + look.size * lineHeight
}
