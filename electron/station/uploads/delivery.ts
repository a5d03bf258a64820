import type { CloudOutcome } from '../../../shared/clouds/cloud-outcome.ts'
import type { HttpTimeouts } from '../../../shared/clouds/http-transport.ts'
import type { AssociationTimeouts } from '../../../shared/dicom/dicom-association.ts'
import type { Destination, DestinationKind } from '../../../shared/models/destination.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { OutboxTask } from '../../../shared/models/outbox-task.ts'
import type { ReadAs } from '../../../shared/models/settings.ts'
import type { InstanceFacts } from '../../../shared/models/study.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { AuditEntry } from '../people/audit-log.ts'
import type { TestLine } from './test-line.ts'

export type DestinationOf<Kind extends DestinationKind> = Extract<Destination, { readonly kind: Kind }>

/** Where the received bytes of an instance are: a range of a file, the data set alone, in the syntax it came in. */
export type StoredDataSet = {
  readonly path: string
  readonly offset: number
  readonly length: number
  readonly transferSyntaxUid: string
  /** Of these bytes as they came. */
  readonly crc32: number
}

/** What every delivery is given where the rooms are wired. */
export type DeliveryDeps = {
  readonly clock: Clock
  /** Where the received bytes of an instance are; undefined when the archive has no such instance. */
  readonly dataSetOf: (instanceId: string) => StoredDataSet | undefined
  /** In which character set the device really wrote the text of an instance, where staff decided that its declaration is wrong. */
  readonly readAsOf?: (instance: InstanceFacts) => ReadAs
  /** Our AE title towards peers, where the destination has none of its own. */
  readonly stationAeTitle: string
  readonly audit: (entry: AuditEntry) => void
  readonly log: Log
  /** The receiving side gets all images of an exam under the one StudyInstanceUID that it is told. Absent: each under its own. */
  readonly oneStudyUid?: boolean
  /** Ends calls and associations that are under way, as when the station stops. */
  readonly signal?: AbortSignal
  /** For tests and slow lines; absent: the defaults. */
  readonly timeouts?: { readonly association?: AssociationTimeouts; readonly http?: Partial<HttpTimeouts> }
}

export type TestReport = { readonly ok: boolean; readonly lines: readonly TestLine[] }

/** Carries tasks to one kind of destination. It keeps no state of a task: the outbox acts on what comes back. */
export type Delivery<Kind extends DestinationKind> = {
  /**
   * One attempt at one task. `task.state === 'sent-unconfirmed'`: an earlier attempt left and its answer was lost, so the step
   * asks first where the protocol has a way to ask, and otherwise sends again under the same ids, which the receiving sides key on.
   */
  deliver(task: OutboxTask, dossier: ExamDossier, destination: DestinationOf<Kind>): Promise<CloudOutcome>
  /** 试连: is everything there, and are we let in? Sends nothing about any patient. */
  test(destination: DestinationOf<Kind>): Promise<TestReport>
  /** The other side's clock minus ours at its last answer, milliseconds; undefined before one, or where it tells none. */
  clockOffsetMs(destination: DestinationOf<Kind>): number | undefined
  /** A person has looked at the settings or wants it now: whatever the client holds back for itself ends. */
  resume(destination: DestinationOf<Kind>): Promise<void>
}

export type ImageDelivery<Kind extends DestinationKind> = Delivery<Kind> & {
  /**
   * Several image tasks of one exam, each with its own outcome: by C-STORE over one association, by HTTP one after the other.
   * Once the receiving side is gone, the rest is not attempted and comes back as 'retry'.
   */
  deliverImages(
    tasks: readonly OutboxTask[],
    dossier: ExamDossier,
    destination: DestinationOf<Kind>,
  ): Promise<ReadonlyMap<string, CloudOutcome>>
}

/** What the outbox keeps of a delivered image. */
export type ImageResult = {
  /** SHA-256 of the data set that was sent, lower-case hex. */
  readonly sha256: string
  readonly changes: readonly { readonly element: string; readonly from: string; readonly to: string }[]
}

/** The documents room, as far as deliveries need it. */
export type ReportDocuments = {
  /** The newest released report as PDF; with `filmUrl` as QR where there is one. */
  readonly reportPdf: (dossier: ExamDossier, wishes: { readonly filmUrl?: string }) => Promise<ReportPdf>
}

export type ReportPdf =
  | { readonly kind: 'printed'; readonly pdf: Buffer }
  | { readonly kind: 'no-report' }
  | { readonly kind: 'too-large' }
