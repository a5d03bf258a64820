/** What the desk's own window adds to a browser. Absent in a browser. */
interface Window {
  readonly shell?: {
    readonly printPdf?: (pdf: Uint8Array<ArrayBuffer>) => Promise<unknown>
  }
}
