import { assertNever } from '../../../shared/assert-never.ts'
import type { CloudOutcome } from '../../../shared/clouds/cloud-outcome.ts'
import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { OutboxTask } from '../../../shared/models/outbox-task.ts'
import { asItIs, inBoth } from '../../../shared/problems/both-words.ts'
import { outcomeOfAssociationFailure, outcomeOfStoreStatus } from './c-store-outcome.ts'
import type { DeliveryDeps } from './delivery.ts'
import { type Caller, echo, type SendResult, sendInstances } from './dicom-sender.ts'
import {
  auditCopy,
  doneImage,
  failureOfCopy,
  type ImageOutcomes,
  type ImageToSend,
  imageOf,
  isCorrection,
  isFailure,
} from './image-copies.ts'
import { reasonWords, type TestLine, testLine } from './test-line.ts'
import { copyReason, correctionKeptReason, notAcceptedReason } from './upload-reasons.ts'

/** The image tasks of one exam over one association, C-STORE; every task gets its outcome. */
export async function storeImages(
  deps: DeliveryDeps,
  caller: Caller,
  tasks: readonly OutboxTask[],
  dossier: ExamDossier,
): Promise<ImageOutcomes> {
  const outcomes = new Map<string, CloudOutcome>()
  const images: ImageToSend[] = []
  for (const task of tasks) {
    const image = imageOf(deps, task, dossier)
    if (isFailure(image)) outcomes.set(task.id, image)
    else images.push(image)
  }
  const instances = images.map(({ instance, stored, prepare }) => ({
    sopClassUid: instance.sopClassUid,
    sopInstanceUid: instance.sopInstanceUid,
    transferSyntaxUid: stored.transferSyntaxUid,
    prepare,
  }))
  await sendInstances(caller, instances, (index, result) => {
    const image = images[index]
    if (image) outcomes.set(image.task.id, outcomeOf(deps, caller, image, result, dossier))
  })
  return outcomes
}

function outcomeOf(
  deps: DeliveryDeps,
  caller: Caller,
  image: ImageToSend,
  result: SendResult,
  dossier: ExamDossier,
): CloudOutcome {
  switch (result.kind) {
    case 'answered': {
      const { answer, copy } = result
      auditCopy(deps, image, copy, dossier)
      if (answer.status === dicomStatus.duplicateSopInstance && isCorrection(image.task, dossier, copy)) {
        return { kind: 'fix-exam', reason: correctionKeptReason }
      }
      const sent = [dossier.patient, dossier.exam.accessionNumber, copy.changes]
      const outcome = outcomeOfStoreStatus(answer.status, answer.comment, sent)
      return outcome.kind === 'done' ? doneImage(outcome, image, dossier, copy) : outcome
    }
    case 'not-accepted':
      return { kind: 'fix-exam', reason: notAcceptedReason(result.compressed) }
    case 'not-prepared':
      return failureOfCopy(result.made)
    case 'failed':
      if (result.copy) auditCopy(deps, image, result.copy, dossier)
      return outcomeOfAssociationFailure(result.failure, caller.peer, caller.callingAeTitle, result.copy !== undefined)
    case 'unreadable':
      return { kind: 'retry', reason: copyReason('COPY-FILE-UNREADABLE') }
    default:
      return assertNever(result)
  }
}

/** C-ECHO as a line of a connection test. */
export async function testPeer(caller: Caller): Promise<TestLine> {
  const { aeTitle, host, port } = caller.peer
  const what = inBoth(`DICOM 连接 ${aeTitle}（${host}:${port}）`, `DICOM connection to ${aeTitle} (${host}:${port})`)
  const answer = await echo(caller)
  if ('status' in answer) {
    const ok = answer.status === 0
    const status = answer.status.toString(16).toUpperCase().padStart(4, '0')
    const ours = caller.callingAeTitle
    const taken = inBoth(`已连通，本机 AE 名“${ours}”被接受`, `Connected; our AE title “${ours}” was accepted.`)
    return testLine(ok, what, ok ? taken : inBoth(`对方回答 0x${status}`, `It answered with status 0x${status}.`))
  }
  if (answer.kind === 'not-accepted') {
    const noEcho = inBoth(
      '已连通；对方不提供回声检测（C-ECHO），但接受本机连接',
      'Connected; it does not offer C-ECHO, but takes our association.',
    )
    return testLine(true, what, noEcho)
  }
  const outcome = outcomeOfAssociationFailure(answer, caller.peer, caller.callingAeTitle, false)
  return testLine(false, what, outcome.kind === 'done' ? asItIs('') : reasonWords(outcome.reason))
}
