import { cloudCareRoutes } from '../../shared/api/cloud-care-routes.ts'
import type { AnyRoute } from '../../shared/api/route.ts'
import { routes } from '../../shared/api/routes.ts'
import type { EventTopic, StationEvent } from './event-lines.ts'

/** Which answers grow stale when something of a topic changed. The second list holds one exam: only the one that the event names. */
const staleByTopic: Readonly<
  Record<EventTopic, { readonly always: readonly AnyRoute[]; readonly oneExam: readonly AnyRoute[] }>
> = {
  exams: {
    always: [routes.reprintList, routes.examList, routes.dayPage, routes.trayList, routes.trayImages, routes.moveList],
    oneExam: [routes.examRead, routes.slipList, cloudCareRoutes.preflight],
  },
  tray: {
    always: [
      routes.dayPage,
      routes.trayList,
      routes.trayImages,
      routes.moveList,
      routes.conflictList,
      routes.examList,
      routes.examRead,
      cloudCareRoutes.preflight,
    ],
    oneExam: [],
  },
  reports: {
    always: [routes.dayPage, routes.examList],
    oneExam: [
      routes.examRead,
      routes.keyImageList,
      routes.reportChecks,
      routes.reportHistory,
      cloudCareRoutes.preflight,
    ],
  },
  writing: {
    always: [routes.templateList, routes.phraseList],
    oneExam: [routes.reportLockRead, routes.criticalList, routes.reportChecks, routes.reportHistory],
  },
  deliveries: {
    always: [
      routes.reprintList,
      routes.deliveryList,
      routes.health,
      routes.examList,
      routes.dayPage,
      routes.examDeliveries,
      routes.examRead,
      cloudCareRoutes.retractionList,
    ],
    oneExam: [],
  },
  receiver: { always: [routes.health, routes.receivingNow], oneExam: [] },
  settings: {
    always: [
      routes.settingsRead,
      routes.institutionList,
      routes.deviceList,
      routes.characterSetProposals,
      routes.dicomTlsRead,
      routes.destinationList,
      routes.health,
      routes.accountList,
      cloudCareRoutes.preflight,
      cloudCareRoutes.itemMappingList,
      cloudCareRoutes.destinationToken,
    ],
    oneExam: [],
  },
  knock: { always: [routes.knockList], oneExam: [] },
  imports: { always: [routes.importList], oneExam: [] },
}

export type StaleKey = { readonly path: string; readonly id: string | undefined }

export function staleKeysOf(event: StationEvent): readonly StaleKey[] {
  const { always, oneExam } = staleByTopic[event.topic]
  return [
    ...always.map((route) => ({ path: route.path, id: undefined })),
    ...oneExam.map((route) => ({ path: route.path, id: event.id })),
  ]
}
