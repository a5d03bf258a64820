import type { CheckCardInput } from './check-card-input.ts'
import { type Code128, code128, drawCode128, moduleWidthIn } from './code-128.ts'
import type { DocumentFonts } from './document-fonts.ts'
import { mm, openPdfSheet, type PdfSheet, type PrintedDocument, type Weight } from './pdf-sheet.ts'

/** The QR fills 28 mm with its quiet zone: 49 modules and 8 of white at four dots of a 203 dpi printer. */
const qrWidth = 28 * mm
const promise = '报告发布后扫码'
const invitation = '扫码查看影像与报告'

/** Millimetres, and text sizes in points. A label has room for a line of bars under the text, a 50×30 one only without QR. */
const papers = {
  'receipt-80': { width: 80, height: 120, margin: 5, name: 20, number: 22, text: 10, small: 8.5, bars: 15 },
  'card-85x54': { width: 85.6, height: 54, margin: 4, name: 14, number: 13, text: 8.5, small: 7, bars: 7 },
  'bag-100x70': { width: 100, height: 70, margin: 5, name: 20, number: 18, text: 10.5, small: 8.5, bars: 11 },
  'label-60x40': { width: 60, height: 40, margin: 1.5, name: 11, number: 9.5, text: 6.8, small: 5.8, bars: 7 },
  'label-50x30': { width: 50, height: 30, margin: 1, name: 9.5, number: 8, text: 5.8, small: 5.2, bars: 7 },
} as const

/** The narrowest bar that a label printer and a hand scanner agree on. */
const narrowestBar = 0.25 * mm

/** The check card as a PDF of exactly one label, card or piece of receipt. Pure: the same input gives the same bytes. */
export async function renderCheckCard(input: CheckCardInput, fonts: DocumentFonts): Promise<PrintedDocument> {
  const paper = papers[input.paper]
  const sheet = openPdfSheet({
    size: [paper.width * mm, paper.height * mm],
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    fonts,
    title: `检查卡 ${input.accessionNumber}`,
    author: input.institution.name,
    createdAt: input.createdAt,
  })
  if (input.paper === 'receipt-80') drawReceipt(sheet, input)
  else drawLabel(sheet, input)
  return sheet.finish()
}

type Line = { readonly weight: Weight; readonly size: number; readonly colour?: string; readonly align?: 'center' }

/** One line of text, made smaller, down to 60 %, and then cut with … rather than run over what stands beside it. Returns the y below. */
function line(sheet: PdfSheet, text: string, x: number, y: number, width: number, look: Line): number {
  if (text === '') return y
  const printable = sheet.printable(text)
  const natural = sheet.pen(look.weight, look.size, look.colour).widthOfString(printable)
  const size = Math.max(look.size * 0.6, Math.min(look.size, (look.size * width) / natural))
  sheet.pen(look.weight, size, look.colour)
  const height = look.size * 1.448
  const shown = fitted(sheet.doc, printable, width)
  const offset = look.align === 'center' ? Math.max(0, (width - sheet.doc.widthOfString(shown)) / 2) : 0
  sheet.doc.text(shown, x + offset, y + (height - size * 1.448) / 2, { lineBreak: false })
  return y + height
}

function fitted(doc: PDFKit.PDFDocument, text: string, width: number): string {
  if (doc.widthOfString(text) <= width + 0.5) return text
  const characters = [...text]
  while (characters.length > 1 && doc.widthOfString(`${characters.join('')}…`) > width) characters.pop()
  return `${characters.join('')}…`
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

function drawReceipt(sheet: PdfSheet, input: CheckCardInput): void {
  const paper = papers['receipt-80']
  const x = paper.margin * mm
  const width = (paper.width - 2 * paper.margin) * mm
  const text = { weight: 'regular', size: paper.text } as const
  const centred = { ...text, align: 'center' } as const
  let y = line(sheet, input.institution.name, x, 4 * mm, width, { weight: 'bold', size: 12, align: 'center' })
  y = rule(sheet, x, line(sheet, '检查卡', x, y, width, centred) + 4, width) + 6
  const name = sheet.pen('bold', paper.name).widthOfString(sheet.printable(input.patient.name))
  const nameWidth = Math.min(name, width * 0.68)
  const below = line(sheet, input.patient.name, x, y, nameWidth, { weight: 'bold', size: paper.name })
  line(sheet, `${input.patient.sex}　${input.patient.age}`, x + nameWidth + 10, y + 9, width - nameWidth - 10, {
    ...text,
    size: 12,
  })
  y = line(sheet, subjectOf(input), x, below + 2, width, { ...text, size: 11 })
  y = line(sheet, `检查时间  ${input.time}`, x, y + 1, width, text)
  y = rule(sheet, x, y + 5, width) + 4
  y = line(sheet, input.accessionNumber, x, y, width, { weight: 'bold', size: paper.number, align: 'center' })
  const barcode = code128(input.accessionNumber)
  if (barcode) drawCode128(sheet.doc, barcode, { x, y: y + 2, width, height: paper.bars * mm })
  y = rule(sheet, x, y + 2 + paper.bars * mm + 8, width) + 2
  const footTop = paper.height * mm - 8 * mm
  if (input.qrPng) {
    y = placeQr(sheet, input.qrPng, x + (width - qrWidth) / 2, y + 1)
    line(sheet, invitation, x, y, width, centred)
  } else {
    line(sheet, promise, x, y + (footTop - y) / 2 - 12, width, { ...centred, size: 13 })
  }
  const phone = input.institution.phone ? `电话 ${input.institution.phone}` : ''
  line(sheet, phone, x, footTop, width, { ...centred, size: paper.small })
}

/** Text at the left, QR or the promise of one at the right, bars along the foot. */
function drawLabel(sheet: PdfSheet, input: CheckCardInput): void {
  const paper = papers[input.paper]
  const x = paper.margin * mm
  const width = paper.width * mm - 2 * x
  const small = paper.height < 50
  const barcode = barcodeFor(input, width)
  const barsHeight = barcode ? paper.bars * mm : 0
  const barsTop = (paper.height - paper.margin) * mm - barsHeight
  const textWidth = input.qrPng ? width - qrWidth - 1.5 * mm : width
  const text = { weight: 'regular', size: paper.text } as const
  let y = x
  if (!small)
    y =
      rule(
        sheet,
        x,
        line(sheet, input.institution.name, x, y, textWidth, { weight: 'bold', size: paper.text + 1 }) + 2,
        textWidth,
      ) + 4
  y = line(sheet, input.patient.name, x, y, textWidth, { weight: 'bold', size: paper.name })
  y = line(sheet, `${input.patient.sex}  ${input.patient.age}`, x, y, textWidth, text)
  y = line(sheet, input.accessionNumber, x, y, textWidth, { weight: 'bold', size: paper.number })
  y = line(sheet, subjectOf(input), x, y, textWidth, text)
  y = line(sheet, input.time, x, y, textWidth, { ...text, size: paper.small })
  const foot = [small ? input.institution.name : '', input.institution.phone && `电话 ${input.institution.phone}`]
  const words = [input.qrPng ? '' : promise, ...foot].filter((part) => part !== '')
  for (const part of words) {
    if (y + paper.small * 1.448 + (small ? 0 : 3) > barsTop) break
    y = line(sheet, part, x, y, textWidth, { ...text, size: paper.small })
  }
  if (input.qrPng) {
    const qrLeft = x + width - qrWidth
    const qrBottom = placeQr(sheet, input.qrPng, qrLeft, small ? x : 3 * mm)
    if (!small) line(sheet, invitation, qrLeft, qrBottom, qrWidth, { ...text, size: paper.small, align: 'center' })
  }
  if (barcode) drawCode128(sheet.doc, barcode, { x, y: barsTop, width, height: barsHeight })
}

/** Bars are printed only where they can be scanned: beside nothing and not narrower than a printer can draw them. */
function barcodeFor(input: CheckCardInput, width: number): Code128 | undefined {
  if (input.paper === 'label-50x30' && input.qrPng) return undefined
  const barcode = code128(input.accessionNumber)
  return barcode && moduleWidthIn(barcode, width) >= narrowestBar ? barcode : undefined
}

function placeQr({ doc }: PdfSheet, png: Buffer, x: number, y: number): number {
  doc.image(png, x, y, { width: qrWidth, height: qrWidth })
  return y + qrWidth
}
