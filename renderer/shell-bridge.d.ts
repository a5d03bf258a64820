type DeskPrintOutcome =
  | { readonly kind: 'handed-over' }
  | { readonly kind: 'unconfirmed' | 'refused'; readonly reason: string }
  /** The person closed the print dialog. */
  | { readonly kind: 'cancelled' }

type DeskPrintRequest = {
  readonly pdf: Uint8Array<ArrayBuffer>
  /** The queue's name as `listPrinters` gives it; absent: the default printer. */
  readonly printer?: string
  /** The paper; absent: the PDF's own page. */
  readonly widthMicrons?: number
  readonly heightMicrons?: number
  readonly copies?: number
  /** The system's print dialog instead of the printer at once. */
  readonly askFirst?: boolean
}

type DeskPrinter = { readonly name: string; readonly displayName: string; readonly isDefault: boolean }

/** What the desk's own window adds to a browser (electron/preload). Absent in a browser. */
interface Window {
  readonly shell?: {
    readonly listPrinters?: () => Promise<readonly DeskPrinter[]>
    readonly printPdf?: (request: DeskPrintRequest | Uint8Array<ArrayBuffer>) => Promise<DeskPrintOutcome>
    readonly openTraining?: (institutionName: string) => Promise<boolean>
  }
}
