import type { PdfSheet } from './pdf-sheet.ts'
import { drawQr, type QrMatrix, qrMatrix } from './qr-code.ts'
import { grey, reportPapers, right, rule, side, width } from './report-layout.ts'
import type { ReportPdfInput, Signature } from './report-pdf-input.ts'

/** At the foot of the last page, or right under the running head where they need a page of their own. */
export function drawSignatures(sheet: PdfSheet, input: ReportPdfInput): void {
  const { doc } = sheet
  const paper = reportPapers[input.paper]
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

function qrOf(sheet: PdfSheet, input: ReportPdfInput): QrMatrix | undefined {
  if (input.filmUrl === undefined) return undefined
  if (!/^https?:\/\//i.test(input.filmUrl)) {
    sheet.notice({ kind: 'unusable-qr', reason: 'no-web-address' })
    return undefined
  }
  const matrix = qrMatrix(input.filmUrl)
  if (!matrix) sheet.notice({ kind: 'unusable-qr', reason: 'too-long' })
  return matrix
}
