import type { ReadAs } from '../../../shared/models/settings.ts'
import type { InstanceFacts, StudyHeader } from '../../../shared/models/study.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import type { ArchiveSql } from './archive-sql.ts'
import type { ArrivingFiles } from './arriving-files.ts'
import type { CharacterSetFindings } from './character-set-findings.ts'
import type { CommitQueue } from './commit-queue.ts'
import type { DiskSpaceLimits } from './disk-space.ts'
import type { StoreNames } from './store-names.ts'
import type { FolderSync } from './sync-folder.ts'

/** What the archive room is given. */
export type ArchiveParts = {
  readonly db: Database
  /** Absolute. incoming/, store/ and quarantine/ are made below it. */
  readonly folder: string
  readonly clock: Clock
  readonly audit: AuditLog
  readonly log: Log
  readonly events: Events
  /** Called in the transaction that records the instance: what follows from it is written together with it. */
  /** `study`: the study's first header; `own`: what this very object says. */
  readonly onStored: (study: StudyHeader, instance: InstanceFacts, actor: Actor, own: StudyHeader) => void
  /** How the text of what an AE title sends is read ('import': what a person brought). Absent: as declared. */
  readonly readAsOf?: (callingAeTitle: string) => ReadAs
  /** Called in the transaction that writes what a study's header says when it was read again in another character set. */
  readonly onReadAgain?: (study: StudyHeader) => void
  readonly diskSpace?: Partial<DiskSpaceLimits>
}

/** What the parts of the room share. */
export type KeepParts = Omit<ArchiveParts, 'db' | 'readAsOf'> & {
  readonly readAsOf: NonNullable<ArchiveParts['readAsOf']>
  readonly sql: ArchiveSql
  readonly queue: CommitQueue
  readonly characterSets: CharacterSetFindings
  readonly syncFolder: FolderSync
  readonly names: StoreNames
  readonly arriving: ArrivingFiles
}
