import type { StudyMove } from '../../../shared/models/study-move.ts'
import { asItIs, type BothWords, inBoth } from '../../../shared/problems/both-words.ts'
import type { ClaimSqlRow } from './exam-sql.ts'

/** How a claim stood before a change, so that undoing restores it. */
export type Before = {
  readonly attachedBy: string
  readonly why: BothWords
  readonly suspect: string | null
  /** The study was made of images of this one, which was suspected so. */
  readonly takenFrom?: { readonly uid: string; readonly suspect: string | null }
}

/** To which exam, by whom and why. `together`: changes that were made at once, and are undone so. */
export type Change = Pick<StudyMove, 'kind' | 'toExamId' | 'actor'> & {
  readonly why: BothWords
  readonly together?: string
  readonly isCorrection?: boolean
}

export const nobody: Before = { attachedBy: '', why: asItIs(''), suspect: null }
export const takenOutByStaff = inBoth('由人工移出', 'Taken out by staff')

/** How the claim stands now. */
export const beforeOf = (claim: ClaimSqlRow): Before => ({
  attachedBy: claim.attached_by,
  why: inBoth(claim.reason, claim.reason_in_english),
  suspect: claim.suspect,
})
