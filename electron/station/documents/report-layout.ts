import { mm, type PdfSheet } from './pdf-sheet.ts'

/** A5 lies on its side: half a sheet of A4, as ultrasound rooms print it. So both have the same width of text. */
export const reportPapers = {
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
export const side = 48
export const width = 595.28 - 2 * side
export const right = side + width

export const ink = '#000'
export const grey = '#5a5a5a'
export const hairline = '#9a9a9a'
export const red = '#b3121d'

/** A thin line across the text's width. */
export function rule({ doc }: PdfSheet, y: number, colour = hairline): void {
  doc.moveTo(side, y).lineTo(right, y).lineWidth(0.5).strokeColor(colour).stroke()
}
