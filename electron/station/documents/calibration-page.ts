import { type CardPaper, cardRulerLength, cardSheets } from '../../../shared/models/printing.ts'
import type { Shift } from './check-card-input.ts'
import { code128, drawCode128 } from './code-128.ts'
import type { DocumentFonts } from './document-fonts.ts'
import { mm, openPdfSheet, type PdfSheet, type PrintedDocument } from './pdf-sheet.ts'
import { drawQr, moduleSize, qrMatrix, sideOf } from './qr-code.ts'

/** What its codes say: a scanner that reads them both reads every card of this printer. */
export const calibrationCodes = { qr: 'https://example.com/yingzhan-print-test', bars: 'TEST0123456789' } as const

/** Marks stand so far from the edge, millimetres: what a printer does not reach is seen at once. */
const inset = 2

/**
 * A page of the card's size to hold a ruler against: a scale in millimetres, marks in the corners, a QR and bars as they stand on cards. The
 * length of the ruler is `cardRulerLength`. Pure.
 */
export async function renderCalibration(
  input: { readonly paper: CardPaper; readonly shift: Shift; readonly createdAt: number },
  fonts: DocumentFonts,
): Promise<PrintedDocument> {
  const [width, height] = cardSheets[input.paper]
  const sheet = openPdfSheet({
    size: [width * mm, height * mm],
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    fonts,
    title: '打印校准页',
    author: '影站',
    createdAt: input.createdAt,
  })
  const { doc } = sheet
  doc.translate((input.shift.x / 10) * mm, (input.shift.y / 10) * mm)
  drawCorners(sheet, width, height)
  const length = cardRulerLength(input.paper)
  drawRuler(sheet, (width - length) / 2, inset + 3, length)
  const words = `校准页 ${width}×${height} mm　标尺全长 ${length} mm`
  sheet.pen('regular', width < 70 ? 6 : 8)
  doc.text(words, 0, (inset + 9) * mm, { width: width * mm, align: 'center', lineBreak: false })
  const top = (inset + (width < 70 ? 12 : 14)) * mm
  const room = Math.min(28 * mm, height * mm - top - inset * mm - (height < 35 ? 4.2 : height < 60 ? 7 : 16) * mm)
  const matrix = qrMatrix(calibrationCodes.qr)
  const side = matrix ? sideOf(matrix, moduleSize(matrix, room)) : 0
  if (matrix) drawQr(doc, matrix, (width * mm - side) / 2, top, side)
  const bars = code128(calibrationCodes.bars)
  const barsHeight = Math.min(12 * mm, height * mm - top - side - (inset + 0.5) * mm)
  const place = { x: inset * mm, y: top + side, width: (width - 2 * inset) * mm, height: barsHeight }
  if (bars && barsHeight > 3 * mm) drawCode128(doc, bars, place)
  return sheet.finish()
}

function drawCorners({ doc }: PdfSheet, width: number, height: number): void {
  const arm = 3
  for (const [x, y, right, down] of [
    [inset, inset, 1, 1],
    [width - inset, inset, -1, 1],
    [inset, height - inset, 1, -1],
    [width - inset, height - inset, -1, -1],
  ] as const) {
    doc
      .moveTo((x + arm * right) * mm, y * mm)
      .lineTo(x * mm, y * mm)
      .lineTo(x * mm, (y + arm * down) * mm)
  }
  doc.lineWidth(0.5).strokeColor('#000').stroke()
}

function drawRuler(sheet: PdfSheet, x: number, y: number, length: number): void {
  const { doc } = sheet
  doc.moveTo(x * mm, y * mm).lineTo((x + length) * mm, y * mm)
  for (let at = 0; at <= length; at += 1) {
    const tick = at % 10 === 0 ? 3 : at % 5 === 0 ? 2 : 1
    doc.moveTo((x + at) * mm, y * mm).lineTo((x + at) * mm, (y + tick) * mm)
  }
  doc.lineWidth(0.35).strokeColor('#000').stroke()
  for (let at = 0; at <= length; at += 10) {
    sheet.pen('regular', 5)
    doc.text(String(at), (x + at - 4) * mm, (y + 2.9) * mm, { width: 8 * mm, align: 'center', lineBreak: false })
  }
}
