import type { Exam } from './exam.ts'
import type { ItemMapping } from './item-mapping.ts'
import type { DeliveryStep } from './outbox-task.ts'
import type { Patient } from './patient.ts'
import type { ReportVersion } from './report.ts'
import type { Institution } from './settings.ts'
import type { InstanceFacts } from './study.ts'

/** Everything about one exam that a document, a plan or an upload reads, gathered at one moment. The identity number is in clear here. */
export type ExamDossier = {
  readonly institution: Institution
  readonly patient: Patient
  readonly exam: Exam
  /** The newest released version: what documents and clouds get. */
  readonly report: ReportVersion | undefined
  /** When that version was first printed, and the name of who printed it; absent while it was not. No part of what is told anew. */
  readonly reportPrint?: ReportPrint | undefined
  /** All instances attached to the exam, in series and instance order. */
  readonly instances: readonly InstanceFacts[]
  /** When the images came to an end (nothing new for settleSeconds); undefined while they still come or none came. */
  readonly settledAt: number | undefined
  /** When the exam was done: the device's study time as 'YYYY-MM-DD HH:mm:ss', '' while nothing came. */
  readonly studyDateTime: string
  /** The standard items that the exam's own item stands for, once staff have mapped it. */
  readonly itemMapping?: ItemMapping | undefined
  /** An amendment is being written: the released version is about to be replaced. */
  readonly isAmending?: boolean
  /** Destinations from which two people took the exam back. */
  readonly retractedFrom?: readonly string[]
  /** Destination → the deletion for a correction after which everything is told again as if it were new. */
  readonly toldAgain?: Readonly<Record<string, string>>
  /** Images were sent for this exam that are another's. */
  readonly lostImages?: boolean
  /** Images of this exam that were sent for another exam before. */
  readonly corrections?: readonly CorrectedImages[]
  /** What receiving sides have confirmed, newest last. */
  readonly delivered: readonly DeliveredStep[]
}

export type ReportPrint = { readonly at: number; readonly by: string }

export type CorrectedImages = {
  readonly destinationId: string
  /** The exam for which they were sent. */
  readonly examId: string
  /** The deletion that must be through before they are sent again; null where there is none. */
  readonly retractionId: string | null
  readonly instanceIds: readonly string[]
}

export type DeliveredStep = {
  readonly destinationId: string
  readonly step: DeliveryStep
  readonly subject: string
  readonly version: string
  readonly result: unknown
  readonly at: number
}

export type ExamCounts = { readonly images: number; readonly series: number; readonly reports: number }

/** What the archive really holds for the exam now. */
export function countsOf(dossier: ExamDossier): ExamCounts {
  return {
    images: dossier.instances.length,
    series: new Set(dossier.instances.map((i) => i.seriesInstanceUid)).size,
    reports: dossier.report ? 1 : 0,
  }
}
