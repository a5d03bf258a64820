import type { CloudReason } from '../../../shared/clouds/cloud-outcome.ts'
import { type BothWords, inBoth } from '../../../shared/problems/both-words.ts'

/** One line of a connection test, in words for staff. */
export type TestLine = {
  readonly ok: boolean
  readonly what: string
  readonly whatInEnglish: string
  readonly detail: string
  readonly detailInEnglish: string
}

export const testLine = (ok: boolean, what: BothWords, detail: BothWords): TestLine => ({
  ok,
  what: what.chinese,
  whatInEnglish: what.english,
  detail: detail.chinese,
  detailInEnglish: detail.english,
})

/** What happened and what to do, as sentences: a reason's own words have no full stop. In Chinese, with its code, where that is all there is. */
export const reasonWords = ({ code, message, action, english, englishAction }: CloudReason): BothWords =>
  inBoth(`${message}。${action}`, english && englishAction ? `${english}. ${englishAction}.` : `${code}: ${message}`)
