import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import type {
  CommitmentRequest,
  CommitmentResult,
  FailedObject,
  ReferencedObject,
} from './storage-commitment-data-set.ts'

/** What the archive has of one object. `isWhole`: its file is there with the size that its row says. */
export type FoundObject = { readonly sopClassUid: string; readonly isWhole: boolean }

/**
 * Pure: which objects this station answers for (PS3.4 J.3.3). A row stands in the archive only when its bytes were synced; a file
 * that vanished since is none. Failure reasons of PS3.3 C.14.1.1.
 */
export function judgeCommitment(
  { transactionUid, referenced }: CommitmentRequest,
  found: (sopInstanceUid: string) => FoundObject | undefined,
): CommitmentResult {
  const kept: ReferencedObject[] = []
  const failed: FailedObject[] = []
  for (const object of referenced) {
    const has = found(object.sopInstanceUid)
    if (!has?.isWhole) failed.push({ ...object, why: dicomStatus.noSuchSopInstance })
    else if (has.sopClassUid !== object.sopClassUid) failed.push({ ...object, why: dicomStatus.classInstanceConflict })
    else kept.push(object)
  }
  return { transactionUid, kept, failed }
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Until a report is tried again: 10 s, 30 s, 2 min, 10 min, then every hour for a day. */
export const commitmentDelays: readonly number[] = [
  10 * second,
  30 * second,
  2 * minute,
  10 * minute,
  ...Array.from({ length: 24 }, () => hour),
]

/** When to try again after `attempts` that failed; null: not by itself any more. */
export function nextCommitmentAttempt(now: number, attempts: number): number | null {
  const delay = commitmentDelays[attempts - 1]
  return delay === undefined ? null : now + delay
}
