import { filling } from '../../../shared/problems/both-words.ts'
import { describeProblem } from '../../../shared/problems/problem.ts'
import type { Refused } from '../archive/store-outcome.ts'

/** What the archive said against it, as the {detail} of an import's problem, with its code. */
export function refusalDetail({ problem }: Refused) {
  const { message, english, code } = describeProblem(problem)
  return filling('detail', { chinese: `${message}（${code}）`, english: `${english} (${code})` })
}
