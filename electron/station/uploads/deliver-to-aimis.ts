import { assertNever } from '../../../shared/assert-never.ts'
import { studyUnknownCodes } from '../../../shared/clouds/aimis/answers.ts'
import type { AimisClient } from '../../../shared/clouds/aimis/client.ts'
import {
  aimisCountsOf,
  aimisStatusOf,
  mapGetStudyQr,
  mapReconcileLog,
  mapReportAdd,
  mapStudyAdd,
  mapStudyDelete,
} from '../../../shared/clouds/aimis/map-exam.ts'
import { obtainStudyQr } from '../../../shared/clouds/aimis/obtain-study-qr.ts'
import { type CloudOutcome, done } from '../../../shared/clouds/cloud-outcome.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import { type AimisStep, deliverySteps, type OutboxTask } from '../../../shared/models/outbox-task.ts'
import { inBoth } from '../../../shared/problems/both-words.ts'
import type { CloudClients } from './cloud-clients.ts'
import type { DeliveryDeps, DestinationOf, ImageDelivery, ReportDocuments } from './delivery.ts'
import { storeImages, testPeer } from './store-images.ts'
import { storeReportPdf } from './store-report-pdf.ts'
import { clockLine, notThisStep, onlyOutcome, outcomeLine } from './task-outcomes.ts'
import { type TestLine, testLine } from './test-line.ts'

export type AimisDeliveryDeps = DeliveryDeps & {
  /** Makes the PDF that goes with the report where the destination has `pdfAsDicom`; without it that setting can't be honoured. */
  readonly documents: ReportDocuments
  readonly clients: CloudClients
}

/**
 * Tencent AIMIS through its in-hospital gateway: four calls about the exam, images by C-STORE.
 *
 * After a lost answer ('sent-unconfirmed') nothing can be asked that would not also tell, so each step goes again under the same
 * ids: study/add and the counts are keyed by studyId and replace what was there, report/add by reportNumber (30004, already there,
 * is a success), an image by its SOPInstanceUID.
 */
export function createAimisDelivery(deps: AimisDeliveryDeps): ImageDelivery<'aimis'> {
  const clientOf = deps.clients.aimis
  const callerOf = ({ settings }: DestinationOf<'aimis'>) => ({
    peer: settings.dicom,
    callingAeTitle: settings.callingAeTitle ?? deps.stationAeTitle,
    ...(deps.timeouts?.association ? { timeouts: deps.timeouts.association } : {}),
    ...(deps.signal ? { signal: deps.signal } : {}),
  })
  const deliverImages = (tasks: readonly OutboxTask[], dossier: ExamDossier, destination: DestinationOf<'aimis'>) =>
    storeImages(
      { ...deps, oneStudyUid: true },
      callerOf(destination),
      tasks.filter((task) => task.step === 'image'),
      dossier,
    )

  return {
    async deliver(task, dossier, destination) {
      const { step } = task
      if (!isAimisStep(step)) return notThisStep(step)
      if (step === 'image') return onlyOutcome(task, await deliverImages([task], dossier, destination))
      const { pdfAsDicom } = destination.settings
      const told = await tellGateway(step, clientOf(destination), dossier, pdfAsDicom)
      if (step !== 'report' || told.kind !== 'done' || !pdfAsDicom) return told
      // The report may have been there already (30004): its PDF has the same UID each time and is one object for the gateway.
      const pdf = await storeReportPdf(deps.documents, callerOf(destination), dossier)
      return pdf.kind === 'done' ? done({ ...Object(told.value), ...pdf.value }, told.note ?? pdf.note) : pdf
    },
    deliverImages,
    async test(destination) {
      const client = clientOf(destination)
      const lines = [
        await testGateway(client),
        ...clockLine(client.clockOffsetMs()),
        await testPeer(callerOf(destination)),
      ]
      return { ok: lines.every((line) => line.ok), lines }
    },
    clockOffsetMs: (destination) => clientOf(destination).clockOffsetMs(),
    resume: async () => {},
  }
}

/** One call, or for the QR of a study that the gateway does not know yet, three. The counts are what the archive holds now. */
async function tellGateway(
  step: Exclude<AimisStep, 'image'>,
  client: AimisClient,
  dossier: ExamDossier,
  pdfAsDicom: boolean,
): Promise<CloudOutcome> {
  const counts = aimisCountsOf(dossier, pdfAsDicom)
  const status = aimisStatusOf(dossier)
  switch (step) {
    case 'study-qr':
      return obtainStudyQr(client, mapGetStudyQr(dossier), mapStudyAdd(dossier, status, counts))
    case 'study':
      return withValue(await client.studyAdd(mapStudyAdd(dossier, status, counts)), { status, counts })
    case 'report':
      return withValue(await client.reportAdd(mapReportAdd(dossier)), { version: dossier.report?.version })
    case 'reconcile':
      return withValue(await client.reconcileLog(mapReconcileLog(dossier, counts)), { counts })
    case 'study-delete':
      return goneIsDeleted(await client.studyDelete(mapStudyDelete(dossier)))
    default:
      return assertNever(step)
  }
}

/** A study that the gateway does not know is a deleted one: the answer to the attempt before was lost. */
function goneIsDeleted(outcome: CloudOutcome<undefined>): CloudOutcome {
  const isGone = outcome.kind === 'unknown' && studyUnknownCodes.has(outcome.reason.code)
  return isGone ? done({}, inBoth('对方已经没有这个检查', 'The other side no longer has this exam')) : outcome
}

const withValue = (outcome: CloudOutcome, value: unknown): CloudOutcome =>
  outcome.kind === 'done' ? done(value, outcome.note) : outcome

const isAimisStep = (step: string): step is AimisStep => deliverySteps.aimis.some((one) => one === step)

/** Asks for the QR of a study that does not exist: a gateway that says so has accepted address, appId, token and clock. */
async function testGateway(client: AimisClient): Promise<TestLine> {
  const what = inBoth('前置机接口', 'Gateway')
  const accepted = inBoth('已连通，appId 和 token 被接受', 'Connected; appId and token were accepted.')
  const outcome = await client.getStudyQr({
    studyId: 'CONNECTION-TEST',
    accessNumber: 'CONNECTION-TEST',
    patientId: 'CONNECTION-TEST',
  })
  const isKnownAnswer = outcome.kind === 'unknown' && studyUnknownCodes.has(outcome.reason.code)
  if (isKnownAnswer) return testLine(true, what, accepted)
  return outcomeLine(what, outcome, accepted)
}
