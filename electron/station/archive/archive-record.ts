import type { AlarmProblem } from '../../../shared/problems/alarm.ts'
import type { Problem } from '../../../shared/problems/problem.ts'

/** One set of bytes that came under a SOPInstanceUID. */
export type InstanceVersion = {
  readonly id: string
  readonly instanceId: string
  /** Of the data set as it came. */
  readonly crc32: number
  readonly sizeBytes: number
  readonly transferSyntaxUid: string
  readonly callingAeTitle: string
  readonly receivedAt: number
  readonly isCurrent: boolean
  /** Other bytes than the current version, not decided yet. */
  readonly isConflict: boolean
}

export type RaisedAlarm = {
  /** incomplete: a device sent it cut short. damaged: its file is not as it came. */
  readonly kind: 'file-missing' | 'other-bytes' | 'incomplete' | 'damaged'
  /** A version's id. */
  readonly subject: string
  readonly problem: AlarmProblem
  readonly raisedAt: number
}

/** `studyInstanceUid`: of its image, null where that is not in the index. */
export type ArchiveAlarm = RaisedAlarm & { readonly studyInstanceUid: string | null }

export type QuarantinedObject = {
  readonly id: string
  readonly file: string
  readonly status: number
  /** Why it was not taken: OBJECT-… */
  readonly problem: Problem
  readonly callingAeTitle: string
  readonly sopInstanceUid: string
  readonly sizeBytes: number
  readonly quarantinedAt: number
}

export type ArchiveCounts = {
  readonly studies: number
  readonly instances: number
  readonly versions: number
  readonly quarantined: number
  readonly sizeBytes: number
}

export type SweepFindings = {
  readonly quarantinedParts: number
  readonly indexedAgain: number
  readonly missingFiles: readonly RaisedAlarm[]
}
