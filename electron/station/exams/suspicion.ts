import { type BothWords, filling, listed } from '../../../shared/problems/both-words.ts'
import { describeProblem } from '../../../shared/problems/problem.ts'

/** What a study's claim keeps of it (study_claim.suspect): the differences, in both languages. */
export const keptSuspicion = (different: readonly BothWords[]): string => JSON.stringify(different)

export function suspicionOf(kept: string) {
  return { code: 'STUDY-TWO-PEOPLE', with: filling('different', listed(JSON.parse(kept) as BothWords[])) } as const
}

/** What happened, as one sentence. */
export function suspicionWords(kept: string): BothWords {
  const { message: chinese, english } = describeProblem(suspicionOf(kept))
  return { chinese, english: english.replace(/\.$/, '') }
}
