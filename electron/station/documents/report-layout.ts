import type { PaperSettings } from '../../../shared/models/printing.ts'
import { mm, type PdfSheet } from './pdf-sheet.ts'

/** Points. `side`: the margin at the left and the right; `columns`: fields beside each other; `picture`: the tallest key image by images in a row. */
export type ReportLayout = {
  readonly size: readonly [number, number]
  readonly side: number
  readonly width: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly headTop: number
  readonly name: number
  readonly title: number
  readonly text: number
  readonly gap: number
  readonly columns: 2 | 3
  readonly qr: number
  readonly caption: 'below' | 'beside'
  readonly picture: readonly [number, number, number, number]
}

function layout(
  size: readonly [number, number],
  side: number,
  rest: Omit<ReportLayout, 'size' | 'side' | 'width' | 'right'>,
): ReportLayout {
  return { size, side, width: size[0] - 2 * side, right: size[0] - side, ...rest }
}

const a4: readonly [number, number] = [595.28, 841.89]
const a5: readonly [number, number] = [419.53, 595.28]
const turned = ([width, height]: readonly [number, number]) => [height, width] as const

const large = {
  top: 62,
  bottom: 56,
  headTop: 40,
  name: 15,
  title: 19,
  text: 10.5,
  gap: 14,
  columns: 3,
  qr: 28 * mm,
  caption: 'below',
  picture: [215, 165, 120, 90],
} as const
const small = {
  top: 46,
  bottom: 34,
  headTop: 20,
  name: 13,
  title: 16,
  text: 9.5,
  gap: 7,
  columns: 3,
  qr: 22 * mm,
  caption: 'beside',
  picture: [104, 92, 84, 72],
} as const

export type ReportPaper = 'A4-portrait' | 'A4-landscape' | 'A5-portrait' | 'A5-landscape'

/** A5 mostly lies on its side: half a sheet of A4, as ultrasound rooms print it, so that both have the same width of text. */
export const reportLayouts: Readonly<Record<ReportPaper, ReportLayout>> = {
  'A4-portrait': layout(a4, 48, large),
  'A4-landscape': layout(turned(a4), 56, { ...large, headTop: 30, top: 52, bottom: 44, picture: [190, 170, 130, 110] }),
  'A5-landscape': layout(turned(a5), 48, small),
  'A5-portrait': layout(a5, 32, { ...small, columns: 2, headTop: 24, picture: [140, 110, 80, 62] }),
}

/** The papers to try, best first: the first one that takes no more pages than any other is used. */
export function reportPapersOf({ report, reportTurn }: Pick<PaperSettings, 'report' | 'reportTurn'>): ReportPaper[] {
  if (reportTurn !== 'auto') return [`${report}-${reportTurn}`]
  return report === 'A4' ? ['A4-portrait'] : ['A5-landscape', 'A5-portrait']
}

export const ink = '#000'
export const grey = '#5a5a5a'
export const hairline = '#9a9a9a'
export const red = '#b3121d'

/** A thin line across the text's width. */
export function rule({ doc }: PdfSheet, { side, right }: ReportLayout, y: number, colour = hairline): void {
  doc.moveTo(side, y).lineTo(right, y).lineWidth(0.5).strokeColor(colour).stroke()
}
