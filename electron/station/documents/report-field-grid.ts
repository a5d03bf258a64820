import type { PdfSheet } from './pdf-sheet.ts'
import type { ReportField } from './report-pdf-input.ts'

const labelWidth = 50
const size = 9.5

/** Fields some a line, labels grey and values black in straight columns; a long value wraps in its column, a wide field takes a line. */
export function drawFieldGrid(
  sheet: PdfSheet,
  fields: readonly ReportField[],
  place: { readonly x: number; readonly width: number; readonly columns: number },
): void {
  const { doc } = sheet
  const { columns } = place
  const column = place.width / columns
  const valueWidth = (field: ReportField) => (field.wide ? place.width : column) - labelWidth - (field.wide ? 0 : 8)
  for (const line of linesOf(
    fields.filter((field) => field.value !== ''),
    columns,
  )) {
    const top = doc.y
    let bottom = top
    line.forEach((field, index) => {
      const x = place.x + index * column
      sheet.pen('regular', size, '#5a5a5a').text(field.label, x, top, { lineBreak: false })
      sheet.pen('regular', size).text(sheet.printable(field.value), x + labelWidth, top, { width: valueWidth(field) })
      bottom = Math.max(bottom, doc.y)
    })
    doc.y = bottom + 3
  }
  doc.y += 3
}

function linesOf(fields: readonly ReportField[], columns: number): readonly (readonly ReportField[])[] {
  const lines: ReportField[][] = []
  for (const field of fields) {
    const last = lines.at(-1)
    if (field.wide || !last || last.length === columns || last[0]?.wide) lines.push([field])
    else last.push(field)
  }
  return lines
}
