import type { PdfSheet } from './pdf-sheet.ts'
import { proveAddress } from './proven-qr.ts'
import { drawQr, moduleSize, type QrMatrix, sideOf } from './qr-code.ts'
import { grey, type ReportLayout, rule } from './report-layout.ts'
import type { ReportPdfInput, Signature } from './report-pdf-input.ts'

/** A handwritten signature is this large at most. Points. */
const handwriting = { width: 96, height: 30 }
/** What name and time of one person take. */
const block = 36

/** At the foot of the last page, or right under the running head where they need a page of their own. */
export function drawSignatures(sheet: PdfSheet, input: ReportPdfInput, layout: ReportLayout): void {
  const { doc } = sheet
  const { side, width, right } = layout
  const qr = qrOf(sheet, input)
  const isNarrow = width < 400
  const forNames = isNarrow ? 2 * block : block + 6
  const height = Math.max(forNames, qr ? layout.qr + (layout.caption === 'below' ? 16 : 2) : 0)
  const limit = layout.size[1] - layout.bottom
  let top = limit - height
  if (doc.y + 10 > top) {
    doc.addPage()
    top = layout.top
  }
  rule(sheet, layout, top)
  const room = width - (qr ? layout.qr + (layout.caption === 'below' ? 20 : 58) : 0)
  // On a narrow page they stand one above the other.
  const second = isNarrow ? { x: side, y: top + block } : { x: side + room / 2, y: top }
  const column = isNarrow ? room : room / 2
  drawSignature(sheet, input.reportDoctor, side, top, column)
  drawSignature(sheet, input.auditDoctor, second.x, second.y, column)
  if (!qr) return
  const module = moduleSize(qr, layout.qr)
  const wide = sideOf(qr, module)
  const [x, y] = [right - layout.qr + (layout.qr - wide) / 2, top + 2 + (layout.qr - wide) / 2]
  drawQr(doc, qr, x, y, wide)
  sheet.pen('regular', 7.5, grey)
  if (layout.caption === 'below') {
    const place = { width: layout.qr + 20, align: 'center', lineBreak: false } as const
    doc.text('扫码查看影像与报告', right - layout.qr - 10, top + layout.qr + 2, place)
  } else {
    const place = { width: 48, align: 'right', lineBreak: false } as const
    doc.text('扫码查看', right - layout.qr - 50, top + layout.qr / 2 - 9, place)
    doc.text('影像与报告', right - layout.qr - 50, top + layout.qr / 2 + 2, place)
  }
}

/** Name over time at the left, the handwriting at their right. */
function drawSignature(sheet: PdfSheet, signature: Signature, x: number, top: number, room: number): void {
  const { doc } = sheet
  const place = x + 52
  sheet.pen('regular', 9.5, grey).text(`${signature.label}：`, x, top + 6, { lineBreak: false })
  sheet.pen('regular', 9.5, grey).text(`${signature.timeLabel}：`, x, top + 21, { lineBreak: false })
  const timeWidth = sheet.pen('regular', 9.5).widthOfString(signature.time)
  doc.text(signature.time, place, top + 21, { lineBreak: false })
  const name = sheet.printable(signature.name)
  sheet.pen('bold', 10.5).text(name, place, top + 5, { width: room - 60, height: 15, ellipsis: true })
  if (!signature.picture) return
  const left = place + Math.max(timeWidth, Math.min(doc.widthOfString(name), room - 60)) + 5
  const fit: [number, number] = [Math.max(30, Math.min(handwriting.width, x + room - left - 4)), handwriting.height]
  sheet.ink(signature.picture, left, top + 3, { fit, valign: 'center' })
}

function qrOf(sheet: PdfSheet, input: ReportPdfInput): QrMatrix | undefined {
  if (input.filmUrl === undefined) return undefined
  const proven = proveAddress(input.filmUrl)
  if (proven.kind === 'proven') return proven.matrix
  sheet.notice({ kind: 'unusable-qr', reason: proven.reason })
  return undefined
}
