import { assertNever } from '../../../shared/assert-never.ts'
import type { CloudOutcome } from '../../../shared/clouds/cloud-outcome.ts'
import type { Destination, DestinationKind } from '../../../shared/models/destination.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { OutboxTask } from '../../../shared/models/outbox-task.ts'
import type { DestinationOf, ImageDelivery, TestReport } from './delivery.ts'

export type UploadsDeps = { readonly [Kind in DestinationKind]: ImageDelivery<Kind> }

/** What can be done with one destination, whatever its kind. */
export type BoundDelivery = {
  /** One task, or several images of one exam. Every task gets its outcome. */
  readonly deliver: (tasks: readonly OutboxTask[], dossier: ExamDossier) => Promise<ReadonlyMap<string, CloudOutcome>>
  readonly test: () => Promise<TestReport>
  readonly clockOffsetMs: () => number | undefined
  readonly resume: () => Promise<void>
}

export type Uploads = ReturnType<typeof createUploads>

/** Carries tasks to where they go: one delivery a kind of destination. */
export function createUploads({ aimis, jilin, pacs }: UploadsDeps) {
  return {
    to(destination: Destination): BoundDelivery {
      switch (destination.kind) {
        case 'aimis':
          return bind(aimis, destination)
        case 'jilin':
          return bind(jilin, destination)
        case 'pacs':
          return bind(pacs, destination)
        default:
          return assertNever(destination)
      }
    },
  }
}

function bind<Kind extends DestinationKind>(
  delivery: ImageDelivery<Kind>,
  destination: DestinationOf<Kind>,
): BoundDelivery {
  return {
    async deliver(tasks, dossier) {
      if (tasks.every((task) => task.step === 'image')) return delivery.deliverImages(tasks, dossier, destination)
      const outcomes = new Map<string, CloudOutcome>()
      for (const task of tasks) outcomes.set(task.id, await delivery.deliver(task, dossier, destination))
      return outcomes
    },
    test: () => delivery.test(destination),
    clockOffsetMs: () => delivery.clockOffsetMs(destination),
    resume: () => delivery.resume(destination),
  }
}
