import type { PrinterChoice } from '../../shared/models/printing.ts'
import type { PreparedPaper } from './prepare-paper.ts'

export type Sent =
  | { readonly kind: 'printed' | 'dialog' | 'unconfirmed' | 'cancelled' }
  | { readonly kind: 'failed'; readonly reason: string }

/** Hands the paper to the shell: silently, and through the system's print dialog when that was refused. */
export async function sendToPrinter(
  paper: Pick<PreparedPaper, 'pdf' | 'widthMicrons' | 'heightMicrons'>,
  choice: PrinterChoice,
  onRefused: (why: string) => void,
): Promise<Sent> {
  const printPdf = window.shell?.printPdf
  if (!printPdf) return { kind: 'failed', reason: 'no shell' }
  const request: DeskPrintRequest = {
    pdf: paper.pdf,
    ...(paper.widthMicrons !== undefined && paper.heightMicrons !== undefined
      ? { widthMicrons: paper.widthMicrons, heightMicrons: paper.heightMicrons }
      : {}),
    copies: choice.copies,
    ...(choice.printer ? { printer: choice.printer } : {}),
  }
  if (!choice.askFirst) {
    const outcome = await printPdf(request)
    if (outcome.kind === 'handed-over') return { kind: 'printed' }
    if (outcome.kind === 'unconfirmed') return { kind: 'unconfirmed' }
    if (outcome.kind === 'cancelled') return { kind: 'cancelled' }
    onRefused(outcome.reason)
  }
  const asked = await printPdf({ ...request, askFirst: true })
  switch (asked.kind) {
    case 'handed-over':
      return { kind: 'dialog' }
    case 'unconfirmed':
    case 'cancelled':
      return { kind: asked.kind }
    case 'refused':
      return { kind: 'failed', reason: asked.reason }
  }
}
