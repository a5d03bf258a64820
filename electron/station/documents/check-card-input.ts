import type { CardPaper } from '../../../shared/models/printing.ts'
import type { QrMatrix } from './qr-code.ts'

/** What a check card (检查卡, handed to the patient at registration) says. */
export type CheckCardInput = {
  readonly institution: { readonly name: string; readonly phone: string }
  readonly patient: { readonly name: string; readonly sex: string; readonly age: string }
  readonly accessionNumber: string
  readonly item: string
  readonly bodyPart: string
  /** 'yyyy-MM-dd HH:mm'. */
  readonly time: string
  /** Proven to be readable (`proven-qr.ts`); without one the card says that the QR comes with the report. */
  readonly qr: QrMatrix | undefined
  /** Epoch milliseconds that the file carries as its date. */
  readonly createdAt: number
}

export type CardSheetInput = {
  readonly paper: CardPaper
  /** 'a4-8up': the first free label on the first sheet, 1 to 8. */
  readonly startAt: number
  /** By how much everything is moved to the right and down, tenths of a millimetre. */
  readonly shift: Shift
  /** At least one. */
  readonly cards: readonly CheckCardInput[]
}

export type Shift = { readonly x: number; readonly y: number }
export const noShift: Shift = { x: 0, y: 0 }
