import { assertNever } from '../../../shared/assert-never.ts'
import type { CloudOutcome } from '../../../shared/clouds/cloud-outcome.ts'
import type { Destination, DestinationKind } from '../../../shared/models/destination.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { OutboxTask } from '../../../shared/models/outbox-task.ts'
import type { Delivery, DestinationOf, ImageDelivery, TestReport } from './delivery.ts'

export type UploadsDeps = {
  readonly aimis: ImageDelivery<'aimis'>
  readonly jilin: ImageDelivery<'jilin'>
  readonly pacs: ImageDelivery<'pacs'>
}

export type Uploads = ReturnType<typeof createUploads>

/** Carries tasks to where they go: one delivery a kind of destination. */
export function createUploads({ aimis, jilin, pacs }: UploadsDeps) {
  function carry<Kind extends DestinationKind>(
    delivery: ImageDelivery<Kind>,
    tasks: readonly OutboxTask[],
    dossier: ExamDossier,
    destination: DestinationOf<Kind>,
  ): Promise<ReadonlyMap<string, CloudOutcome>> {
    if (tasks.every((task) => task.step === 'image')) return delivery.deliverImages(tasks, dossier, destination)
    return deliverEach(delivery, tasks, dossier, destination)
  }

  return {
    /** One task, or several images of one exam. Every task gets its outcome. */
    deliver(
      tasks: readonly OutboxTask[],
      dossier: ExamDossier,
      destination: Destination,
    ): Promise<ReadonlyMap<string, CloudOutcome>> {
      switch (destination.kind) {
        case 'aimis':
          return carry(aimis, tasks, dossier, destination)
        case 'jilin':
          return carry(jilin, tasks, dossier, destination)
        case 'pacs':
          return carry(pacs, tasks, dossier, destination)
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

async function deliverEach<Kind extends DestinationKind>(
  delivery: Delivery<Kind>,
  tasks: readonly OutboxTask[],
  dossier: ExamDossier,
  destination: DestinationOf<Kind>,
): Promise<ReadonlyMap<string, CloudOutcome>> {
  const outcomes = new Map<string, CloudOutcome>()
  for (const task of tasks) outcomes.set(task.id, await delivery.deliver(task, dossier, destination))
  return outcomes
}
