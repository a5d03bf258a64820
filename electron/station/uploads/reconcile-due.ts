import { startOfChinaDay } from '../../../shared/text/china-time.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** When reconcilerangelog is told, 每天在闲时: each delay written out. */
export const reconcileRules = {
  /** Nothing was sent for so long: the line is idle. */
  quietMs: 10 * minute,
  /** It is told then, idle or not. */
  latestAfterSlotMs: 2 * hour,
  /** After one that failed. */
  retryAfterMs: hour,
  /** Staff are told when none was confirmed for so long. */
  alarmAfterMs: 3 * day,
} as const

/** One run, as it is kept: which period, and whether the cloud confirmed it. A run that failed ends when it was tried. */
export type ReconcileRun = { readonly endAt: number; readonly confirmed: boolean }

export type ReconcileFacts = {
  readonly now: number
  /** The idle hour in China, 0 to 23. */
  readonly hour: number
  readonly runs: readonly ReconcileRun[]
  /** When the first exam was delivered there; undefined: none was. */
  readonly firstDeliveredAt: number | undefined
  /** Since when nothing has been sent. */
  readonly quietSince: number
}

export type ReconcileDecision =
  | { readonly kind: 'wait'; readonly why: 'nothing-yet' | 'done' | 'failed-lately' | 'busy' }
  | { readonly kind: 'run'; readonly period: { readonly from: number; readonly to: number } }

/**
 * Is it time to tell AIMIS what was delivered since the last confirmed time? Pure. A day's slot opens at the idle hour and is used
 * once. A run whose end lies in the future was made by a clock that has been set back since: it counts for nothing until the time
 * comes, so that no period is ever left out; one that is told twice does no harm.
 */
export function reconcileDue(facts: ReconcileFacts): ReconcileDecision {
  const { now, hour: idleHour, firstDeliveredAt } = facts
  if (firstDeliveredAt === undefined) return { kind: 'wait', why: 'nothing-yet' }
  const from = confirmedUntil(facts.runs, now) ?? wholeSecond(firstDeliveredAt)
  const slot = slotBefore(now, idleHour)
  if (from >= slot) return { kind: 'wait', why: 'done' }
  const failedAt = newest(facts.runs.filter((run) => !run.confirmed && run.endAt <= now))
  if (failedAt !== undefined && now - failedAt < reconcileRules.retryAfterMs)
    return { kind: 'wait', why: 'failed-lately' }
  const isQuiet = now - facts.quietSince >= reconcileRules.quietMs
  if (!isQuiet && now < slot + reconcileRules.latestAfterSlotMs) return { kind: 'wait', why: 'busy' }
  return { kind: 'run', period: { from, to: wholeSecond(now) } }
}

/** The end of the last confirmed period that is not in the future. */
export function confirmedUntil(runs: readonly ReconcileRun[], now: number): number | undefined {
  return newest(runs.filter((run) => run.confirmed && run.endAt <= now))
}

/** Days without a confirmed run, where staff should know. */
export function overdueDays(facts: Pick<ReconcileFacts, 'now' | 'runs' | 'firstDeliveredAt'>): number | undefined {
  const since = confirmedUntil(facts.runs, facts.now) ?? facts.firstDeliveredAt
  if (since === undefined || facts.now - since < reconcileRules.alarmAfterMs) return undefined
  return Math.floor((facts.now - since) / day)
}

/** The last moment at which the idle hour began in China. */
export function slotBefore(now: number, idleHour: number): number {
  const today = startOfChinaDay(now) + idleHour * hour
  return today <= now ? today : today - day
}

const newest = (runs: readonly ReconcileRun[]): number | undefined =>
  runs.length === 0 ? undefined : Math.max(...runs.map((run) => run.endAt))

/** The wire knows whole seconds. */
const wholeSecond = (at: number) => Math.floor(at / 1000) * 1000

/** An exam that was wholly delivered, and when. */
export type DeliveredExam = { readonly examId: string; readonly at: number }

export type ReconcilePart = {
  readonly from: number
  readonly to: number
  readonly examIds: readonly string[]
}

/**
 * A period as calls of at most `most` exams each. The parts are periods of their own, end to start, because the cloud compares a list
 * with its period; a second is never divided.
 */
export function partsOf(
  period: { readonly from: number; readonly to: number },
  exams: readonly DeliveredExam[],
  most: number,
): ReconcilePart[] {
  const within = exams.filter((exam) => exam.at >= period.from && exam.at < period.to).sort((a, b) => a.at - b.at)
  const parts: ReconcilePart[] = []
  let from = period.from
  for (let at = 0; at < within.length; ) {
    let end = Math.min(at + most, within.length)
    while (end < within.length && wholeSecond(within[end]?.at ?? 0) === wholeSecond(within[end - 1]?.at ?? 0)) end++
    const to = end === within.length ? period.to : wholeSecond(within[end]?.at ?? period.to)
    parts.push({ from, to, examIds: within.slice(at, end).map((exam) => exam.examId) })
    from = to
    at = end
  }
  return parts.length > 0 ? parts : [{ ...period, examIds: [] }]
}
