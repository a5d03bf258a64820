import type { PreparedPaper } from '../../../shared/models/printing.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { DocumentOutcome } from '../documents/documents.ts'
import type { Prepared, Prints } from '../documents/prints.ts'
import { pageSizeOf } from './pdf-page-size.ts'

/** A paper that was made for a printer, with the ticket under which it is counted once it came out. */
export function preparedPaper(
  prints: Prints,
  outcome: DocumentOutcome,
  { kind, entries }: Prepared,
): Outcome<PreparedPaper> {
  if (outcome.kind !== 'printed') return whyNotPrinted(outcome)
  return ok({
    ticket: prints.prepared({ kind, entries }),
    pdf: outcome.pdf.toString('base64'),
    ...pageSizeOf(outcome.pdf),
    notices: [...outcome.notices],
    withoutQr: entries.filter((entry) => entry.withQr === false).length,
  })
}

export function whyNotPrinted(outcome: Exclude<DocumentOutcome, { kind: 'printed' }>): Outcome<never> {
  switch (outcome.kind) {
    case 'no-report':
      return fail('REPORT-NOT-RELEASED')
    case 'too-large':
      return fail('DOCUMENT-FAILED', { detail: `${outcome.bytes} > ${outcome.limit}` })
  }
}
