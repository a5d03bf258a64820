import { cardSheets } from '../../../shared/models/printing.ts'
import { drawLine, drawLines, drawName, drawNumber, linesOf } from './card-line.ts'
import { type CardStyle, cardPlaces, cardStyles } from './card-papers.ts'
import type { CardSheetInput, CheckCardInput } from './check-card-input.ts'
import { type Code128, code128, drawCode128, isPrintable } from './code-128.ts'
import type { DocumentFonts } from './document-fonts.ts'
import { mm, openPdfSheet, type PdfSheet, type PrintedDocument } from './pdf-sheet.ts'
import { drawQr, moduleSize, type QrMatrix, sideOf } from './qr-code.ts'

const promise = '报告发布后扫码'
const invitation = '扫码查看影像与报告'

export type PrintedCards = PrintedDocument & {
  /** For each card, in order, whether its QR is on the paper. */
  readonly withQr: readonly boolean[]
}

/** Check cards as a PDF, a page each, or eight on a sheet of A4. Pure: the same input gives the same bytes. */
export async function renderCheckCards(input: CardSheetInput, fonts: DocumentFonts): Promise<PrintedCards> {
  const [first] = input.cards
  if (!first) throw new Error('no card to print')
  const [width, height] = cardSheets[input.paper]
  const size = [width * mm, height * mm] as const
  const margins = { top: 0, bottom: 0, left: 0, right: 0 }
  const sheet = openPdfSheet({
    size,
    margins,
    fonts,
    title: input.cards.length === 1 ? `检查卡 ${first.accessionNumber}` : '检查卡',
    author: first.institution.name,
    createdAt: Math.max(...input.cards.map((card) => card.createdAt)),
  })
  const style = cardStyles[input.paper]
  const places = cardPlaces(input.paper, input.cards.length, input.startAt)
  const withQr = input.cards.map((card, index) => {
    const { isNewPage, x, y } = places[index]!
    if (isNewPage && index > 0) sheet.doc.addPage({ size: [...size], margins })
    const qr = fittingQr(sheet, card, style)
    sheet.doc.save()
    sheet.doc.translate((x + input.shift.x / 10) * mm, (y + input.shift.y / 10) * mm)
    if (input.paper === 'receipt-80') drawReceipt(sheet, card, style, qr)
    else drawLabel(sheet, card, style, qr)
    sheet.doc.restore()
    return qr !== undefined
  })
  return { ...(await sheet.finish()), withQr }
}

type FittingQr = { readonly matrix: QrMatrix; readonly module: number }

/** The narrowest module of a QR that a label printer draws and a phone reads: two dots of 203 an inch. */
const narrowestModule = 0.25 * mm

/** The QR as large as this paper has room for beside its bars; undefined where that would be too small for a phone. */
function fittingQr(sheet: PdfSheet, card: CheckCardInput, style: CardStyle): FittingQr | undefined {
  if (!card.qr) return undefined
  const room = Math.min(style.qr, style.isSmall ? style.height - 2 * style.margin - style.bars - 0.8 : style.qr)
  const module = moduleSize(card.qr, room * mm)
  if (module >= narrowestModule) return { matrix: card.qr, module }
  sheet.notice({ kind: 'unusable-qr', reason: 'no-room' })
  return undefined
}

function rule({ doc }: PdfSheet, x: number, y: number, width: number): number {
  doc
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(0.6)
    .strokeColor('#000')
    .stroke()
  return y
}

const subjectOf = (input: CheckCardInput) =>
  input.bodyPart && !input.item.includes(input.bodyPart) ? `${input.item}（${input.bodyPart}）` : input.item

function drawReceipt(sheet: PdfSheet, input: CheckCardInput, style: CardStyle, qr: FittingQr | undefined): void {
  const x = style.margin * mm
  const width = (style.width - 2 * style.margin) * mm
  const text = { weight: 'regular', size: style.text } as const
  const centred = { ...text, align: 'center' } as const
  let y = drawLine(sheet, input.institution.name, x, 4 * mm, width, { weight: 'bold', size: 12, align: 'center' })
  y = rule(sheet, x, drawLine(sheet, '检查卡', x, y, width, centred) + 4, width) + 6
  const who = `${input.patient.sex}　${input.patient.age}`
  const name = sheet.pen('bold', style.name).widthOfString(sheet.printable(input.patient.name))
  const nameWidth = Math.min(name, width * 0.7)
  const below = drawName(sheet, input.patient.name, x, y, nameWidth, style.name)
  drawLine(sheet, who, x + nameWidth + 10, y + 9, width - nameWidth - 10, { ...text, size: 12 })
  const item = { ...text, size: 11 }
  y = drawLines(sheet, subjectOf(input), x, below + 2, width, item, linesOf(sheet, subjectOf(input), width, item, 2))
  y = drawLine(sheet, `检查时间  ${input.time}`, x, y + 1, width, text)
  y = rule(sheet, x, y + 5, width) + 4
  y = drawNumber(sheet, input.accessionNumber, x, y, width, { weight: 'bold', size: style.number, align: 'center' })
  const bars = barsIn(input, width)
  const footTop = style.height * mm - 8 * mm
  // A long name and item take of the bars' height, never of the QR.
  const scanned = qr ? sideOf(qr.matrix, qr.module) + style.text * 1.448 + 9 : 0
  const barsHeight = Math.max(9 * mm, Math.min(style.bars * mm, footTop - scanned - y - 12))
  if (bars) drawCode128(sheet.doc, bars, { x, y: y + 2, width, height: barsHeight })
  y = rule(sheet, x, y + 2 + barsHeight + 8, width) + 2
  if (qr) {
    const side = sideOf(qr.matrix, qr.module)
    drawQr(sheet.doc, qr.matrix, x + (width - side) / 2, y, side)
    drawLine(sheet, invitation, x, y + side - 3, width, centred)
  } else {
    drawLine(sheet, promise, x, y + (footTop - y) / 2 - 12, width, { ...centred, size: 13 })
  }
  const phone = input.institution.phone ? `电话 ${input.institution.phone}` : ''
  drawLine(sheet, phone, x, footTop + 3, width, { ...centred, size: style.small })
}

/** Text at the left, QR or the promise of one at the right, bars along the foot. */
function drawLabel(sheet: PdfSheet, input: CheckCardInput, style: CardStyle, qr: FittingQr | undefined): void {
  const x = style.margin * mm
  const width = style.width * mm - 2 * x
  const small = style.isSmall
  const bars = barsIn(input, width)
  const barsHeight = bars ? style.bars * mm : 0
  const barsTop = (style.height - style.margin) * mm - barsHeight
  const side = qr ? sideOf(qr.matrix, qr.module) : 0
  const textWidth = qr ? width - side - (small ? 0.5 : 1.5) * mm : width
  const text = { weight: 'regular', size: style.text } as const
  const head = { weight: 'bold', size: style.text + 1 } as const
  let y = x
  if (!small) y = rule(sheet, x, drawLine(sheet, input.institution.name, x, y, textWidth, head) + 2, textWidth) + 4
  y = drawName(sheet, input.patient.name, x, y, textWidth, style.name)
  y = drawLine(sheet, `${input.patient.sex}  ${input.patient.age}`, x, y, textWidth, text)
  y = drawNumber(sheet, input.accessionNumber, x, y, textWidth, { weight: 'bold', size: style.number })
  const after = (style.small + (qr ? 0 : style.text)) * 1.448
  const room = Math.max(1, Math.floor((barsTop - y - after) / (style.text * 0.82 * 1.448)))
  const lines = linesOf(sheet, subjectOf(input), textWidth, text, Math.min(3, room))
  y = drawLines(sheet, subjectOf(input), x, y, textWidth, text, lines)
  y = drawLine(sheet, input.time, x, y, textWidth, { ...text, size: style.small })
  const foot = [small ? input.institution.name : '', input.institution.phone && `电话 ${input.institution.phone}`]
  if (!qr) y = drawLine(sheet, promise, x, y, textWidth, { weight: 'bold', size: style.text })
  for (const words of foot.filter((part) => part !== '')) {
    if (y + style.small * 1.448 + (small ? 0 : 3) > barsTop) break
    y = drawLine(sheet, words, x, y, textWidth, { ...text, size: style.small })
  }
  if (qr) {
    const left = x + width - side
    const top = small ? x : style.margin * mm - 2
    drawQr(sheet.doc, qr.matrix, left, top, side)
    const caption = { ...text, size: style.small, align: 'center' } as const
    if (!small && top + side + style.small < barsTop) drawLine(sheet, invitation, left, top + side - 4, side, caption)
  }
  if (bars) drawCode128(sheet.doc, bars, { x, y: barsTop, width, height: barsHeight })
}

/** Bars are printed only where they can be scanned: not narrower than a printer can draw them. */
function barsIn(input: CheckCardInput, width: number): Code128 | undefined {
  const bars = code128(input.accessionNumber)
  return bars && isPrintable(bars, width) ? bars : undefined
}
