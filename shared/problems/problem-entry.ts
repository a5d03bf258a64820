/** One thing that can go wrong, in words. */
export type ProblemEntry = {
  readonly status: number
  /** What happened and why. {name} is filled from `with`. */
  readonly message: string
  /** What to do now. */
  readonly action: string
  readonly english: string
  readonly englishAction?: string
}

/** Said whole in both languages. Alarms, and the lines of an import report, stand on the desk for days and are always so. */
export type EntryInBoth = ProblemEntry & { readonly englishAction: string }
