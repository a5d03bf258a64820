import type { CloudOutcome } from '../../../shared/clouds/cloud-outcome.ts'
import type { Destination } from '../../../shared/models/destination.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { OutboxTask, TaskWhy } from '../../../shared/models/outbox-task.ts'
import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import type { Outbox } from './outbox.ts'

export type SchedulerDeps = {
  readonly outbox: Outbox
  readonly destinations: () => readonly Destination[]
  readonly pauseDestination: (id: string, why: TaskWhy) => void
  readonly readDossier: (examId: string) => ExamDossier | undefined
  /** Tells a destination; one task, or several images of one exam. Every task gets its outcome. */
  readonly deliver: (
    tasks: readonly OutboxTask[],
    dossier: ExamDossier,
    destination: Destination,
  ) => Promise<ReadonlyMap<string, CloudOutcome>>
  readonly events: Events
  readonly clock: Clock
  readonly log: Log
}

const imagesAtOnce = 50
const longestSleep = 30_000

/** One runner a destination, one attempt at a time each: a slow or dead cloud holds up nobody but itself. */
export function createScheduler(deps: SchedulerDeps) {
  const { outbox, clock, log } = deps
  const running = new Map<string, Promise<void>>()
  const restUntil = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let stopped = true

  function wake(): void {
    if (stopped) return
    for (const destination of deps.destinations()) {
      if (!destination.enabled || destination.paused || running.has(destination.id)) continue
      const run = runDestination(destination.id)
        .catch((error) => log.error({ err: error }, 'a delivery failed in a way nobody expected'))
        .finally(() => {
          running.delete(destination.id)
        })
      running.set(destination.id, run)
    }
    sleep()
  }

  function sleep(): void {
    clearTimeout(timer)
    if (stopped) return
    const now = clock()
    const times = [
      outbox.nextDue() ?? Number.POSITIVE_INFINITY,
      ...[...restUntil.values()].filter((until) => until > now),
    ]
    timer = setTimeout(wake, Math.min(Math.max(Math.min(...times) - now, 50), longestSleep))
  }

  async function runDestination(id: string): Promise<void> {
    while (!stopped) {
      // Read anew for each attempt: settings may have changed and the destination may have been paused.
      const destination = deps.destinations().find((one) => one.id === id)
      if (!destination?.enabled || destination.paused || (restUntil.get(id) ?? 0) > clock()) return
      const [first, ...others] = outbox.ready(id)
      if (!first) return
      const batch =
        first.step === 'image'
          ? [first, ...others.filter((task) => task.step === 'image' && task.examId === first.examId)]
          : [first]
      await attempt(batch.slice(0, imagesAtOnce), destination)
    }
  }

  async function attempt(tasks: readonly OutboxTask[], destination: Destination): Promise<void> {
    const examId = tasks[0]!.examId
    outbox.begin(tasks.map((task) => task.id))
    const outcomes = await outcomesOf(tasks, examId, destination)
    for (const task of tasks) {
      const next = outbox.finish(task.id, outcomes.get(task.id) ?? lost)
      if (next.pauseDestination) deps.pauseDestination(destination.id, next)
      restUntil.set(destination.id, Math.max(restUntil.get(destination.id) ?? 0, next.restDestinationUntil))
      log.info(
        {
          step: task.step,
          destination: destination.name,
          state: next.state,
          attempts: next.attempts,
          code: next.reasonCode,
        },
        'delivery',
      )
    }
  }

  async function outcomesOf(
    tasks: readonly OutboxTask[],
    examId: string,
    destination: Destination,
  ): Promise<ReadonlyMap<string, CloudOutcome>> {
    try {
      const dossier = deps.readDossier(examId)
      if (!dossier) return new Map()
      return await deps.deliver(tasks, dossier, destination)
    } catch (error) {
      log.error({ err: error, step: tasks[0]?.step }, 'a delivery threw')
      return new Map()
    }
  }

  let unwatch: (() => void) | undefined
  return {
    start(): void {
      stopped = false
      unwatch = deps.events.watch((event) => {
        if (event.topic === 'settings') restUntil.clear()
        if (event.topic === 'deliveries' || event.topic === 'settings') setImmediate(wake)
      })
      wake()
    },
    /** A person asked for it: whatever rest a destination was given ends. */
    hurry(): void {
      restUntil.clear()
      wake()
    },
    /** Lets attempts under way end for so many milliseconds, then cuts them off: those are verified at the next start. */
    async stop(milliseconds: number, cutOff: () => void): Promise<void> {
      stopped = true
      clearTimeout(timer)
      unwatch?.()
      const ended = Promise.allSettled(running.values())
      const patience = setTimeout(cutOff, milliseconds)
      await ended
      clearTimeout(patience)
    },
  }
}

const lost: CloudOutcome = {
  kind: 'retry',
  maybeReceived: true,
  reason: {
    code: 'DELIVERY-LOST',
    message: '上传时程序遇到意外，不能确定对方是否收到',
    action: '会自动核实并重试；若反复出现请联系支持',
    english: 'The program met something unexpected during the upload; it is not certain what the other side received',
    englishAction: 'It is checked and tried again by itself; if it keeps happening, contact support',
  },
}
