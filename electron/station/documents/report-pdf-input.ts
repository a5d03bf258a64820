/** What a printed report says, in the words that are printed. Nothing else, not even the clock, has a say in the PDF. */
export type ReportPdfInput = {
  readonly paper: 'A4' | 'A5'
  readonly institution: { readonly name: string; readonly phone: string }
  /** '超声检查报告单'. */
  readonly title: string
  readonly patient: { readonly name: string; readonly sex: string; readonly age: string }
  readonly accessionNumber: string
  /** Label and value, in order, three a line; those with an empty value are left out. `wide` takes a whole line. */
  readonly fields: readonly ReportField[]
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
}

export type ReportField = { readonly label: string; readonly value: string; readonly wide?: boolean }
export type ReportSection = { readonly label: string; readonly text: string }
/** `time` 'yyyy-MM-dd HH:mm', '' while it has not happened. */
export type Signature = {
  readonly label: string
  readonly name: string
  readonly timeLabel: string
  readonly time: string
}
