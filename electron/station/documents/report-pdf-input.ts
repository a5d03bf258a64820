import type { KeyPicture } from '../../../shared/models/key-picture.ts'
import type { PaperSettings } from '../../../shared/models/printing.ts'
import type { Shift } from './check-card-input.ts'
import type { ReportPaper } from './report-layout.ts'

/** What a printed report says, in the words that are printed. Nothing else, not even the clock, has a say in the PDF. */
export type ReportPdfInput = {
  /** Best first; see `reportPapersOf`. */
  readonly papers: readonly ReportPaper[]
  readonly institution: { readonly name: string; readonly phone: string }
  readonly letterhead: Letterhead
  /** '超声检查报告单'. */
  readonly title: string
  readonly patient: { readonly name: string; readonly sex: string; readonly age: string }
  readonly accessionNumber: string
  /** Label and value, in order, some in a line; those with an empty value are left out. `wide` takes a whole line. */
  readonly fields: readonly ReportField[]
  /** Key images between the fields and the findings, at most 8. */
  readonly pictures: readonly KeyPicture[]
  readonly imagesPerRow: PaperSettings['imagesPerRow']
  readonly findings: ReportSection
  readonly impression: ReportSection
  readonly advice: ReportSection | undefined
  readonly result: 'positive' | 'negative' | undefined
  readonly critical: boolean
  readonly reportDoctor: Signature
  readonly auditDoctor: Signature
  /** Set from the second version on. */
  readonly amendment:
    | { readonly version: number; readonly replaces: string; readonly reason: string | undefined }
    | undefined
  /** False: printed before release, and marked so. */
  readonly released: boolean
  /** Address of the cloud film; undefined while there is none: then no QR is printed at all. */
  readonly filmUrl: string | undefined
  /** Epoch milliseconds that the file carries as its date: when the report was released. */
  readonly createdAt: number
  /** By how much everything is moved, tenths of a millimetre: only for a printer, never for what is delivered. */
  readonly shift: Shift
}

/** What stands at the head and the foot of the report. `logo`: a PNG of ours (`ink-picture.ts`). */
export type Letterhead = {
  readonly name: string
  readonly secondLine: string
  readonly footer: string
  readonly logo?: Buffer | undefined
}
export type ReportField = { readonly label: string; readonly value: string; readonly wide?: boolean }
export type ReportSection = { readonly label: string; readonly text: string }
/** `time` 'yyyy-MM-dd HH:mm', '' while it has not happened. `picture`: the handwriting as a PNG of ours. */
export type Signature = {
  readonly label: string
  readonly name: string
  readonly timeLabel: string
  readonly time: string
  readonly picture?: Buffer | undefined
}
