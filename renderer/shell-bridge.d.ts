type DeskPrintOutcome =
  | { readonly kind: 'handed-over' }
  | { readonly kind: 'unconfirmed' | 'refused'; readonly reason: string }

/** What the desk's own window adds to a browser (electron/preload). Absent in a browser. */
interface Window {
  readonly shell?: {
    readonly printPdf?: (pdf: Uint8Array<ArrayBuffer>) => Promise<DeskPrintOutcome>
  }
}
