import { randomUUID } from 'node:crypto'
import { aimisCountsOf, mapReconcileLog, mapReconcileRangeLog } from '../../../shared/clouds/aimis/map-exam.ts'
import type { CloudOutcome } from '../../../shared/clouds/cloud-outcome.ts'
import type { Destination } from '../../../shared/models/destination.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { Alarm } from '../../../shared/problems/alarm.ts'
import { filling, inBoth } from '../../../shared/problems/both-words.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import type { CloudClients } from './cloud-clients.ts'
import type { DestinationOf } from './delivery.ts'
import { overdueDays, partsOf, type ReconcileFacts, type ReconcilePart, reconcileDue } from './reconcile-due.ts'
import { prepareReconcileSql, type ReconcileFailure } from './reconcile-sql.ts'

export type ReconcileDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  readonly events: Events
  readonly clients: Pick<CloudClients, 'aimis'>
  readonly destinations: () => readonly Destination[]
  readonly readDossier: (examId: string) => ExamDossier | undefined
  /** The idle hour in China. */
  readonly hour: () => number
  readonly examsPerCall?: number
}

export type Reconcile = ReturnType<typeof createReconcile>

const lookEveryMs = 60_000
const failedRunsKeptMs = 90 * 24 * 3600_000
const mostNamed = 20

/** What came of telling it a part: nothing, or why it did not work. */
type Told = ReconcileFailure | undefined

/**
 * 检查相关 ID 上报 (reconcilerangelog): once a day, at an idle hour, AIMIS is told which exams it was given since the last confirmed
 * time, each with what the archive really holds of it. What failed is told again an hour later; what differs is shown to staff.
 */
export function createReconcile(deps: ReconcileDeps) {
  const { clock, log } = deps
  const sql = prepareReconcileSql(deps.db)
  const examsPerCall = deps.examsPerCall ?? 200
  let lastMovement = clock()
  let timer: NodeJS.Timeout | undefined
  let unwatch: (() => void) | undefined
  let running: Promise<void> | undefined

  const gateways = () =>
    deps.destinations().filter((one): one is DestinationOf<'aimis'> => one.kind === 'aimis' && one.enabled)

  function factsOf(id: string): ReconcileFacts {
    const now = clock()
    const isSending = sql.isSending.get(id) === 1
    const confirmed = sql.confirmed.all(id)
    return {
      now,
      hour: deps.hour(),
      runs: [...confirmed, ...sql.failed(id)].map((row) => ({
        endAt: row.end_at,
        confirmed: row.confirmed_at !== null,
      })),
      firstDeliveredAt: confirmed.at(-1)?.start_at ?? sql.firstDelivered.get(id) ?? undefined,
      quietSince: isSending ? now : Math.min(lastMovement, now),
    }
  }

  async function tell(destination: DestinationOf<'aimis'>, period: { from: number; to: number }): Promise<void> {
    const { id } = destination
    const rows = sql.delivered.all({ destinationId: id, ...period })
    const exams = rows.map((row) => ({ examId: row.exam_id, at: row.at }))
    for (const part of partsOf(period, exams, examsPerCall)) {
      const told = await tellPart(destination, part)
      const isDone = told === undefined
      sql.insert.run({
        id: randomUUID(),
        destinationId: id,
        startAt: part.from,
        // A run that failed ends when it was tried: the next one is an hour later.
        endAt: isDone ? part.to : clock(),
        exams: part.examIds.length,
        confirmedAt: isDone ? clock() : null,
        reason: isDone ? null : JSON.stringify(told),
      })
      log.info(
        { destination: destination.name, exams: part.examIds.length, code: isDone ? null : told.code },
        'reconciled a period',
      )
      if (!isDone) return
    }
  }

  async function tellPart(destination: DestinationOf<'aimis'>, part: ReconcilePart): Promise<Told> {
    const { pdfAsDicom } = destination.settings
    const dossiers = part.examIds.flatMap((id) => deps.readDossier(id) ?? []).filter(isStillThere(destination.id))
    if (dossiers.length === 0) return undefined
    const client = deps.clients.aimis(destination)
    const exams = dossiers.map((dossier) => ({ dossier, counts: aimisCountsOf(dossier, pdfAsDicom) }))
    const told = await client.reconcileRangeLog(mapReconcileRangeLog(part, exams))
    if (told.kind !== 'fix-exam' && told.kind !== 'unknown') return failureOf(told)
    // The cloud does not agree, without saying on which exam: each is asked alone (reconcilelog).
    const differing: string[] = []
    for (const { dossier, counts } of exams) {
      const one = await client.reconcileLog(mapReconcileLog(dossier, counts))
      if (one.kind === 'fix-exam' || one.kind === 'unknown') differing.push(dossier.exam.accessionNumber)
      else if (one.kind !== 'done') return failureOf(one)
    }
    return differing.length > 0 ? { kind: 'differs', code: 'RECONCILE-DIFFERS', differing } : failureOf(told)
  }

  async function look(): Promise<void> {
    for (const destination of gateways()) {
      if (destination.paused) continue
      const decision = reconcileDue(factsOf(destination.id))
      if (decision.kind === 'run') await tell(destination, decision.period)
    }
    sql.forgetFailed.run(clock() - failedRunsKeptMs)
  }

  /** Looks now whether anything is due; one look at a time. */
  function lookNow(): Promise<void> {
    running ??= look()
      .catch((error) => log.error({ err: error }, 'reconciling failed in a way nobody expected'))
      .finally(() => {
        running = undefined
      })
    return running
  }

  return {
    start(): void {
      lastMovement = clock()
      unwatch = deps.events.watch((event) => {
        if (event.topic === 'deliveries') lastMovement = clock()
      })
      timer = setInterval(lookNow, lookEveryMs)
      timer.unref()
    },
    lookNow,
    /** Calls under way are ended by the signal that the clients were given. */
    async stop(): Promise<void> {
      clearInterval(timer)
      unwatch?.()
      await running
    },
    /** What staff should know. */
    alarms(): Alarm[] {
      return gateways().flatMap((destination): Alarm[] => {
        const [failed] = sql.failed(destination.id)
        const [confirmed] = sql.confirmed.all(destination.id)
        const isNews = failed !== undefined && failed.end_at > (confirmed?.end_at ?? 0)
        const failure = isNews ? failed.failure : undefined
        const named = { destination: destination.name }
        if (failure?.kind === 'differs')
          return [{ code: 'RECONCILE-DIFFERS', with: { ...named, ...filling('exams', examNames(failure.differing)) } }]
        const days = overdueDays(factsOf(destination.id))
        if (days === undefined) return []
        const why = failure
          ? inBoth(
              `最近一次失败：${failure.message}（${failure.code}）`,
              failure.english
                ? `the last attempt failed: ${failure.english} (${failure.code})`
                : `the last attempt failed with ${failure.code}`,
            )
          : inBoth('可能一直没有开机或断网', 'the station may have been off, or without a network')
        return [{ code: 'RECONCILE-OVERDUE', with: { ...named, days, ...filling('why', why) } }]
      })
    },
  }
}

function failureOf(told: CloudOutcome): Told {
  if (told.kind === 'done') return undefined
  const { code, message, english } = told.reason
  return { kind: 'failed', code, message, ...(english !== undefined && { english }) }
}

function examNames(accessionNumbers: readonly string[]) {
  const all = accessionNumbers.length
  const named = accessionNumbers.slice(0, mostNamed)
  const more = all > mostNamed
  return inBoth(
    named.join('、') + (more ? ` 等 ${all} 个` : ''),
    named.join(', ') + (more ? ` and others, ${all} in all` : ''),
  )
}

const isStillThere = (destinationId: string) => (dossier: ExamDossier) =>
  !dossier.exam.cancelled && !dossier.retractedFrom?.includes(destinationId)
