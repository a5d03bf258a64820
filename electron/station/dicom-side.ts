import type { Archive } from './archive/archive.ts'
import type { ArchiveQuery } from './archive/query-archive.ts'
import type { Clock } from './clock.ts'
import type { Database } from './db/open-database.ts'
import type { Events } from './events.ts'
import type { Exams } from './exams/exams.ts'
import type { PerformedSteps } from './exams/performed-steps.ts'
import type { Log } from './log.ts'
import type { AuditLog } from './people/audit-log.ts'
import { createKnocks } from './receiver/knocks.ts'
import { createReceiver } from './receiver/receiver.ts'
import { createStorageCommitment } from './receiver/storage-commitment.ts'
import { createDicomTlsStore } from './settings/dicom-tls.ts'
import type { SecretBox } from './settings/secret-box.ts'
import type { Settings } from './settings/settings.ts'
import type { StationConfig } from './station-config.ts'

export type DicomSideParts = {
  readonly config: StationConfig
  readonly db: Database
  readonly box: SecretBox
  readonly clock: Clock
  readonly log: Log
  readonly events: Events
  readonly audit: AuditLog
  readonly settings: Settings
  readonly archive: Archive
  readonly archiveQuery: ArchiveQuery
  readonly worklist: Exams['worklist']
  readonly performedSteps: PerformedSteps
  readonly isTraining: () => boolean
}

/** The room receiver: what modalities talk to. */
export function createDicomSide(parts: DicomSideParts) {
  const { config, db, box, clock, log, events, audit, settings, archive, archiveQuery, performedSteps } = parts
  const knocks = createKnocks(events)
  const dicomTls = createDicomTlsStore({ db, box, clock, audit, events, plainPort: config.dicomPort })
  const commitment = createStorageCommitment({
    db,
    archive,
    devices: settings.devices,
    aeTitle: config.aeTitle,
    clock,
    events,
    log,
  })
  const receiver = createReceiver({
    config: { aeTitle: config.aeTitle, host: config.dicomHost, port: config.dicomPort },
    archive,
    query: archiveQuery,
    audit,
    worklist: parts.worklist,
    performedSteps,
    commitment,
    devices: settings.devices,
    acceptUnknown: parts.isTraining,
    onKnock: knocks.add,
    tls: dicomTls.read,
    log,
    clock,
    events,
  })
  return { knocks, dicomTls, commitment, receiver }
}
