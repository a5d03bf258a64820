import type { DayPage, Tally } from '../../../shared/models/board.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'
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
}

type Column = { readonly title: string; readonly width: number; readonly align?: 'right' }

/** A4, upright, with narrower sides than a report: tables need the room. */
const { size } = reportLayouts['A4-portrait']
const side = 15 * mm
const layout = { ...reportLayouts['A4-portrait'], side, right: size[0] - side, width: size[0] - 2 * side }
const top = 15 * mm
const bottom = size[1] - 16 * mm
const rowHeight = 15.5

const listColumns: readonly Column[] = [
  { title: '序', width: 24 },
  { title: '检查号', width: 88 },
  { title: '姓名', width: 96 },
  { title: '项目', width: 112 },
  { title: '登记', width: 38 },
  { title: '原因', width: layout.width - 358 },
]
const tallyColumns = (head: string): readonly Column[] => [
  { title: head, width: layout.width - 300 },
  ...['检查', '影像', '已发布', '阳性', '阴性', '危急值'].map((title) => ({
    title,
    width: 50,
    align: 'right' as const,
  })),
]

/** 日报表: what was done on a day, what it left open and why, and lines to sign on. Pure: the same input gives the same bytes. */
export async function renderDaySheet(input: DaySheetInput, fonts: DocumentFonts): Promise<PrintedDocument> {
  const { page } = input
  const sheet = openPdfSheet({
    size,
    margins: { top, bottom: 0, left: side, right: side },
    fonts,
    title: `日报表 ${page.day}`,
    author: input.institution.name,
    createdAt: input.createdAt,
  })
  const { doc } = sheet
  sheet
    .pen('bold', 15, ink)
    .text(sheet.printable(input.institution.name), side, top, { width: layout.width, align: 'center' })
  sheet.pen('bold', 18).text('影像检查日报表', side, doc.y + 2, { width: layout.width, align: 'center' })
  sheet.pen('regular', 10, grey).text(`日期：${page.day}`, side, doc.y + 4, { width: layout.width, align: 'center' })
  doc.y += 8
  drawCounts(sheet, input)
  drawTable(sheet, '按设备类型', tallyColumns('设备类型'), input.byModality.map(tallyCells), input.byModality.length)
  drawTable(sheet, '按报告医生', tallyColumns('报告医生'), input.byDoctor.map(tallyCells), input.byDoctor.length)
  const lists = [
    ['危急值未通知', page.untold ?? { rows: [], total: 0 }],
    ['未检查', page.unexamined],
    ['未写报告', page.unwritten],
    ['未审核、未发布', page.unaudited],
    ['未上传', page.undelivered],
    ['未对账', page.unreconciled],
  ] as const
  for (const [title, { rows, total }] of lists) {
    const cells = rows.map((row, index) => [
      String(index + 1),
      row.accessionNumber,
      row.patientName,
      row.itemName,
      chinaDateTime(row.registeredAt).slice(11, 16),
      row.why,
    ])
    drawTable(sheet, title, listColumns, cells, total)
  }
  const unmatched = page.unmatched.rows.map((row, index) => [
    String(index + 1),
    row.patientName || '（无姓名）',
    row.modality,
    String(row.imageCount),
    chinaDateTime(row.receivedAt).slice(11, 16),
  ])
  drawTable(sheet, '未匹配的影像', unmatchedColumns, unmatched, page.unmatched.total)
  drawSignatures(sheet)
  drawPageNumbers(sheet, input)
  return sheet.finish()
}

const unmatchedColumns: readonly Column[] = [
  { title: '序', width: 24 },
  { title: '影像上的姓名', width: layout.width - 224 },
  { title: '设备类型', width: 80 },
  { title: '影像数', width: 60, align: 'right' },
  { title: '收到', width: 60, align: 'right' },
]

const tallyCells = (tally: Tally): string[] => [
  tally.name,
  ...[tally.exams, tally.images, tally.released, tally.positive, tally.negative, tally.critical].map(String),
]

function drawCounts(sheet: PdfSheet, { page: { counts } }: DaySheetInput): void {
  const { doc } = sheet
  const boxes = [
    ['登记', counts.registered],
    ['已检查', counts.imaged],
    ['已写报告', counts.written],
    ['已发布', counts.released],
    ['已上传', counts.delivered],
    ['已取消', counts.cancelled],
  ] as const
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

/** A heading with the whole number, then the rows; on a further page the head of the table again. */
function drawTable(
  sheet: PdfSheet,
  title: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  total: number,
): void {
  const { doc } = sheet
  const room = (height: number) => {
    if (doc.y + height <= bottom) return false
    doc.addPage()
    doc.y = top
    return true
  }
  room(24 + 2 * rowHeight)
  const y = doc.y + 8
  sheet.pen('bold', 11, ink).text(`${title}（${total}）`, side, y, { lineBreak: false })
  doc.y = y + 17
  if (rows.length === 0) {
    sheet.pen('regular', 9.5, grey).text('无', side + 2, doc.y, { lineBreak: false })
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
    sheet
      .pen('regular', 9, grey)
      .text(`另有 ${total - rows.length} 个未列出，请在“收工”页查看`, side, doc.y + 2, { lineBreak: false })
    doc.y += 4
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

function drawSignatures(sheet: PdfSheet): void {
  const { doc } = sheet
  if (doc.y + 90 > bottom) {
    doc.addPage()
    doc.y = top
  }
  const y = doc.y + 34
  const width = layout.width / 3
  for (const [index, words] of ['值班技师', '值班医生', '科室负责人'].entries()) {
    const x = side + index * width
    sheet.pen('regular', 10.5, ink).text(`${words}：`, x, y, { lineBreak: false })
    doc
      .moveTo(x + 66, y + 13)
      .lineTo(x + width - 14, y + 13)
      .lineWidth(0.5)
      .strokeColor(ink)
      .stroke()
  }
  sheet.pen('regular', 10.5, ink).text('交接事项：', side, y + 30, { lineBreak: false })
  doc
    .moveTo(side + 58, y + 43)
    .lineTo(layout.right - 14, y + 43)
    .lineWidth(0.5)
    .strokeColor(ink)
    .stroke()
  doc.y = y + 50
}

function drawPageNumbers(sheet: PdfSheet, { printedBy, createdAt }: DaySheetInput): void {
  const { doc } = sheet
  const { start, count } = doc.bufferedPageRange()
  for (let index = start; index < start + count; index++) {
    doc.switchToPage(index)
    const place = { width: layout.width, height: 14 } as const
    const y = size[1] - 12 * mm
    sheet
      .pen('regular', 8.5, grey)
      .text(sheet.printable(`打印：${printedBy} ${chinaDateTime(createdAt).slice(0, 16)}`), side, y, place)
    sheet.pen('regular', 8.5, grey).text(`第 ${index + 1} / ${count} 页`, side, y, { ...place, align: 'right' })
  }
}
