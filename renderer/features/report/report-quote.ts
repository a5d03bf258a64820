import type { ReportDraft } from '../../../shared/models/report.ts'

/** What another report says, ready to stand in this one. */
export type ReportQuote = { readonly findings: string; readonly impression: string }

const below = (text: string | undefined, added: string) =>
  [text?.trimEnd(), added].filter((part) => part !== undefined && part !== '').join('\n')

/** The quoted text stands below what is there: nothing that was written is lost. */
export function withQuote(
  draft: Partial<ReportDraft>,
  { findings, impression }: ReportQuote,
): { readonly findings: string; readonly impression: string } {
  return { findings: below(draft.findings, findings), impression: below(draft.impression, impression) }
}
