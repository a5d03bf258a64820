import type { StudyHeader } from '../../../shared/models/study.ts'
import { type BothWords, filling, listed } from '../../../shared/problems/both-words.ts'
import { describeProblem } from '../../../shared/problems/problem.ts'
import { otherPerson } from './other-person.ts'

/** What a study's claim keeps of it (study_claim.suspect): the differences, in both languages. */
export const keptSuspicion = (different: readonly BothWords[]): string => JSON.stringify(different)

export function suspicionOf(kept: string) {
  return { code: 'STUDY-TWO-PEOPLE', with: filling('different', listed(JSON.parse(kept) as BothWords[])) } as const
}

/** What a study's claim must keep when its images say this; null where all of them may be of one person. */
export function suspicionAmong(headers: readonly StudyHeader[]): string | null {
  const [first, ...others] = headers
  const different = first ? others.flatMap((one) => otherPerson(first, one)) : []
  const each = new Map(different.map((one) => [one.chinese, one]))
  return each.size === 0 ? null : keptSuspicion([...each.values()])
}

/** What happened, as one sentence. */
export function suspicionWords(kept: string): BothWords {
  const { message: chinese, english } = describeProblem(suspicionOf(kept))
  return { chinese, english: english.replace(/\.$/, '') }
}
