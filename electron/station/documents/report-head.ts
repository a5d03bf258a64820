import { code128, drawCode128, moduleWidthIn } from './code-128.ts'
import type { PdfSheet } from './pdf-sheet.ts'
import { grey, ink, type ReportLayout, red, rule } from './report-layout.ts'
import type { ReportPdfInput } from './report-pdf-input.ts'

function fittingSize(sheet: PdfSheet, text: string, wanted: number, room: number): number {
  const natural = sheet.pen('bold', wanted).widthOfString(text)
  return natural <= room ? wanted : Math.max(8, (wanted * room) / natural)
}

/** The logo's place at the upper left; points. */
const logo = { width: 64, height: 40 }

/** Logo, institution, title, bars of the accession number, and what is special about this version. */
export function drawReportHead(sheet: PdfSheet, input: ReportPdfInput, layout: ReportLayout): void {
  const { doc } = sheet
  const { side, width, right } = layout
  const { letterhead } = input
  if (letterhead.logo) sheet.ink(letterhead.logo, side, layout.headTop - 6, { fit: [logo.width, logo.height] })
  const name = sheet.printable(letterhead.name)
  const nameRoom = letterhead.logo ? width - 2 * (logo.width + 6) : width
  sheet.pen('bold', fittingSize(sheet, name, layout.name, nameRoom))
  doc.text(name, side, layout.headTop, { width, align: 'center', lineBreak: false })
  let titleTop = layout.headTop + layout.name * 1.67
  if (letterhead.secondLine !== '') {
    const second = sheet.printable(letterhead.secondLine)
    sheet.pen('regular', 8.5, grey)
    doc.text(second, side, titleTop - 5, { width, align: 'center', height: 12, ellipsis: true })
    titleTop += 9
  }
  sheet.pen('bold', layout.title).text(sheet.printable(input.title), side, titleTop, {
    width,
    align: 'center',
    characterSpacing: 2,
    lineBreak: false,
  })
  drawNumberBars(sheet, input, layout, titleTop + 1)
  const mark = headMarkOf(input)
  const markTop = letterhead.logo ? Math.max(titleTop + 7, layout.headTop + logo.height - 4) : titleTop + 7
  if (mark) {
    sheet.pen('regular', 8.5, red)
    doc.text(sheet.printable(mark), side, markTop, { width: Math.min(145, width * 0.3) })
  }
  const bottom = Math.max(titleTop + Math.max(33, layout.title * 1.9), mark ? doc.y + 4 : 0)
  doc.moveTo(side, bottom).lineTo(right, bottom).lineWidth(1).strokeColor(ink).stroke()
  doc.y = bottom + 8
}

/** Bars of 0.25 mm where the place right of the title has room for them. */
function drawNumberBars(sheet: PdfSheet, input: ReportPdfInput, layout: ReportLayout, top: number): void {
  const barcode = code128(input.accessionNumber)
  if (!barcode) return
  const title = sheet.doc.widthOfString(sheet.printable(input.title)) + input.title.length * 2
  const room = Math.max(70, (layout.width - title) / 2 - 4)
  const module = moduleWidthIn(barcode, room)
  const width = Math.min(room, (barcode.modules + 20) * Math.min(module, 0.709))
  const place = { x: layout.right - width, y: top, width, height: layout.title }
  drawCode128(sheet.doc, barcode, place)
  sheet.pen('regular', 7.5, grey)
  const words = { width, align: 'center', lineBreak: false } as const
  sheet.doc.text(input.accessionNumber, place.x, place.y + place.height + 1, words)
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
export function drawRunningLines(sheet: PdfSheet, input: ReportPdfInput, layout: ReportLayout): void {
  const { doc } = sheet
  const { side, width } = layout
  const { start, count } = doc.bufferedPageRange()
  const { patient, institution, letterhead } = input
  for (let index = 0; index < count; index += 1) {
    doc.switchToPage(start + index)
    doc.page.margins = { ...doc.page.margins, top: 0, bottom: 0 }
    if (index > 0) {
      const top = layout.top - 26
      const who = [patient.name, patient.sex, patient.age, `检查号 ${input.accessionNumber}`].join('  ')
      const words = sheet.printable(who)
      sheet.pen('regular', 8.5, grey).text(words, side, top, { width: width * 0.6, height: 12, ellipsis: true })
      doc.text(sheet.printable(letterhead.name), side + width * 0.6, top, {
        width: width * 0.4,
        align: 'right',
        height: 12,
        ellipsis: true,
      })
      rule(sheet, layout, top + 15)
    }
    const foot = layout.size[1] - layout.bottom + 10
    rule(sheet, layout, foot)
    const phone = institution.phone ? `电话 ${institution.phone}` : ''
    const words = sheet.printable([letterhead.footer, phone].filter((part) => part !== '').join('　　'))
    sheet.pen('regular', 8, grey)
    doc.text(words, side, foot + 5, { width: width - 60, height: 11, ellipsis: true })
    doc.text(`第 ${index + 1}/${count} 页`, side, foot + 5, { width, align: 'right', lineBreak: false })
  }
}
