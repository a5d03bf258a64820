/** What another report says, ready to stand in this one, below what is there. */
export type ReportQuote = { readonly findings: string; readonly impression: string }
