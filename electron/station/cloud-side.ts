import type { TokenRecord } from '../../shared/clouds/jilin/token-record.ts'
import type { ExamDossier } from '../../shared/models/exam-dossier.ts'
import type { InstanceFacts } from '../../shared/models/study.ts'
import type { Archive } from './archive/archive.ts'
import type { Clock } from './clock.ts'
import type { Database } from './db/open-database.ts'
import type { Documents } from './documents/documents.ts'
import type { Events } from './events.ts'
import type { Log } from './log.ts'
import { createOutbox } from './outbox/outbox.ts'
import { createRetractions } from './outbox/retractions.ts'
import { createScheduler } from './outbox/scheduler.ts'
import type { Actor, AuditLog } from './people/audit-log.ts'
import { createSealedState, type Destinations } from './settings/destinations.ts'
import type { SecretBox } from './settings/secret-box.ts'
import type { Settings } from './settings/settings.ts'
import type { StationConfig } from './station-config.ts'
import { createAimisLookups } from './uploads/aimis-lookups.ts'
import { createCloudClients } from './uploads/cloud-clients.ts'
import { createCloudStatuses } from './uploads/cloud-status.ts'
import { createAimisDelivery } from './uploads/deliver-to-aimis.ts'
import { createJilinDelivery } from './uploads/deliver-to-jilin.ts'
import { createPacsDelivery } from './uploads/deliver-to-pacs.ts'
import { createDestinationCare } from './uploads/destination-care.ts'
import { createLookups } from './uploads/lookups.ts'
import { createReconcile } from './uploads/reconcile.ts'
import { stationMac } from './uploads/station-mac.ts'
import { createUploads } from './uploads/uploads.ts'

const uploadsMayTakeMilliseconds = 3000

export type CloudSideParts = {
  readonly config: StationConfig
  readonly db: Database
  readonly box: SecretBox
  readonly clock: Clock
  readonly log: Log
  readonly events: Events
  readonly audit: AuditLog
  readonly settings: Settings
  readonly destinations: Destinations
  readonly documents: Documents
  readonly readDossier: (examId: string) => ExamDossier | undefined
  readonly dataSetOf: Archive['dataSetOf']
  readonly versionsOf: Archive['versionsOf']
  /** Nobody deletes it at the cloud any more: what was to be corrected is open again. */
  readonly withdrawn: (retractionId: string, actor: Actor) => readonly string[]
}

/** The rooms outbox and uploads: everything that talks to clouds and PACS, and what remembers that it did. */
export function createCloudSide(parts: CloudSideParts) {
  const { config, db, box, clock, log, events, audit, settings, destinations, documents, readDossier } = parts
  const ending = new AbortController()
  const deliveryDeps = {
    signal: ending.signal,
    clock,
    log,
    audit: audit.record,
    stationAeTitle: config.aeTitle,
    dataSetOf: parts.dataSetOf,
    readAsOf: ({ sopInstanceUid }: InstanceFacts) => {
      const current = parts.versionsOf(sopInstanceUid).find(({ isCurrent }) => isCurrent)
      return current ? settings.readAsOf(current.callingAeTitle) : 'declared'
    },
  }
  const sealed = createSealedState(db, box)
  const tokenStore = (id: string) => ({
    read: () => sealed.read(`token/${id}`) as TokenRecord | undefined,
    write: (record: TokenRecord) => sealed.write(`token/${id}`, record),
  })
  const clients = createCloudClients({ clock, signal: ending.signal, tokenStore })
  const uploads = createUploads({
    aimis: createAimisDelivery({ ...deliveryDeps, documents, clients }),
    jilin: createJilinDelivery({ ...deliveryDeps, documents, clients }),
    pacs: createPacsDelivery(deliveryDeps),
  })
  const outbox = createOutbox({ db, clock, audit, events, destinations: destinations.all, readDossier })
  const scheduler = createScheduler({
    outbox,
    destinations: destinations.all,
    pauseDestination: destinations.pause,
    readDossier,
    deliver: (tasks, dossier, destination) => uploads.to(destination).deliver(tasks, dossier),
    events,
    clock,
    log,
  })
  const cloudWork = { db, clock, log, audit: audit.record, clients, destinations: destinations.all, readDossier }
  const cloudStatuses = createCloudStatuses({ ...cloudWork, events })
  const reconcile = createReconcile({ ...cloudWork, events, hour: () => settings.read().reconcile.hour })
  const aimisLookups = createAimisLookups(cloudWork)
  const lookups = createLookups({
    ...cloudWork,
    department: () => settings.read().lookups.department,
    institutions: settings.institutions,
    mac: stationMac,
    addTask: outbox.add,
  })
  const destinationCare = createDestinationCare({
    clock,
    clients,
    department: () => settings.read().lookups.department,
    mac: stationMac,
  })
  const retractions = createRetractions({
    db,
    clock,
    audit,
    events,
    outbox,
    destination: destinations.get,
    withdrawn: parts.withdrawn,
  })
  return {
    outbox,
    scheduler,
    uploads,
    cloudStatuses,
    reconcile,
    aimisLookups,
    lookups,
    destinationCare,
    retractions,
    /** What is being sent may come to its end; then it is broken off. */
    async stop(): Promise<void> {
      await scheduler.stop(uploadsMayTakeMilliseconds, () => ending.abort())
      ending.abort()
      await reconcile.stop()
    },
  }
}
