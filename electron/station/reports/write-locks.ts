import type { Account } from '../../../shared/models/account.ts'
import type { WriteLock } from '../../../shared/models/writing.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'
import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { AuditLog } from '../people/audit-log.ts'

/** A desk renews every 20 seconds; two lost calls are no reason to lose the lock. */
export const lockLivesMilliseconds = 60_000

type Held = {
  readonly username: string
  readonly displayName: string
  readonly since: number
  readonly renewedAt: number
}
export type WriteLocks = ReturnType<typeof createWriteLocks>

/**
 * Who writes which report. Kept in memory: a station that starts again has no desks that write, and each takes its lock again. A lock is a
 * person's, not a desk's: one who logs in elsewhere, or again after a crash, goes on.
 */
export function createWriteLocks({ clock, events, audit }: { clock: Clock; events: Events; audit: AuditLog }) {
  const held = new Map<string, Held>()

  function living(examId: string): Held | undefined {
    const lock = held.get(examId)
    if (!lock || clock() - lock.renewedAt < lockLivesMilliseconds) return lock
    held.delete(examId)
    return undefined
  }

  function view(examId: string, username: string): WriteLock {
    const lock = living(examId)
    if (!lock) return { holder: null, isMine: false }
    const { renewedAt: _, ...holder } = lock
    return { holder, isMine: lock.username === username }
  }

  return {
    read: view,

    /** Begins or renews one's lock. A lock of somebody else stays, unless it is taken over. */
    take(examId: string, { username, displayName }: Account, takeOver: boolean): WriteLock {
      const before = living(examId)
      const isForeign = before !== undefined && before.username !== username
      if (isForeign && !takeOver) return view(examId, username)
      const since = before && !isForeign ? before.since : clock()
      held.set(examId, { username, displayName, since, renewedAt: clock() })
      if (isForeign) {
        audit.record({
          actor: username,
          action: 'take-over-report',
          subjectKind: 'exam',
          subjectId: examId,
          details: { from: before.username, since: before.since },
        })
      }
      if (!before || isForeign) events.tell({ topic: 'writing', id: examId })
      return view(examId, username)
    },

    /** Gives up one's own lock; somebody else's stays. */
    release(examId: string, username: string): void {
      if (living(examId)?.username !== username) return
      held.delete(examId)
      events.tell({ topic: 'writing', id: examId })
    },

    /** Whether this person may change the text now: nobody else writes it. */
    mayWrite(examId: string, username: string): Outcome<true> {
      const lock = living(examId)
      if (!lock || lock.username === username) return ok(true)
      return fail('REPORT-LOCKED', { name: lock.displayName, since: chinaDateTime(lock.since).slice(11, 16) })
    },
  }
}
