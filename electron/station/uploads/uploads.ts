import { assertNever } from '../../../shared/assert-never.ts'
import type { CloudOutcome } from '../../../shared/clouds/cloud-outcome.ts'
import type { Destination } from '../../../shared/models/destination.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { OutboxTask } from '../../../shared/models/outbox-task.ts'
import type { Delivery, ImageDelivery, TestReport } from './delivery.ts'

export type UploadsDeps = {
  readonly aimis: ImageDelivery<'aimis'>
  readonly jilin: Delivery<'jilin'>
  readonly pacs: ImageDelivery<'pacs'>
}

export type Uploads = ReturnType<typeof createUploads>

/** Carries tasks to where they go: one delivery a kind of destination. */
export function createUploads({ aimis, jilin, pacs }: UploadsDeps) {
  async function deliverEach<D extends Destination>(
    delivery: { deliver(task: OutboxTask, dossier: ExamDossier, destination: D): Promise<CloudOutcome> },
    tasks: readonly OutboxTask[],
    dossier: ExamDossier,
    destination: D,
  ): Promise<ReadonlyMap<string, CloudOutcome>> {
    const outcomes = new Map<string, CloudOutcome>()
    for (const task of tasks) outcomes.set(task.id, await delivery.deliver(task, dossier, destination))
    return outcomes
  }

  return {
    deliver(
      tasks: readonly OutboxTask[],
      dossier: ExamDossier,
      destination: Destination,
    ): Promise<ReadonlyMap<string, CloudOutcome>> {
      const areImages = tasks.every((task) => task.step === 'image')
      switch (destination.kind) {
        case 'aimis':
          return areImages
            ? aimis.deliverImages(tasks, dossier, destination)
            : deliverEach(aimis, tasks, dossier, destination)
        case 'jilin':
          return deliverEach(jilin, tasks, dossier, destination)
        case 'pacs':
          return pacs.deliverImages(tasks, dossier, destination)
        default:
          return assertNever(destination)
      }
    },

    test(destination: Destination): Promise<TestReport> {
      switch (destination.kind) {
        case 'aimis':
          return aimis.test(destination)
        case 'jilin':
          return jilin.test(destination)
        case 'pacs':
          return pacs.test(destination)
        default:
          return assertNever(destination)
      }
    },
  }
}
