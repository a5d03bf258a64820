import { createHash } from 'node:crypto'
import { assertNever } from '../../../shared/assert-never.ts'
import type { Destination } from '../../../shared/models/destination.ts'
import { countsOf, type ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { DeliveryStep } from '../../../shared/models/outbox-task.ts'

/** What must be delivered first. subject '*': every one of that step. */
export type Prerequisite = { readonly step: DeliveryStep; readonly subject: string; readonly scope?: string }

export type WantedTask = {
  readonly step: DeliveryStep
  readonly subject: string
  /** Changes whenever the content would: a new version is a new task and takes the place of an older one that still waits. */
  readonly version: string
  /** The exam's id, or what several exams share. */
  readonly scope: string
  readonly after: readonly Prerequisite[]
  readonly notBefore: number
  readonly deadlineAt: number | null
  /** Smaller goes first: work with a deadline, then what others wait for, then images. */
  readonly priority: number
}

const hour = 3600_000

/**
 * Everything that a destination must be told about an exam as it is now. Called whenever the exam changes; what was
 * already told is recognised by its version, so calling it again wants nothing new.
 */
export function planDeliveries(dossier: ExamDossier, destination: Destination, now: number): WantedTask[] {
  if (dossier.exam.cancelled || dossier.retractedFrom?.includes(destination.id)) return []
  const wanted = planFor(dossier, destination, now).map((task) => afterDeletion(dossier, destination.id, task))
  const anew = dossier.toldAgain?.[destination.id]
  return anew ? wanted.map((task) => ({ ...task, version: versionOf(task.version, anew) })) : wanted
}

function planFor(dossier: ExamDossier, destination: Destination, now: number): WantedTask[] {
  switch (destination.kind) {
    case 'aimis':
      return planAimis(dossier, destination.settings.pdfAsDicom, now)
    case 'jilin':
      return planJilin(dossier, destination.settings.holdMinutes, now)
    case 'pacs':
      return settledInstances(dossier).map((instance) => imageTask(dossier, instance, [], now))
    default:
      return assertNever(destination)
  }
}

/** An image that stands at this destination under another exam waits until that one is deleted there. */
function afterDeletion(dossier: ExamDossier, destinationId: string, task: WantedTask): WantedTask {
  if (task.step !== 'image') return task
  const deletions = (dossier.corrections ?? []).flatMap(({ retractionId, examId, ...of }): Prerequisite[] =>
    retractionId !== null && of.destinationId === destinationId && of.instanceIds.includes(task.subject)
      ? [{ step: 'study-delete', subject: retractionId, scope: examId }]
      : [],
  )
  return deletions.length === 0 ? task : { ...task, after: [...task.after, ...deletions] }
}

/** AIMIS: the QR at registration; the exam once its images are complete; each image; the report; then the counts are compared. */
function planAimis(dossier: ExamDossier, pdfAsDicom: boolean, now: number): WantedTask[] {
  const task = basics(dossier, now)
  const tasks: WantedTask[] = [{ ...task, step: 'study-qr', subject: '', version: '1', priority: 10 }]
  if (!dossier.settledAt || dossier.instances.length === 0) return tasks
  const study = { step: 'study', subject: '' } as const
  const image = { step: 'image', subject: '*' } as const
  const version = versionOf(
    dossier.patient,
    dossier.exam,
    countsOf(dossier),
    dossier.report?.version ?? 0,
    dossier.studyDateTime,
    // Whether the report's PDF is one of the counts.
    pdfAsDicom && dossier.report !== undefined,
  )
  tasks.push({ ...task, ...study, version, priority: 20 })
  for (const instance of settledInstances(dossier)) tasks.push(imageTask(dossier, instance, [study], now))
  const report = { step: 'report', subject: '' } as const
  if (dossier.report) tasks.push({ ...task, ...report, version: reportVersion(dossier), after: [study], priority: 20 })
  tasks.push({
    ...task,
    step: 'reconcile',
    subject: '',
    version,
    after: dossier.report ? [study, image, report] : [study, image],
    priority: 60,
  })
  return tasks
}

/**
 * Provincial: nothing before the report is released, and nothing within the hold window, since the cloud has no recall.
 * Item mapping, then the index (due one hour after release), then the film's address, the PDF that carries it, and the images.
 */
function planJilin(dossier: ExamDossier, holdMinutes: number, now: number): WantedTask[] {
  const { report, institution, exam } = dossier
  // What is being amended is not sent any more: the amendment takes its place, and there is no recall.
  if (!report?.releasedAt || dossier.isAmending) return []
  // Its images were another person's and were taken out: a letter says so, and the report alone is not told again.
  if (dossier.instances.length === 0 && dossier.lostImages) return []
  const task = {
    ...basics(dossier, now),
    notBefore: report.releasedAt + holdMinutes * 60_000,
    deadlineAt: report.releasedAt + hour,
  }
  const project = { step: 'project', subject: exam.itemCode, scope: `item/${institution.hospitalCode}` } as const
  const index = { step: 'index', subject: '' } as const
  const film = { step: 'film-url', subject: '' } as const
  const version = versionOf(dossier.patient, exam, institution, report, dossier.studyDateTime)
  const tasks: WantedTask[] = [
    { ...task, ...project, version: versionOf(exam.itemName, exam.modality, dossier.itemMapping), priority: 0 },
    { ...task, ...index, version, after: [project], priority: 1 },
    { ...task, ...film, version, after: [index], deadlineAt: null, priority: 30 },
    { ...task, step: 'report-pdf', subject: '', version, after: [film], deadlineAt: null, priority: 31 },
  ]
  return [...tasks, ...settledInstances(dossier).map((instance) => imageTask(dossier, instance, [index], now))]
}

/** Images go once nothing new has come for the settle time. */
const settledInstances = (dossier: ExamDossier) => (dossier.settledAt ? dossier.instances : [])

function basics(dossier: ExamDossier, now: number) {
  return {
    scope: dossier.exam.id,
    after: [] as readonly Prerequisite[],
    notBefore: now,
    deadlineAt: null as number | null,
  }
}

function imageTask(
  dossier: ExamDossier,
  instance: ExamDossier['instances'][number],
  after: readonly Prerequisite[],
  now: number,
): WantedTask {
  const { accessionNumber } = dossier.exam
  const { patientId, name, namePinyin, sex, birthDate } = dossier.patient
  // The sent copy carries these, so a correction of them is a new version of every image.
  const version = versionOf(instance.versionId, accessionNumber, patientId, name, namePinyin, sex, birthDate)
  return { ...basics(dossier, now), step: 'image', subject: instance.id, version, after, priority: 50 }
}

/** The report's own text and what the report call carries beside it. */
const reportVersion = (dossier: ExamDossier): string => versionOf(dossier.report, dossier.exam.accessionNumber)

/** Short digest of what the content is made of; undefined members are left out as they are from the content. */
function versionOf(...content: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16)
}
