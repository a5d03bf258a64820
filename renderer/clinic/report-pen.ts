export const reportFields = ['findings', 'impression', 'advice'] as const
export type ReportField = (typeof reportFields)[number]
export type ReportTexts = Readonly<Record<ReportField, string>>

/** How given texts meet those that stand in the report already. */
export type PutHow = 'append' | 'replace'

/** What helpers beside the report may do with it. Each call is one step that undo takes back. */
export type ReportPen = {
  readonly canWrite: boolean
  /** The texts as they stand now. */
  readonly read: () => ReportTexts
  /** What is selected in the field that was used last; '' for nothing. */
  readonly selected: () => string
  /** At the caret of the field that was used last, in place of what is selected there. */
  readonly insert: (text: string) => void
  /** Several fields at once; those not named stay. */
  readonly put: (texts: Partial<ReportTexts>, how: PutHow) => void
}

const below = (text: string, added: string) => [text.trimEnd(), added].filter((part) => part !== '').join('\n')

/** The texts after a put. Appended text stands on a line of its own; an empty one changes nothing. */
export function putInto(texts: ReportTexts, added: Partial<ReportTexts>, how: PutHow): ReportTexts {
  const after = (field: ReportField) => {
    const text = added[field]
    if (text === undefined || text === '') return texts[field]
    return how === 'replace' ? text : below(texts[field], text)
  }
  return { findings: after('findings'), impression: after('impression'), advice: after('advice') }
}

/** The fields that would not stay as they are empty now: nobody needs to be asked about them. */
export function wouldOverwrite(texts: ReportTexts, added: Partial<ReportTexts>): boolean {
  return reportFields.some((field) => (added[field] ?? '') !== '' && texts[field].trim() !== '')
}
