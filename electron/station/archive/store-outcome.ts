import type { InstanceFacts } from '../../../shared/models/study.ts'
import type { BothWords } from '../../../shared/problems/both-words.ts'
import type { objectProblems } from '../../../shared/problems/object-entries.ts'
import type { Problem } from '../../../shared/problems/problem.ts'

/** What a C-STORE-RQ or a file's meta information says about an object before its data set is read. */
export type ObjectAnnouncement = {
  /** AE title that sends it; 'import' when a person brought the file. */
  readonly callingAeTitle: string
  readonly transferSyntaxUid: string
  readonly sopClassUid: string
  readonly sopInstanceUid: string
}

/**
 * C-STORE statuses of refusal, PS3.4 table B.2-1: A7xx out of resources, A9xx data set does not match SOP class,
 * Cxxx cannot understand.
 */
export type RefusalStatus = 0xa700 | 0xa900 | 0xc000

export type ObjectProblem = Problem & { readonly code: keyof typeof objectProblems }

export type Refused = {
  readonly kind: 'refused'
  readonly status: RefusalStatus
  /** Why, in both languages: object-entries.ts. */
  readonly problem: ObjectProblem
  /** Brought by a person, cut short: nothing of it was kept, as the original is still there. */
  readonly isCutShort?: true
}

/** What became of an object whose receipt ended. All but `refused` mean: it is on disk and in the index. */
export type StoreOutcome = Kept | Refused

export type Kept = (
  | { readonly kind: 'stored'; readonly instance: InstanceFacts }
  /** The same bytes were here: nothing new to do. */
  | { readonly kind: 'already-had'; readonly instance: InstanceFacts }
  /** The same SOPInstanceUID with other bytes: both are kept, the first stays current, staff decide. */
  | { readonly kind: 'new-version'; readonly instance: InstanceFacts; readonly versionId: string }
) & {
  /** What the device sent ends before its end; staff are told. */
  readonly isCutShort?: true
}

export type ImportOutcome = StoreOutcome | { readonly kind: 'not-dicom'; readonly reason: BothWords }

/** An object on its way in. Exactly one of `finish` and `abandon` ends it. */
export type IncomingInstance = {
  /**
   * Takes the next bytes of the data set. The promise asks the caller to wait before the next call; `undefined`: go on.
   * The bytes are copied: the caller may use their memory again at once. A full disk is told by `finish`, never thrown here.
   */
  write(bytes: Buffer): Promise<void> | undefined
  finish(): Promise<StoreOutcome>
  /** The sender broke off: the part file is removed, nothing is recorded. */
  abandon(): Promise<void>
}
