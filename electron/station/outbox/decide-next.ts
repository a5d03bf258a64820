import { assertNever } from '../../../shared/assert-never.ts'
import type { CloudOutcome } from '../../../shared/clouds/cloud-outcome.ts'
import { noReason, type TaskWhy } from '../../../shared/models/outbox-task.ts'
import { backoff, unknownAttempts } from './backoff.ts'
import type { BlockedBy } from './outbox-sql.ts'

/** What becomes of a task after an attempt. */
export type NextState = TaskWhy & {
  readonly state: 'delivered' | 'waiting' | 'sent-unconfirmed' | 'blocked'
  readonly attempts: number
  readonly nextAttemptAt: number
  readonly blockedBy: BlockedBy | null
  /** The destination's own settings were refused: nothing more goes there until staff change them. */
  readonly pauseDestination: boolean
  /** Nothing at all goes to this destination before then: it did not answer. */
  readonly restDestinationUntil: number
}

/** Pure: `attempts` counts this attempt; `chance` in 0…1 spreads the retries. */
export function decideNext(outcome: CloudOutcome, attempts: number, now: number, chance: number): NextState {
  const nothing = { blockedBy: null, pauseDestination: false, restDestinationUntil: 0 }
  if (outcome.kind === 'done') {
    return {
      ...nothing,
      state: 'delivered',
      attempts,
      nextAttemptAt: now,
      ...noReason,
      reason: outcome.note?.chinese ?? null,
      reasonInEnglish: outcome.note?.english ?? null,
    }
  }
  const { code, message, action, english, englishAction } = outcome.reason
  const why: TaskWhy = {
    reasonCode: code,
    reason: message,
    reasonInEnglish: english,
    action,
    actionInEnglish: englishAction,
  }
  const later = now + backoff(attempts, chance)
  switch (outcome.kind) {
    case 'retry': {
      const state = outcome.maybeReceived ? 'sent-unconfirmed' : 'waiting'
      return {
        ...nothing,
        ...why,
        state,
        attempts,
        nextAttemptAt: later,
        restDestinationUntil: Math.min(later, now + 60_000),
      }
    }
    case 'wait-until':
      return {
        ...nothing,
        ...why,
        state: 'waiting',
        attempts,
        nextAttemptAt: Math.max(outcome.until, now + 1000),
        restDestinationUntil: 0,
      }
    case 'fix-exam':
      return { ...nothing, ...why, state: 'blocked', attempts, nextAttemptAt: now, blockedBy: 'exam' }
    case 'fix-settings':
      return {
        ...nothing,
        ...why,
        state: 'blocked',
        attempts,
        nextAttemptAt: now,
        blockedBy: 'settings',
        pauseDestination: true,
      }
    case 'unknown':
      if (attempts < unknownAttempts) return { ...nothing, ...why, state: 'waiting', attempts, nextAttemptAt: later }
      return { ...nothing, ...why, state: 'blocked', attempts, nextAttemptAt: now, blockedBy: 'unknown' }
    default:
      return assertNever(outcome)
  }
}
