import type { DayPage, Tally } from '../../../shared/models/board.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'
import { type DaySheetWords, daySheetWords } from './day-sheet-words.ts'
import type { DocumentFonts } from './document-fonts.ts'
import { mm, openPdfSheet, type PdfSheet, type PrintedDocument } from './pdf-sheet.ts'
import { grey, hairline, ink, reportLayouts, rule } from './report-layout.ts'

export type DaySheetInput = {
  readonly institution: { readonly name: string }
  readonly page: DayPage
  readonly byModality: readonly Tally[]
  readonly byDoctor: readonly Tally[]
  /** Who prints it. */
  readonly printedBy: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Absent: Chinese. */
  readonly language?: keyof typeof daySheetWords | undefined
}

type Column = { readonly title: string; readonly width: number; readonly align?: 'right' }

/** A4, upright, with narrower sides than a report: tables need the room. */
const { size } = reportLayouts['A4-portrait']
const side = 15 * mm
const layout = { ...reportLayouts['A4-portrait'], side, right: size[0] - side, width: size[0] - 2 * side }
const top = 15 * mm
const bottom = size[1] - 16 * mm
const rowHeight = 15.5

const columnsOf = (titles: readonly string[], widths: readonly number[], numbersFrom: number): readonly Column[] =>
  titles.map((title, at) => ({ title, width: widths[at] ?? 0, ...(at >= numbersFrom && { align: 'right' as const }) }))

const columnsBy = ({ listed, unmatched, tally }: DaySheetWords) => ({
  listed: columnsOf(listed, [24, 88, 96, 112, 38, layout.width - 358], listed.length),
  unmatched: columnsOf(unmatched, [24, layout.width - 224, 80, 60, 60], 3),
  tally: (head: string) => columnsOf([head, ...tally], [layout.width - 300, 50, 50, 50, 50, 50, 50], 1),
})

/** 日报表: what was done on a day, what it left open and why, and lines to sign on. Pure: the same input gives the same bytes. */
export async function renderDaySheet(input: DaySheetInput, fonts: DocumentFonts): Promise<PrintedDocument> {
  const { page, language = 'zh-CN' } = input
  const words = daySheetWords[language]
  const columns = columnsBy(words)
  const sheet = openPdfSheet({
    size,
    margins: { top, bottom: 0, left: side, right: side },
    fonts,
    title: words.documentTitle(page.day),
    author: input.institution.name,
    createdAt: input.createdAt,
  })
  const { doc } = sheet
  sheet
    .pen('bold', 15, ink)
    .text(sheet.printable(input.institution.name), side, top, { width: layout.width, align: 'center' })
  sheet.pen('bold', 18).text(words.title, side, doc.y + 2, { width: layout.width, align: 'center' })
  sheet.pen('regular', 10, grey).text(words.day(page.day), side, doc.y + 4, { width: layout.width, align: 'center' })
  doc.y += 8
  drawCounts(sheet, page, words)
  const table = (title: string, of: readonly Column[], rows: readonly (readonly string[])[], total: number) =>
    drawTable(sheet, { title, columns: of, rows, total }, words)
  const tallies = (title: string, head: string, all: readonly Tally[]) =>
    table(title, columns.tally(head), all.map(tallyCellsIn(words)), all.length)
  tallies(words.byModality, words.modality, input.byModality)
  tallies(words.byDoctor, words.doctor, input.byDoctor)
  for (const name of ['untold', 'unexamined', 'unwritten', 'unaudited', 'undelivered', 'unreconciled'] as const) {
    const { rows, total } = page[name] ?? { rows: [], total: 0 }
    const cells = rows.map((row, index) => [
      String(index + 1),
      row.accessionNumber,
      row.patientName,
      row.itemName,
      chinaDateTime(row.registeredAt).slice(11, 16),
      language === 'en' ? row.whyInEnglish : row.why,
    ])
    table(words.lists[name], columns.listed, cells, total)
  }
  const unmatched = page.unmatched.rows.map((row, index) => [
    String(index + 1),
    row.patientName || words.nameless,
    row.modality,
    String(row.imageCount),
    chinaDateTime(row.receivedAt).slice(11, 16),
  ])
  table(words.lists.unmatched, columns.unmatched, unmatched, page.unmatched.total)
  drawSignatures(sheet, words)
  drawPageNumbers(sheet, input, words)
  return sheet.finish()
}

const tallyCellsIn =
  (words: DaySheetWords) =>
  (tally: Tally): string[] => [
    tally.key === '' ? words.unsigned : tally.name,
    ...[tally.exams, tally.images, tally.released, tally.positive, tally.negative, tally.critical].map(String),
  ]

function drawCounts(sheet: PdfSheet, { counts }: DayPage, words: DaySheetWords): void {
  const { doc } = sheet
  const names = ['registered', 'imaged', 'written', 'released', 'delivered', 'cancelled'] as const
  const boxes = names.map((name) => [words.counts[name], counts[name]] as const)
  const width = layout.width / boxes.length
  const y = doc.y
  for (const [index, [title, count]] of boxes.entries()) {
    const x = side + index * width
    doc.rect(x, y, width, 40).lineWidth(0.5).strokeColor(hairline).stroke()
    sheet.pen('regular', 9, grey).text(title, x, y + 5, { width, height: 22, align: 'center' })
    sheet.pen('bold', 15, ink).text(String(count), x, y + 17, { width, height: 22, align: 'center' })
  }
  doc.y = y + 48
}

type Table = {
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
  /** More than `rows` where not all are listed. */
  readonly total: number
}

/** A heading with the whole number, then the rows; on a further page the head of the table again. */
function drawTable(sheet: PdfSheet, { title, columns, rows, total }: Table, words: DaySheetWords): void {
  const { doc } = sheet
  const room = (height: number) => {
    if (doc.y + height <= bottom) return false
    doc.addPage()
    doc.y = top
    return true
  }
  room(24 + 2 * rowHeight)
  const y = doc.y + 8
  sheet.pen('bold', 11, ink).text(words.counted(title, total), side, y, { lineBreak: false })
  doc.y = y + 17
  if (rows.length === 0) {
    sheet.pen('regular', 9.5, grey).text(words.none, side + 2, doc.y, { lineBreak: false })
    doc.y = y + 32
    return
  }
  drawRow(
    sheet,
    columns,
    columns.map((column) => column.title),
    'bold',
  )
  for (const row of rows) {
    if (room(rowHeight))
      drawRow(
        sheet,
        columns,
        columns.map((column) => column.title),
        'bold',
      )
    drawRow(sheet, columns, row, 'regular')
  }
  if (total > rows.length) {
    room(rowHeight)
    const under = doc.y + 2
    sheet.pen('regular', 9, grey).text(words.more(total - rows.length), side, under, { lineBreak: false })
    doc.y = under + rowHeight
  }
}

/** What is too long for its column ends with '…'; the last one, which says why, goes on over lines. */
function drawRow(
  sheet: PdfSheet,
  columns: readonly Column[],
  cells: readonly string[],
  weight: 'regular' | 'bold',
): void {
  const { doc } = sheet
  const y = doc.y
  const height = heightOf(sheet, columns, cells)
  let x = side
  for (const [index, { width, align }] of columns.entries()) {
    const isLast = index === columns.length - 1
    sheet.pen(weight, 9, weight === 'bold' ? grey : ink)
    const room = isLast ? { height } : { height: 12, ellipsis: '…' }
    doc.text(oneLine(sheet, cells[index]), x + 2, y + 2, { width: width - 4, ...room, ...(align && { align }) })
    x += width
  }
  rule(sheet, layout, y + height)
  doc.y = y + height
}

const oneLine = (sheet: PdfSheet, words = ''): string => sheet.printable(words).replace(/\s+/g, ' ')

function heightOf(sheet: PdfSheet, columns: readonly Column[], cells: readonly string[]): number {
  const { width } = columns.at(-1)!
  const words = oneLine(sheet, cells.at(-1))
  return Math.max(rowHeight, sheet.pen('regular', 9).heightOfString(words, { width: width - 4 }) + 3)
}

function drawSignatures(sheet: PdfSheet, { signatures, handover }: DaySheetWords): void {
  const { doc } = sheet
  if (doc.y + 90 > bottom) {
    doc.addPage()
    doc.y = top
  }
  const y = doc.y + 34
  const width = layout.width / 3
  for (const [index, who] of signatures.entries()) {
    const x = side + index * width
    sheet.pen('regular', 10.5, ink).text(who, x, y, { lineBreak: false })
    doc
      .moveTo(x + 66, y + 13)
      .lineTo(x + width - 14, y + 13)
      .lineWidth(0.5)
      .strokeColor(ink)
      .stroke()
  }
  sheet.pen('regular', 10.5, ink).text(handover, side, y + 30, { lineBreak: false })
  doc
    .moveTo(side + 58, y + 43)
    .lineTo(layout.right - 14, y + 43)
    .lineWidth(0.5)
    .strokeColor(ink)
    .stroke()
  doc.y = y + 50
}

function drawPageNumbers(sheet: PdfSheet, { printedBy, createdAt }: DaySheetInput, words: DaySheetWords): void {
  const { doc } = sheet
  const { start, count } = doc.bufferedPageRange()
  for (let index = start; index < start + count; index++) {
    doc.switchToPage(index)
    const place = { width: layout.width, height: 14 } as const
    const y = size[1] - 12 * mm
    sheet
      .pen('regular', 8.5, grey)
      .text(sheet.printable(words.printed(printedBy, chinaDateTime(createdAt).slice(0, 16))), side, y, place)
    sheet.pen('regular', 8.5, grey).text(words.page(index + 1, count), side, y, { ...place, align: 'right' })
  }
}
