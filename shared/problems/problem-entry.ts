/** One thing that can go wrong, in words. */
export type ProblemEntry = {
  readonly status: number
  /** What happened and why. {name} is filled from `with`. */
  readonly message: string
  /** What to do now. */
  readonly action: string
  /** The same as `message`; its places are among those of `message`. */
  readonly english: string
  /** The same as `action`, with the same places. */
  readonly englishAction: string
}
