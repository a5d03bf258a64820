import { createHttpTransport } from '../../../shared/clouds/http-transport.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { OutboxTask } from '../../../shared/models/outbox-task.ts'
import { asItIs } from '../../../shared/problems/both-words.ts'
import type { DeliveryDeps, DestinationOf, ImageDelivery } from './delivery.ts'
import type { Caller } from './dicom-sender.ts'
import { perDestination } from './per-destination.ts'
import { storeImages, testPeer } from './store-images.ts'
import { type StowCaller, stowImages, testStow } from './stow-images.ts'
import { notThisStep, onlyOutcome } from './task-outcomes.ts'
import { reasonWords, type TestLine, testLine } from './test-line.ts'

type Way =
  | { readonly kind: 'c-store'; readonly caller: Caller }
  | { readonly kind: 'stow'; readonly caller: StowCaller }
  | { readonly kind: 'none' }

/** A PACS may write a large object to a slow disk before it answers. */
const stowTimeouts = { headersMs: 120_000 }

/**
 * A PACS on the clinic's network: images by C-STORE or by STOW-RS, nothing else. After a lost answer the same object goes again under
 * the same SOPInstanceUID, which a PACS keys on; neither protocol has a question that a plain store would answer.
 */
export function createPacsDelivery(deps: DeliveryDeps): ImageDelivery<'pacs'> {
  const signal = deps.signal ? { signal: deps.signal } : {}
  const transportOf = perDestination(({ settings }: DestinationOf<'pacs'>) =>
    createHttpTransport({
      clock: deps.clock,
      timeouts: { ...stowTimeouts, ...deps.timeouts?.http },
      ...(settings.tls ? { tls: settings.tls } : {}),
    }),
  )

  function wayTo(destination: DestinationOf<'pacs'>): Way {
    const { dicom, dicomWebUrl, username, password, callingAeTitle = deps.stationAeTitle } = destination.settings
    if (dicomWebUrl !== undefined) {
      const transport = transportOf(destination)
      return { kind: 'stow', caller: { dicomWebUrl, username, password, transport, ...signal } }
    }
    if (!dicom) return { kind: 'none' }
    const timeouts = deps.timeouts?.association ? { timeouts: deps.timeouts.association } : {}
    return { kind: 'c-store', caller: { peer: dicom, callingAeTitle, ...timeouts, ...signal } }
  }

  async function deliverImages(tasks: readonly OutboxTask[], dossier: ExamDossier, destination: DestinationOf<'pacs'>) {
    const images = tasks.filter((task) => task.step === 'image')
    const way = wayTo(destination)
    switch (way.kind) {
      case 'c-store':
        return storeImages(deps, way.caller, images, dossier)
      case 'stow':
        return stowImages(deps, way.caller, images, dossier)
      case 'none':
        return new Map(images.map((task) => [task.id, { kind: 'fix-settings', reason: noAddress } as const]))
    }
  }

  return {
    async deliver(task, dossier, destination) {
      if (task.step !== 'image') return notThisStep(task.step)
      return onlyOutcome(task, await deliverImages([task], dossier, destination))
    },
    deliverImages,
    async test(destination) {
      const line = await testWay(wayTo(destination))
      return { ok: line.ok, lines: [line] }
    },
    clockOffsetMs: () => undefined,
    resume: async () => {},
  }
}

async function testWay(way: Way): Promise<TestLine> {
  switch (way.kind) {
    case 'c-store':
      return testPeer(way.caller)
    case 'stow':
      return testStow(way.caller)
    case 'none':
      return testLine(false, asItIs('PACS'), reasonWords(noAddress))
  }
}

const noAddress = {
  code: 'PACS-ADDRESS',
  message: '没有填写 PACS 的地址',
  action: '请在设置中填写对方的 DICOM 地址或 DICOMweb 地址',
  english: 'No address of the PACS was filled in',
  englishAction: 'Fill in its DICOM or DICOMweb address in Settings',
}
