import { type Outcome, ok, ProblemError } from '../../../shared/problems/problem.ts'
import type { Database } from './open-database.ts'

/** Runs in one transaction; an expected failure rolls everything back and is returned. */
export function inTransaction<T>(db: Database, work: () => T): Outcome<T> {
  try {
    return ok(db.transaction(work)())
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problem: error.problem }
    throw error
  }
}

/** The value, or the problem thrown, for use within `inTransaction`. */
export function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new ProblemError(outcome.problem)
}
