import { type CloudFailure, type CloudOutcome, done } from '../../../shared/clouds/cloud-outcome.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { OutboxTask } from '../../../shared/models/outbox-task.ts'
import type { InstanceFacts } from '../../../shared/models/study.ts'
import { type CopyMade, type CopyToSend, makeCopy } from './copy-to-send.ts'
import type { DeliveryDeps, ImageResult, StoredDataSet } from './delivery.ts'
import { copyReason, correctionNote } from './upload-reasons.ts'
import { auditableChanges, wantedElementsOf } from './wanted-elements.ts'

export type ImageToSend = {
  readonly task: OutboxTask
  readonly instance: InstanceFacts
  readonly stored: StoredDataSet
  readonly prepare: () => Promise<CopyMade>
}

/**
 * The instance that an image task names, if it still belongs to this exam: an image that was moved to another exam after its task
 * was made is never sent under the old one.
 */
export function imageOf(deps: DeliveryDeps, task: OutboxTask, dossier: ExamDossier): ImageToSend | CloudFailure {
  const instance = dossier.instances.find((one) => one.id === task.subject)
  if (!instance || dossier.exam.cancelled) return { kind: 'fix-exam', reason: copyReason('IMAGE-NOT-OF-EXAM') }
  const stored = deps.dataSetOf(instance.id)
  if (!stored) return { kind: 'fix-exam', reason: copyReason('COPY-FILE-MISSING') }
  // The task's own time, so that every attempt sends the same bytes under the same SOPInstanceUID.
  const stamp = { at: task.createdAt, system: 'YINGZHAN' }
  const wanted = wantedElementsOf(dossier, deps.oneStudyUid ?? false, deps.readAsOf?.(instance), instance)
  const prepare = () => makeCopy(stored, wanted, stamp)
  return { task, instance, stored, prepare }
}

export function failureOfCopy(made: Extract<CopyMade, { kind: 'failed' }>): CloudFailure {
  return { kind: made.fixable ? 'fix-exam' : 'retry', reason: made.reason }
}

export function imageResult(copy: CopyToSend, dossier: ExamDossier): ImageResult {
  return { sha256: copy.sha256, changes: auditableChanges(copy.changes, dossier) }
}

/** A changed copy has left: what was changed in it goes into the audit log. */
export function auditCopy(deps: DeliveryDeps, image: ImageToSend, copy: CopyToSend, dossier: ExamDossier): void {
  if (copy.changes.length === 0) return
  deps.audit({
    actor: 'station',
    action: 'send-copy',
    subjectKind: 'instance',
    subjectId: image.instance.id,
    details: {
      examId: dossier.exam.id,
      destinationId: image.task.destinationId,
      changes: auditableChanges(copy.changes, dossier),
    },
  })
}

/** The receiving side already got other bytes under this SOPInstanceUID: an earlier version of the registration, or another exam's. */
export function isCorrection(task: OutboxTask, dossier: ExamDossier, copy: CopyToSend): boolean {
  const stoodElsewhere = (dossier.corrections ?? []).some(
    (one) =>
      one.destinationId === task.destinationId && one.retractionId === null && one.instanceIds.includes(task.subject),
  )
  if (stoodElsewhere) return true
  return dossier.delivered.some((step) => {
    if (step.destinationId !== task.destinationId || step.step !== 'image' || step.subject !== task.subject)
      return false
    const { sha256 }: Partial<ImageResult> = typeof step.result === 'object' && step.result !== null ? step.result : {}
    return sha256 !== copy.sha256
  })
}

/** A stored image as the outbox keeps it; one that was sent corrected says what a person must look at. */
export function doneImage(
  outcome: Extract<CloudOutcome, { readonly kind: 'done' }>,
  image: ImageToSend,
  dossier: ExamDossier,
  copy: CopyToSend,
): CloudOutcome {
  const note = outcome.note ?? (isCorrection(image.task, dossier, copy) ? correctionNote : undefined)
  return done(imageResult(copy, dossier), note)
}

export function isFailure(image: ImageToSend | CloudFailure): image is CloudFailure {
  return 'kind' in image
}

export type ImageOutcomes = ReadonlyMap<string, CloudOutcome>
