import { createHash } from 'node:crypto'
import { assertNever } from '../../../shared/assert-never.ts'
import { type CloudFailure, type CloudOutcome, done } from '../../../shared/clouds/cloud-outcome.ts'
import type { JilinClient } from '../../../shared/clouds/jilin/client.ts'
import { mapPatientExam } from '../../../shared/clouds/jilin/map-exam.ts'
import { mapProject } from '../../../shared/clouds/jilin/map-project.ts'
import type { RecognExamRecord, ReminderCallRecord } from '../../../shared/clouds/jilin/queries.ts'
import { fileInMemory } from '../../../shared/clouds/jilin/upload-form.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import { deliverySteps, type JilinStep, type OutboxTask } from '../../../shared/models/outbox-task.ts'
import { type BothWords, inBoth } from '../../../shared/problems/both-words.ts'
import type { CloudClients } from './cloud-clients.ts'
import type { DeliveryDeps, DestinationOf, ImageDelivery, ReportDocuments } from './delivery.ts'
import { findIndexedExam } from './find-indexed-exam.ts'
import { clockLine, deliveredResult, notThisStep, outcomeLine } from './task-outcomes.ts'
import { uploadImage } from './upload-image.ts'
import { reportReasons } from './upload-reasons.ts'

export type JilinDeliveryDeps = DeliveryDeps & {
  readonly documents: ReportDocuments
  readonly clients: CloudClients
}

/**
 * The provincial imaging cloud: item mapping, index, film URL, PDF with the film's QR, images, all by HTTP.
 *
 * After a lost answer ('sent-unconfirmed') the index is looked for first (queryFormerlyExam, where the patient's identity number
 * is known). The other steps can't be asked for: they go again under the same ids (item code; exam id; accession number; study,
 * series and instance UID), and replace what is there. getdigitalImageUrl only asks.
 */
export function createJilinDelivery(deps: JilinDeliveryDeps): ImageDelivery<'jilin'> {
  const clientOf = deps.clients.jilin

  async function deliver(task: OutboxTask, dossier: ExamDossier, destination: DestinationOf<'jilin'>) {
    const { step } = task
    return isJilinStep(step) ? tellPlatform(deps, step, task, dossier, clientOf(destination)) : notThisStep(step)
  }

  return {
    deliver,
    async deliverImages(tasks, dossier, destination) {
      const outcomes = new Map<string, CloudOutcome>()
      let gone: CloudFailure | undefined
      for (const task of tasks.filter((one) => one.step === 'image')) {
        const outcome: CloudOutcome = gone ?? (await deliver(task, dossier, destination))
        outcomes.set(task.id, outcome)
        // The rest was not sent, whatever became of this one.
        if (outcome.kind === 'retry') gone = { kind: 'retry', reason: outcome.reason }
        else if (outcome.kind === 'wait-until' || outcome.kind === 'fix-settings') gone = outcome
      }
      return outcomes
    },
    async test(destination) {
      const client = clientOf(destination)
      const token = outcomeLine(
        inBoth('平台授权', 'Authorisation'),
        await client.getToken(),
        inBoth('已连通，uid 和 appSecret 被接受', 'Connected; uid and appSecret were accepted.'),
      )
      const lines = [token, ...clockLine(client.clockOffsetMs())]
      return { ok: lines.every((line) => line.ok), lines }
    },
    clockOffsetMs: (destination) => clientOf(destination).clockOffsetMs(),
    resume: (destination) => clientOf(destination).resume(),
  }
}

async function tellPlatform(
  deps: JilinDeliveryDeps,
  step: JilinStep,
  task: OutboxTask,
  dossier: ExamDossier,
  client: JilinClient,
): Promise<CloudOutcome> {
  const { exam, institution } = dossier
  const { hospitalCode } = institution
  switch (step) {
    case 'project': {
      return client.projectContrast(mapProject(hospitalCode, projectItemOf(dossier)))
    }
    case 'index': {
      if (!dossier.report) return { kind: 'fix-exam', reason: reportReasons.notReleased }
      if (task.state === 'sent-unconfirmed') {
        const found = await findIndexedExam(client, dossier)
        if (found) return found
      }
      return client.savePatientExam(mapPatientExam(dossier))
    }
    case 'film-url': {
      const examId = textIn(deliveredResult(dossier, task.destinationId, 'index'), 'examId')
      if (examId === undefined)
        return { kind: 'retry', reason: notYet(inBoth('检查索引编号', 'number of the exam index')) }
      return client.getDigitalImageUrl({ hospitalCode, examId })
    }
    case 'report-pdf': {
      const filmUrl = textIn(deliveredResult(dossier, task.destinationId, 'film-url'), 'url')
      if (filmUrl === undefined) return { kind: 'retry', reason: notYet(inBoth('云胶片地址', 'cloud film address')) }
      const paper = await deps.documents.reportPdf(dossier, { filmUrl })
      if (paper.kind === 'no-report') return { kind: 'fix-exam', reason: reportReasons.notReleased }
      if (paper.kind === 'too-large') return { kind: 'fix-exam', reason: reportReasons.pdfTooLarge }
      const { pdf } = paper
      const saved = await client.saveExamPdf({
        hospitalCode,
        accessNumber: exam.accessionNumber,
        pdf: fileInMemory(pdf),
      })
      const sha256 = createHash('sha256').update(pdf).digest('hex')
      return saved.kind === 'done' ? done({ sha256, sizeBytes: pdf.length }, saved.note) : saved
    }
    case 'image':
      return uploadImage({ ...deps, oneStudyUid: true }, client, task, dossier)
    case 'call-record':
      return client.saveReminderCallRecord(task.payload as ReminderCallRecord)
    case 'recognition':
      return client.saveRecognExamRecord(task.payload as RecognExamRecord)
    default:
      return assertNever(step)
  }
}

/** The item as the mapping page has it, or as the exam names it while nobody has mapped it. */
function projectItemOf({ exam, itemMapping }: ExamDossier): Parameters<typeof mapProject>[1] {
  const { itemCode: code, itemName: name, modality } = exam
  const price = itemMapping?.price ?? exam.price
  const own = { code, name: itemMapping?.itemName ?? name, modality, ...(price === undefined ? {} : { price }) }
  if (!itemMapping) return own
  const standardProjects = itemMapping.standardItems.map((one) => ({
    standardProjectCode: one.code,
    ...(one.name && { standardProjectName: one.name }),
  }))
  return { ...own, type: itemMapping.type, sampleTypeCode: itemMapping.sampleTypeCode, standardProjects }
}

const isJilinStep = (step: string): step is JilinStep => deliverySteps.jilin.some((one) => one === step)

function textIn(result: Readonly<Record<string, unknown>> | undefined, name: string): string | undefined {
  const value = result?.[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const notYet = (what: BothWords) => ({
  code: 'STEP-BEFORE-MISSING',
  message: `还没有取得${what.chinese}，这一步稍后再做`,
  action: '上一步完成后会自动继续，无需处理',
  english: `The ${what.english} is not there yet; this step follows later`,
  englishAction: 'It goes on by itself after the step before; nothing needs doing',
})
