import { Readable } from 'node:stream'
import { type CloudOutcome, done } from '../../../shared/clouds/cloud-outcome.ts'
import { studyUidOf } from '../../../shared/clouds/exam-facts.ts'
import type { JilinClient } from '../../../shared/clouds/jilin/client.ts'
import { part10Head } from '../../../shared/dicom/part10-head.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { OutboxTask } from '../../../shared/models/outbox-task.ts'
import { readCopy } from './copy-to-send.ts'
import type { DeliveryDeps } from './delivery.ts'
import { auditCopy, failureOfCopy, imageOf, imageResult, isFailure } from './image-copies.ts'

/** One image by HTTP (uploadDicom): the copy as a DICOM file, PS3.10, streamed from the disk. */
export async function uploadImage(
  deps: DeliveryDeps,
  client: Pick<JilinClient, 'uploadDicom'>,
  task: OutboxTask,
  dossier: ExamDossier,
): Promise<CloudOutcome> {
  const image = imageOf(deps, task, dossier)
  if (isFailure(image)) return image
  const made = await image.prepare()
  if (made.kind === 'failed') return failureOfCopy(made)
  const { copy } = made
  const { instance } = image
  const head = part10Head({
    sopClassUid: instance.sopClassUid,
    sopInstanceUid: instance.sopInstanceUid,
    transferSyntaxUid: copy.transferSyntaxUid,
    sourceAeTitle: deps.stationAeTitle,
  })
  const outcome = await client.uploadDicom({
    hospitalCode: dossier.institution.hospitalCode,
    accessNumber: dossier.exam.accessionNumber,
    studyUid: studyUidOf(dossier),
    seriesUid: instance.seriesInstanceUid,
    instanceUid: instance.sopInstanceUid,
    file: {
      sizeBytes: head.length + copy.totalLength,
      open: () => Readable.from(fileBytes(head, readCopy(copy)), { objectMode: false }),
    },
  })
  const hasLeft = outcome.kind === 'done' || (outcome.kind === 'retry' && outcome.maybeReceived === true)
  if (hasLeft) auditCopy(deps, image, copy, dossier)
  return outcome.kind === 'done' ? done(imageResult(copy, dossier), outcome.note) : outcome
}

async function* fileBytes(head: Buffer, dataSet: AsyncIterable<Buffer>) {
  yield head
  yield* dataSet
}
