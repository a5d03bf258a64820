import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { Archive } from '../archive/archive.ts'
import type { VersionChoice } from '../archive/choose-version.ts'
import type { ArchiveQuery } from '../archive/query-archive.ts'
import type { StudyParts } from '../archive/study-parts.ts'
import type { Clock } from '../clock.ts'
import type { Backup } from '../db/backup.ts'
import type { AddressAnswers } from '../documents/address-answers.ts'
import type { Documents } from '../documents/documents.ts'
import type { PlainPicture } from '../documents/ink-picture.ts'
import type { PaperInk } from '../documents/paper-ink.ts'
import type { Prints } from '../documents/prints.ts'
import type { Events } from '../events.ts'
import type { BoardDays } from '../exams/board-days.ts'
import type { BoardFacts } from '../exams/board-facts.ts'
import type { BoardFilters } from '../exams/board-filter-sql.ts'
import type { BoardSearch } from '../exams/board-search.ts'
import type { Exams } from '../exams/exams.ts'
import type { PerformedSteps } from '../exams/performed-steps.ts'
import type { PersonExams } from '../exams/person-exams.ts'
import type { RequestSlips } from '../exams/request-slips.ts'
import type { FindScanned } from '../exams/scan-sql.ts'
import type { ExamStatistics } from '../exams/statistics.ts'
import type { Tray } from '../exams/tray.ts'
import type { Imports } from '../imports/import-job.ts'
import type { Log } from '../log.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Retractions } from '../outbox/retractions.ts'
import type { Accounts } from '../people/accounts.ts'
import type { AuditLog } from '../people/audit-log.ts'
import type { Sessions } from '../people/sessions.ts'
import type { PixelReader } from '../pictures/read-pixels.ts'
import type { FrameRenderer } from '../pictures/render-frame.ts'
import type { Knocks } from '../receiver/knocks.ts'
import type { Receiver } from '../receiver/receiver.ts'
import type { StorageCommitment } from '../receiver/storage-commitment.ts'
import type { KeyImages } from '../reports/key-images.ts'
import type { Reports } from '../reports/reports.ts'
import type { Destinations } from '../settings/destinations.ts'
import type { DicomTlsStore } from '../settings/dicom-tls.ts'
import type { ItemMappings } from '../settings/item-mappings.ts'
import type { Settings } from '../settings/settings.ts'
import type { StationConfig } from '../station-config.ts'
import type { TrainingClouds } from '../training-clouds.ts'
import type { TrainingUser } from '../training-user.ts'
import type { AimisLookups } from '../uploads/aimis-lookups.ts'
import type { CloudStatuses } from '../uploads/cloud-status.ts'
import type { DestinationCare } from '../uploads/destination-care.ts'
import type { Lookups } from '../uploads/lookups.ts'
import type { Reconcile } from '../uploads/reconcile.ts'
import type { Uploads } from '../uploads/uploads.ts'
import type { CallbackListener } from './callback-listener.ts'

/** What the API shows to the outside. */
export type ApiRooms = {
  readonly config: StationConfig
  readonly clock: Clock
  readonly log: Log
  readonly events: Events
  readonly audit: AuditLog
  readonly accounts: Accounts
  readonly backup: Backup
  readonly sessions: Sessions
  readonly settings: Settings
  readonly itemMappings: ItemMappings
  readonly destinations: Destinations
  readonly receiver: Receiver
  readonly commitment: StorageCommitment
  readonly dicomTls: DicomTlsStore
  readonly knocks: Knocks
  readonly archive: Archive
  readonly archiveQuery: ArchiveQuery
  readonly studyParts: StudyParts
  readonly versionChoice: VersionChoice
  readonly pixels: PixelReader
  readonly imports: Imports
  readonly renderFrame: FrameRenderer
  readonly exams: Exams
  readonly boardFacts: BoardFacts
  readonly boardSearch: BoardSearch
  readonly boardFilters: BoardFilters
  readonly findScanned: FindScanned
  readonly boardDays: BoardDays
  readonly examStatistics: ExamStatistics
  readonly requestSlips: RequestSlips
  readonly performedSteps: PerformedSteps
  readonly personExams: PersonExams
  readonly tray: Tray
  readonly reports: Reports
  readonly keyImages: KeyImages
  readonly addressAnswers: AddressAnswers
  readonly documents: Documents
  readonly prints: Prints
  readonly ink: PaperInk
  /** Pixels of an uploaded PNG or JPEG; undefined where it is neither, or broken. */
  readonly readPlainPicture: (bytes: Buffer) => Promise<PlainPicture | undefined>
  readonly outbox: Outbox
  readonly retractions: Retractions
  readonly uploads: Uploads
  readonly lookups: Lookups
  readonly destinationCare: DestinationCare
  readonly aimisLookups: AimisLookups
  readonly reconcile: Reconcile
  readonly cloudStatuses: CloudStatuses
  readonly callbackListener: CallbackListener
  /** Ends whatever rest destinations were given: a person wants it now. */
  readonly hurryDeliveries: () => void
  readonly readDossier: (examId: string) => ExamDossier | undefined
  readonly trainingClouds: TrainingClouds
  /** Training mode: chosen at first start, or asked for by a flag. */
  readonly isTraining: () => boolean
  /** Of a window to practise in: anybody may log in with it. */
  readonly trainingUser: () => TrainingUser | undefined
}
