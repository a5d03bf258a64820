import {
  type AimisCallback,
  type CallbackAnswer,
  type CallbackOutcome,
  type NonceStore,
  readAimisCallback,
} from '../../../shared/clouds/aimis/status-callback.ts'
import type { CloudStatus } from '../../../shared/models/cloud-status.ts'
import type { Destination } from '../../../shared/models/destination.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import type { AuditEntry } from '../people/audit-log.ts'
import { type CloudStatusRow, prepareCloudStatusSql } from './cloud-status-sql.ts'
import { prepareCloudWorkSql } from './cloud-work-sql.ts'
import type { DestinationOf } from './delivery.ts'

export type CloudStatusDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  readonly audit: (entry: AuditEntry) => void
  readonly events: Events
  readonly destinations: () => readonly Destination[]
}

/** What is kept of a callback beside its status. */
type Pages = { readonly reportId: string; readonly reportUrl: string; readonly imageUrl: string }

export type CloudStatuses = ReturnType<typeof createCloudStatuses>

const day = 24 * 60 * 60 * 1000
const minute = 60_000
/** 检查ID不存在, of the documents' error table. */
const unknownStudy: CallbackAnswer = { code: 30002, message: '检查ID不存在' }

/** 检查状态同步回调: AIMIS tells by itself what it has of a study. Off until a destination's settings switch it on. */
export function createCloudStatuses(deps: CloudStatusDeps) {
  const { db, clock, events } = deps
  const sql = prepareCloudStatusSql(db)
  const exams = prepareCloudWorkSql(db)
  const seen: NonceStore = {
    has: (signature) => sql.isSeen.get(signature) === 1,
    add: (signature) => {
      sql.forgetSeen.run(clock() - day)
      sql.addSeen.run(signature, clock())
    },
  }
  const refusals = { count: 0, toldAt: 0 }

  const listening = (id: string) =>
    deps
      .destinations()
      .find(
        (one): one is DestinationOf<'aimis'> =>
          one.id === id && one.kind === 'aimis' && one.enabled && one.settings.callback.enabled,
      )

  function keep(destination: DestinationOf<'aimis'>, outcome: Extract<CallbackOutcome, { kind: 'accepted' }>) {
    const { callback, status } = outcome
    const examId = exams.examOfAccession.get(callback.studyId)?.id
    if (examId === undefined) return unknownStudy
    const before = sql.get.get(destination.id, examId)
    const value = JSON.stringify(newerPages(before, callback))
    if (before?.status === status && before.value === value) return outcome.answer
    sql.save.run(destination.id, examId, status, value, clock())
    deps.audit({
      actor: `cloud:${destination.name}`,
      action: 'receive-status',
      subjectKind: 'exam',
      subjectId: examId,
      details: { destinationId: destination.id, status },
    })
    events.tell({ topic: 'exams', id: examId })
    return outcome.answer
  }

  /** Whoever knocks without the key is counted, and the log hears of it once a minute. */
  function countRefusal(destination: DestinationOf<'aimis'>, why: string): void {
    refusals.count += 1
    if (Math.abs(clock() - refusals.toldAt) < minute) return
    deps.log.warn({ destination: destination.name, why, refused: refusals.count }, 'status callbacks were refused')
    refusals.count = 0
    refusals.toldAt = clock()
  }

  return {
    /** Does this destination take callbacks at all? */
    isListening: (destinationId: string): boolean => listening(destinationId) !== undefined,

    /** One callback; undefined where nobody listens. The signature, the status and its audit row are kept together. */
    receive(
      destinationId: string,
      headers: Readonly<Record<string, string | readonly string[] | undefined>>,
      body: unknown,
    ): CallbackAnswer | undefined {
      const destination = listening(destinationId)
      if (!destination) return undefined
      return db.transaction(() => {
        const outcome = readAimisCallback({
          headers,
          body,
          settings: destination.settings,
          clock,
          seen,
          current: (studyId) => {
            const examId = exams.examOfAccession.get(studyId)?.id
            return examId === undefined ? undefined : sql.get.get(destination.id, examId)?.status
          },
        })
        if (outcome.kind === 'accepted') return keep(destination, outcome)
        countRefusal(destination, outcome.why)
        return outcome.answer
      })()
    },

    /** What each cloud last told of an exam. */
    ofExam: (examId: string): CloudStatus[] =>
      sql.ofExam.all(examId).map((row) => ({
        destinationId: row.destination_id,
        status: row.status,
        ...(JSON.parse(row.value) as Pages),
        updatedAt: row.updated_at,
      })),
  }
}

/** An address that was told stays until another one is: a callback about the images says nothing of the report. */
function newerPages(before: CloudStatusRow | undefined, callback: AimisCallback): Pages {
  const old: Pages = before ? JSON.parse(before.value) : { reportId: '', reportUrl: '', imageUrl: '' }
  return {
    reportId: callback.reportId || old.reportId,
    reportUrl: callback.h5Url || old.reportUrl,
    imageUrl: callback.h5DetailUrl || old.imageUrl,
  }
}
