import { code128, drawCode128 } from './code-128.ts'
import type { PdfSheet } from './pdf-sheet.ts'
import { grey, ink, red, reportPapers, right, rule, side, width } from './report-layout.ts'
import type { ReportPdfInput } from './report-pdf-input.ts'

function fittingSize(sheet: PdfSheet, text: string, wanted: number, room: number): number {
  const natural = sheet.pen('bold', wanted).widthOfString(text)
  return natural <= room ? wanted : Math.max(8, (wanted * room) / natural)
}

/** Institution, title, bars of the accession number, and what is special about this version. */
export function drawReportHead(sheet: PdfSheet, input: ReportPdfInput): void {
  const { doc } = sheet
  const paper = reportPapers[input.paper]
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

/** Head of the following pages and foot of all of them, once their number is known. */
export function drawRunningLines(sheet: PdfSheet, input: ReportPdfInput): void {
  const { doc } = sheet
  const paper = reportPapers[input.paper]
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
