import type { Shift } from './check-card-input.ts'
import { mm, type PdfSheet } from './pdf-sheet.ts'

/** Moves this page and all that follow, to the right and down by tenths of a millimetre. */
export function shiftPages({ doc }: PdfSheet, { x, y }: Shift): void {
  if (x === 0 && y === 0) return
  const move = () => void doc.translate((x / 10) * mm, (y / 10) * mm)
  move()
  doc.on('pageAdded', move)
}
