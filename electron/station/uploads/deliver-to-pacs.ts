import type { OutboxTask } from '../../../shared/models/outbox-task.ts'
import type { DeliveryDeps, DestinationOf, ImageDelivery } from './delivery.ts'
import { storeImages, testPeer } from './store-images.ts'
import { notThisStep, onlyOutcome } from './task-outcomes.ts'

/**
 * A PACS on the clinic's network: images by C-STORE, nothing else. After a lost answer the same object goes again under the same
 * SOPInstanceUID, which a PACS keys on; the protocol has no question that a plain storage SCP would answer.
 */
export function createPacsDelivery(deps: DeliveryDeps): ImageDelivery<'pacs'> {
  const callerOf = ({ settings }: DestinationOf<'pacs'>) => ({
    peer: settings.dicom,
    callingAeTitle: settings.callingAeTitle ?? deps.stationAeTitle,
    ...(deps.timeouts?.association ? { timeouts: deps.timeouts.association } : {}),
    ...(deps.signal ? { signal: deps.signal } : {}),
  })
  const images = (tasks: readonly OutboxTask[]) => tasks.filter((task) => task.step === 'image')

  return {
    async deliver(task, dossier, destination) {
      if (task.step !== 'image') return notThisStep(task.step)
      return onlyOutcome(task, await storeImages(deps, callerOf(destination), [task], dossier))
    },
    deliverImages: (tasks, dossier, destination) => storeImages(deps, callerOf(destination), images(tasks), dossier),
    async test(destination) {
      const line = await testPeer(callerOf(destination))
      return { ok: line.ok, lines: [line] }
    },
    clockOffsetMs: () => undefined,
    resume: async () => {},
  }
}
