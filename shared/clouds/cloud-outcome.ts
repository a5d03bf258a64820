import type { BothWords } from '../problems/both-words.ts'

/** Why something did not work, in words for staff: what happened and why, what to do now, and a code to quote. */
export type CloudReason = {
  /** Ours ('CLOUD-HTML', 'AIMIS-90002', 'JILIN-11001', 'MISSING-FIELD'), never a bare number. */
  readonly code: string
  readonly message: string
  readonly action: string
  /** The same in English. */
  readonly english: string
  readonly englishAction: string
}

/**
 * What came of telling a cloud something. The outbox acts on `kind` alone.
 * `retry.maybeReceived`: the request had left and no answer came, so the cloud may already have it.
 */
export type CloudOutcome<T = unknown> =
  | { readonly kind: 'done'; readonly value: T; readonly note?: BothWords }
  | { readonly kind: 'retry'; readonly reason: CloudReason; readonly maybeReceived?: boolean }
  | { readonly kind: 'wait-until'; readonly until: number; readonly reason: CloudReason }
  | { readonly kind: 'fix-exam'; readonly reason: CloudReason }
  | { readonly kind: 'fix-settings'; readonly reason: CloudReason }
  | { readonly kind: 'unknown'; readonly reason: CloudReason }

export const done = <T>(value: T, note?: BothWords): CloudOutcome<T> =>
  note === undefined ? { kind: 'done', value } : { kind: 'done', value, note }

/** Carries the failure of one call over to the answer of another type. */
export type CloudFailure = Exclude<CloudOutcome<never>, { readonly kind: 'done' }>
