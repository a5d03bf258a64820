import type { CloudFailure, CloudOutcome } from '../../../shared/clouds/cloud-outcome.ts'
import { clockWarning } from '../../../shared/clouds/server-clock.ts'
import type { DeliveredStep, ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { DeliveryStep, OutboxTask } from '../../../shared/models/outbox-task.ts'
import { type BothWords, inBoth } from '../../../shared/problems/both-words.ts'
import { reasonWords, type TestLine, testLine } from './test-line.ts'

/** The outcome of a task that was sent alone. */
export function onlyOutcome(task: OutboxTask, outcomes: ReadonlyMap<string, CloudOutcome>): CloudOutcome {
  return outcomes.get(task.id) ?? notThisStep(task.step)
}

/** A step of another kind of destination: the destination's kind can't be changed, so only a damaged row comes here. */
export function notThisStep(step: DeliveryStep): CloudFailure {
  const reason = {
    code: 'STEP-UNKNOWN',
    message: `目的地没有“${step}”这一步`,
    action: '请取消该任务，并联系支持',
    english: `This destination has no step “${step}”`,
    englishAction: 'Press “Give up”, and contact support',
  }
  return { kind: 'fix-exam', reason }
}

/** What a step of this destination brought, newest first; undefined while it has brought nothing. */
export function deliveredResult(
  dossier: ExamDossier,
  destinationId: string,
  step: DeliveryStep,
): Readonly<Record<string, unknown>> | undefined {
  const isThat = (one: DeliveredStep) => one.destinationId === destinationId && one.step === step
  const result = dossier.delivered.findLast(isThat)?.result
  return typeof result === 'object' && result !== null ? { ...result } : undefined
}

/** Minutes by which the clocks differ, for a connection test. A refused signature is often a wrong clock. */
export function clockLine(offsetMs: number | undefined): readonly TestLine[] {
  if (offsetMs === undefined) return []
  const wrong = clockWarning(offsetMs)
  return [testLine(!wrong, inBoth('本机时间', 'Clock'), wrong ?? inBoth('与服务器一致', 'as the server’s'))]
}

export function outcomeLine(what: BothWords, outcome: CloudOutcome, accepted: BothWords): TestLine {
  return outcome.kind === 'done' ? testLine(true, what, accepted) : testLine(false, what, reasonWords(outcome.reason))
}
