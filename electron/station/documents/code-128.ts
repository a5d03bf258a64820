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

/** How wide a module is when the bars and ten modules of white on either side fill `width` points, at most 0.4 mm. */
export function moduleWidthIn(barcode: Code128, width: number): number {
  return Math.min(width / (barcode.modules + 20), 1.134)
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
