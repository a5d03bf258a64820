import type { CorrectionLetterBody } from '../../shared/api/cloud-care-routes.ts'
import type { CardPaper, PrintKind } from '../../shared/models/printing.ts'
import type { Language } from '../text/both.ts'

export type PrintOrder = {
  readonly kind: Exclude<PrintKind, 'correction-letter' | 'outside-paper'>
  /** Cards: one or many on as few sheets as the paper allows. Reports: one after the other. */
  readonly examIds?: readonly string[]
  readonly query?: {
    /** Day sheet: 'YYYY-MM-DD'. */
    readonly day?: string
    readonly language?: Language
    /** Cards on A4: the first free label, 1 to 8. */
    readonly startAt?: number
    readonly paper?: CardPaper
  }
}

/** A letter to a platform: of one exam, in the words that were typed. */
export type LetterOrder = {
  readonly kind: 'correction-letter'
  readonly examId: string
  readonly letter: CorrectionLetterBody
}

/** A PDF that the station did not make, as it is shown at this exam. */
export type OutsideOrder = { readonly kind: 'outside-paper'; readonly examId: string; readonly pdf: Blob }

export type AnyPrintOrder = PrintOrder | LetterOrder | OutsideOrder
