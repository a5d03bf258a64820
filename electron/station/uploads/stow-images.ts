import type { CloudFailure, CloudOutcome } from '../../../shared/clouds/cloud-outcome.ts'
import type { HttpTransport } from '../../../shared/clouds/http-transport.ts'
import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import { part10Head } from '../../../shared/dicom/part10-head.ts'
import { transferSyntaxOf } from '../../../shared/dicom/transfer-syntax.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { OutboxTask } from '../../../shared/models/outbox-task.ts'
import { inBoth } from '../../../shared/problems/both-words.ts'
import { type CopyToSend, readCopy } from './copy-to-send.ts'
import type { DeliveryDeps } from './delivery.ts'
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
import { outcomeOfStoredInstance, readStowResult, type StowResult } from './stow-outcome.ts'
import { type StowPart, stowBody } from './stow-request.ts'
import { reasonWords, type TestLine, testLine } from './test-line.ts'
import { correctionKeptReason } from './upload-reasons.ts'

export type StowCaller = {
  /** The base of the service; '/studies' is added. */
  readonly dicomWebUrl: string
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly transport: HttpTransport
  readonly signal?: AbortSignal
}

/** One request carries at most so many instances, and no further one once it has so many bytes. */
const most = { instances: 16, bytes: 32 * 1024 * 1024 } as const

type Made = { readonly image: ImageToSend; readonly copy: CopyToSend }

/** The image tasks of one exam by STOW-RS, PS3.18 10.5, in requests of a few; every task gets its own outcome. */
export async function stowImages(
  deps: DeliveryDeps,
  caller: StowCaller,
  tasks: readonly OutboxTask[],
  dossier: ExamDossier,
): Promise<ImageOutcomes> {
  const outcomes = new Map<string, CloudOutcome>()
  let gone: CloudFailure | undefined
  let batch: Made[] = []

  async function flush(): Promise<void> {
    const sending = batch
    batch = []
    if (sending.length === 0) return
    const result = await stow(deps, caller, sending)
    if (result.kind === 'too-large' && sending.length > 1) {
      for (const one of sending) {
        if (gone) outcomes.set(one.image.task.id, gone)
        else take([one], await stow(deps, caller, [one]))
      }
    } else take(sending, result)
  }

  function take(sent: readonly Made[], result: StowResult): void {
    for (const { image, copy } of sent) outcomes.set(image.task.id, outcomeOf(image, copy, result))
    if (result.kind !== 'failed') return
    const { failure } = result
    // The rest was not sent, whatever became of these.
    if (failure.kind === 'retry') gone = { kind: 'retry', reason: failure.reason }
    else if (failure.kind === 'wait-until' || failure.kind === 'fix-settings') gone = failure
  }

  function outcomeOf(image: ImageToSend, copy: CopyToSend, result: StowResult): CloudOutcome {
    if (result.kind === 'too-large') return { kind: 'fix-exam', reason: tooLarge }
    if (result.kind === 'failed') {
      if (result.failure.kind === 'retry' && result.failure.maybeReceived) auditCopy(deps, image, copy, dossier)
      return result.failure
    }
    auditCopy(deps, image, copy, dossier)
    const { sopInstanceUid } = image.instance
    const isKept = result.answer.failed.get(sopInstanceUid) === dicomStatus.duplicateSopInstance
    if (isKept && isCorrection(image.task, dossier, copy)) return { kind: 'fix-exam', reason: correctionKeptReason }
    const outcome = outcomeOfStoredInstance(
      sopInstanceUid,
      result,
      transferSyntaxOf(copy.transferSyntaxUid).pixels !== 'native',
    )
    return outcome.kind === 'done' ? doneImage(outcome, image, dossier, copy) : outcome
  }

  for (const task of tasks) {
    if (gone) {
      outcomes.set(task.id, gone)
      continue
    }
    const image = imageOf(deps, task, dossier)
    const made = isFailure(image) ? undefined : await image.prepare()
    if (isFailure(image)) outcomes.set(task.id, image)
    else if (made?.kind === 'failed') outcomes.set(task.id, failureOfCopy(made))
    else if (made) batch.push({ image, copy: made.copy })
    const bytes = batch.reduce((sum, one) => sum + one.copy.totalLength, 0)
    if (batch.length >= most.instances || bytes >= most.bytes) await flush()
  }
  if (gone) for (const { image } of batch) outcomes.set(image.task.id, gone)
  else await flush()
  return outcomes
}

async function stow(deps: DeliveryDeps, caller: StowCaller, made: readonly Made[]): Promise<StowResult> {
  const parts = made.map(({ image, copy }): StowPart => {
    const { sopClassUid, sopInstanceUid } = image.instance
    const { transferSyntaxUid } = copy
    const head = part10Head({ sopClassUid, sopInstanceUid, transferSyntaxUid, sourceAeTitle: deps.stationAeTitle })
    return { head, dataSetLength: copy.totalLength, dataSet: () => readCopy(copy) }
  })
  return post(caller, parts)
}

async function post(caller: StowCaller, parts: readonly StowPart[]): Promise<StowResult> {
  const { username, password = '' } = caller
  const login = username ? `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}` : undefined
  return readStowResult(
    await caller.transport({
      url: `${caller.dicomWebUrl.replace(/\/+$/, '')}/studies`,
      headers: { Accept: 'application/dicom+json', ...(login && { Authorization: login }) },
      body: stowBody(parts),
      ...(caller.signal ? { signal: caller.signal } : {}),
    }),
  )
}

/** A store transaction without any instance, as a line of a connection test: address, certificate and login, and nobody's images. */
export async function testStow(caller: StowCaller): Promise<TestLine> {
  const host = URL.parse(caller.dicomWebUrl)?.host ?? caller.dicomWebUrl
  const what = inBoth(`DICOMweb 连接（${host}）`, `DICOMweb connection (${host})`)
  const result = await post(caller, [])
  if (result.kind !== 'failed')
    return testLine(true, what, inBoth('已连通，对方有 DICOMweb 存储服务', 'Connected; it stores over DICOMweb.'))
  // Some servers refuse an empty transaction with a status of their own; they are there and let us in.
  if (result.failure.reason.code === 'CLOUD-HTTP-422') return testLine(true, what, inBoth('已连通', 'Connected.'))
  return testLine(false, what, reasonWords(result.failure.reason))
}

const tooLarge = {
  code: 'STOW-HTTP-413',
  message: '这幅影像超过接收方允许的大小，未保存',
  action: '请联系对方系统的管理员放宽上传大小的限制，再点“重试”',
  english: 'This image is larger than the other side allows; it was not stored',
  englishAction: 'Ask the administrator of the other system to allow larger uploads, then press “Retry”',
}
