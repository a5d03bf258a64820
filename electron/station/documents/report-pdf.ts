import { code128, drawCode128 } from './code-128.ts'
import type { DocumentFonts } from './document-fonts.ts'
import { mm, openPdfSheet, type PdfSheet, type PrintedDocument } from './pdf-sheet.ts'
import { drawQr, qrMatrix } from './qr-code.ts'
import { drawFieldGrid } from './report-field-grid.ts'
import type { ReportPdfInput, ReportSection, Signature } from './report-pdf-input.ts'

/** A5 lies on its side: half a sheet of A4, as ultrasound rooms print it. So both have the same width of text. */
const papers = {
  A4: {
    size: [595.28, 841.89],
    top: 62,
    bottom: 56,
    headTop: 40,
    name: 15,
    title: 19,
    text: 10.5,
    gap: 14,
    qr: 28 * mm,
    caption: 'below',
  },
  A5: {
    size: [595.28, 419.53],
    top: 46,
    bottom: 34,
    headTop: 20,
    name: 13,
    title: 16,
    text: 9.5,
    gap: 7,
    qr: 22 * mm,
    caption: 'beside',
  },
} as const
const side = 48
const width = 595.28 - 2 * side
const right = side + width

const ink = '#000'
const grey = '#5a5a5a'
const hairline = '#9a9a9a'
const red = '#b3121d'

/** The report as PDF. Pure: the same input gives the same bytes. */
export async function renderReportPdf(input: ReportPdfInput, fonts: DocumentFonts): Promise<PrintedDocument> {
  const paper = papers[input.paper]
  const sheet = openPdfSheet({
    size: paper.size,
    margins: { top: paper.top, bottom: paper.bottom, left: side, right: side },
    fonts,
    title: `${input.title} ${input.accessionNumber}`,
    author: input.institution.name,
    createdAt: input.createdAt,
  })
  drawHead(sheet, input)
  drawFieldGrid(sheet, input.fields, { x: side, width, gap: paper.gap })
  rule(sheet, sheet.doc.y)
  drawSection(sheet, input, input.findings, [])
  drawSection(sheet, input, input.impression, marksOf(input))
  if (input.advice) drawSection(sheet, input, input.advice, [])
  drawSignatures(sheet, input)
  drawRunningLines(sheet, input)
  return sheet.finish()
}

function rule({ doc }: PdfSheet, y: number, colour = hairline): void {
  doc.moveTo(side, y).lineTo(right, y).lineWidth(0.5).strokeColor(colour).stroke()
}

function fittingSize(sheet: PdfSheet, text: string, wanted: number, room: number): number {
  const natural = sheet.pen('bold', wanted).widthOfString(text)
  return natural <= room ? wanted : Math.max(8, (wanted * room) / natural)
}

function drawHead(sheet: PdfSheet, input: ReportPdfInput): void {
  const { doc } = sheet
  const paper = papers[input.paper]
  const name = sheet.printable(input.institution.name)
  sheet.pen('bold', fittingSize(sheet, name, paper.name, width))
  doc.text(name, side, paper.headTop, { width, align: 'center', lineBreak: false })
  const titleTop = paper.headTop + paper.name * 1.67
  sheet.pen('bold', paper.title).text(sheet.printable(input.title), side, titleTop, {
    width,
    align: 'center',
    characterSpacing: 2,
    lineBreak: false,
  })
  const barcode = code128(input.accessionNumber)
  if (barcode) {
    const place = { x: right - 118, y: titleTop + 1, width: 118, height: paper.title }
    drawCode128(doc, barcode, place)
    sheet.pen('regular', 7.5, grey)
    doc.text(input.accessionNumber, place.x, place.y + place.height + 1, {
      width: 118,
      align: 'center',
      lineBreak: false,
    })
  }
  const mark = headMarkOf(input)
  if (mark) {
    sheet.pen('regular', 8.5, red)
    doc.text(sheet.printable(mark), side, titleTop + 7, { width: 145 })
  }
  const bottom = Math.max(titleTop + Math.max(33, paper.title * 1.9), mark ? doc.y + 4 : 0)
  doc.moveTo(side, bottom).lineTo(right, bottom).lineWidth(1).strokeColor(ink).stroke()
  doc.y = bottom + 8
}

function headMarkOf(input: ReportPdfInput): string | undefined {
  const { amendment } = input
  const lines = [
    ...(input.released ? [] : ['未发布，仅供预览']),
    ...(amendment ? [`第 ${amendment.version} 版，替代${amendment.replaces}`] : []),
    ...(amendment?.reason ? [`修订原因：${amendment.reason}`] : []),
  ]
  return lines.length > 0 ? lines.join('\n') : undefined
}

type Mark = { readonly text: string; readonly colour: string }

function marksOf(input: ReportPdfInput): readonly Mark[] {
  return [
    ...(input.critical ? [{ text: '危急值', colour: red }] : []),
    ...(input.result === 'positive' ? [{ text: '阳性', colour: ink }] : []),
    ...(input.result === 'negative' ? [{ text: '阴性', colour: ink }] : []),
  ]
}

function drawSection(sheet: PdfSheet, input: ReportPdfInput, section: ReportSection, marks: readonly Mark[]): void {
  const { doc } = sheet
  const paper = papers[input.paper]
  const limit = paper.size[1] - paper.bottom
  // A heading never stands alone at the foot of a page.
  if (doc.y + paper.gap + 52 > limit) doc.addPage()
  else doc.y += paper.gap
  const top = doc.y
  sheet.pen('bold', paper.text + 1).text(section.label, side, top, { width, lineBreak: false })
  let x = side + doc.widthOfString(section.label) + 12
  for (const mark of marks) {
    const wide = sheet.pen('bold', paper.text - 1.5, mark.colour).widthOfString(mark.text) + 10
    doc.text(mark.text, x + 5, top + 1.6, { lineBreak: false })
    doc
      .roundedRect(x, top + 1, wide, paper.text + 4, 2)
      .lineWidth(0.7)
      .strokeColor(mark.colour)
      .stroke()
    x += wide + 6
  }
  doc.y = top + (paper.text + 1) * 1.45 + 5
  const text = sheet.printable(section.text).trim() || '—'
  sheet.pen('regular', paper.text)
  for (const paragraph of text.split('\n')) {
    if (paragraph.trim() === '') doc.y += paper.text * 0.6
    else doc.text(paragraph.trimEnd(), side, doc.y, { width, lineGap: paper.text * 0.22 })
  }
}

/** At the foot of the last page, or right under the running head where they need a page of their own. */
function drawSignatures(sheet: PdfSheet, input: ReportPdfInput): void {
  const { doc } = sheet
  const paper = papers[input.paper]
  const qr = qrOf(sheet, input)
  const height = qr ? paper.qr + (paper.caption === 'below' ? 16 : 2) : 42
  const limit = paper.size[1] - paper.bottom
  let top = limit - height
  if (doc.y + 10 > top) {
    doc.addPage()
    top = paper.top
  }
  rule(sheet, top)
  const column = (width - (qr ? paper.qr + (paper.caption === 'below' ? 20 : 58) : 0)) / 2
  const draw = (signature: Signature, x: number) => {
    sheet.pen('regular', 9.5, grey).text(`${signature.label}：`, x, top + 10, { lineBreak: false, continued: false })
    sheet
      .pen('bold', 10.5)
      .text(sheet.printable(signature.name), x + 52, top + 9, { width: column - 60, lineBreak: false })
    sheet.pen('regular', 9.5, grey).text(`${signature.timeLabel}：`, x, top + 27, { lineBreak: false })
    sheet.pen('regular', 9.5).text(signature.time, x + 52, top + 27, { lineBreak: false })
  }
  draw(input.reportDoctor, side)
  draw(input.auditDoctor, side + column)
  if (!qr) return
  drawQr(doc, qr, right - paper.qr, top + 2, paper.qr)
  sheet.pen('regular', 7.5, grey)
  if (paper.caption === 'below') {
    const place = { width: paper.qr + 20, align: 'center', lineBreak: false } as const
    doc.text('扫码查看影像与报告', right - paper.qr - 10, top + paper.qr + 2, place)
  } else {
    const place = { width: 48, align: 'right', lineBreak: false } as const
    doc.text('扫码查看', right - paper.qr - 50, top + paper.qr / 2 - 9, place)
    doc.text('影像与报告', right - paper.qr - 50, top + paper.qr / 2 + 2, place)
  }
}

function qrOf(sheet: PdfSheet, input: ReportPdfInput) {
  if (input.filmUrl === undefined) return undefined
  if (!/^https?:\/\//i.test(input.filmUrl)) {
    sheet.notice({ kind: 'unusable-qr', reason: 'no-web-address' })
    return undefined
  }
  const matrix = qrMatrix(input.filmUrl)
  if (!matrix) sheet.notice({ kind: 'unusable-qr', reason: 'too-long' })
  return matrix
}

/** Head of the following pages and foot of all of them, once their number is known. */
function drawRunningLines(sheet: PdfSheet, input: ReportPdfInput): void {
  const { doc } = sheet
  const paper = papers[input.paper]
  const { start, count } = doc.bufferedPageRange()
  const { patient, institution } = input
  for (let index = 0; index < count; index += 1) {
    doc.switchToPage(start + index)
    doc.page.margins = { ...doc.page.margins, top: 0, bottom: 0 }
    if (index > 0) {
      const top = paper.top - 26
      const who = [patient.name, patient.sex, patient.age, `检查号 ${input.accessionNumber}`].join('  ')
      sheet.pen('regular', 8.5, grey).text(sheet.printable(who), side, top, { width: width * 0.6, lineBreak: false })
      doc.text(sheet.printable(institution.name), side + width * 0.6, top, {
        width: width * 0.4,
        align: 'right',
        height: 12,
        ellipsis: true,
      })
      rule(sheet, top + 15)
    }
    const foot = paper.size[1] - paper.bottom + 10
    rule(sheet, foot)
    sheet.pen('regular', 8, grey).text('本报告仅供临床参考', side, foot + 5, { lineBreak: false })
    if (institution.phone) {
      doc.text(sheet.printable(`电话 ${institution.phone}`), side, foot + 5, {
        width,
        align: 'center',
        lineBreak: false,
      })
    }
    doc.text(`第 ${index + 1}/${count} 页`, side, foot + 5, { width, align: 'right', lineBreak: false })
  }
}
