import { createRequire } from 'node:module'

/** Loaded with the first bar code: a station that only receives does without its memory. */
const require = createRequire(import.meta.url)

/** Widths in modules, beginning with a bar: bar, space, bar, … bar. */
export type Code128 = { readonly widths: readonly number[]; readonly modules: number }

/** Code 128 (ISO/IEC 15417) of an accession number; undefined for what Code 128 cannot say. */
export function code128(text: string): Code128 | undefined {
  if (!/^[\x20-\x7e]{1,40}$/.test(text)) return undefined
  const bwipjs: typeof import('bwip-js/node') = require('bwip-js/node')
  const [symbol] = bwipjs.raw({ bcid: 'code128', text })
  if (!symbol || !('sbs' in symbol)) return undefined
  const widths = symbol.sbs
  return { widths, modules: widths.reduce((total, width) => total + width, 0) }
}

/** A dot of a label printer (203 an inch), points. Bars that are whole dots wide come out as they are meant. */
const dot = 72 / 203.2
/** Two dots, 0.25 mm: the narrowest bar that a label printer and a hand scanner agree on. */
const narrowest = 2 * dot

/** Whether the bars and ten modules of white on either side have room in `width` points. */
export const isPrintable = (barcode: Code128, width: number): boolean => widest(barcode, width) >= narrowest - 1e-6

const widest = (barcode: Code128, width: number) => width / (barcode.modules + 20)

/** Points of a module: three or two dots, or whatever there is room for. */
export function moduleWidthIn(barcode: Code128, width: number): number {
  const room = widest(barcode, width)
  return room >= 3 * dot ? 3 * dot : room >= narrowest ? narrowest : room
}

/** Draws the bars in the middle of `width` points, as vectors. */
export function drawCode128(
  doc: PDFKit.PDFDocument,
  barcode: Code128,
  place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  const module = moduleWidthIn(barcode, place.width)
  let x = place.x + (place.width - barcode.modules * module) / 2
  barcode.widths.forEach((width, index) => {
    if (index % 2 === 0) doc.rect(x, place.y, width * module, place.height)
    x += width * module
  })
  doc.fill('#000')
}
