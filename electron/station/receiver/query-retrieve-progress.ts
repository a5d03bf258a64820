import { type ElementToWrite, encodeDataSet } from '../../../shared/dicom/data-set-writer.ts'
import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'

/** The sub-operations of a C-MOVE or C-GET, PS3.7 9.1.3 and 9.1.4. */
export type SubOperations = {
  readonly total: number
  readonly completed: number
  readonly warning: number
  /** SOP Instance UIDs. */
  readonly failed: readonly string[]
}

export type SubOperationEnd = 'completed' | 'warning' | 'failed'

/** What a C-STORE-RSP means, PS3.4 table B.2-1 and PS3.7 annex C. */
export function endOfStatus(status: number): SubOperationEnd {
  if (status === 0) return 'completed'
  const isWarning = status >> 12 === 0xb || status === 0x0001 || status === 0x0107 || status === 0x0116
  return isWarning ? 'warning' : 'failed'
}

export function withEnd(progress: SubOperations, sopInstanceUid: string, end: SubOperationEnd): SubOperations {
  if (end === 'failed') return { ...progress, failed: [...progress.failed, sopInstanceUid] }
  return { ...progress, [end]: progress[end] + 1 }
}

/** Counts for a response; those that remain only while it goes on, or after a cancel (PS3.7 9.3.3.2, 9.3.4.2). */
export function countElements(progress: SubOperations, hasRemaining: boolean): ElementToWrite[] {
  const { total, completed, warning, failed } = progress
  const remaining = total - completed - warning - failed.length
  const count = (tag: number, value: number) => ({ tag, vr: 'US', value: Math.min(value, 0xffff) })
  return [
    ...(hasRemaining ? [count(0x00001020, remaining)] : []),
    count(0x00001021, completed),
    count(0x00001022, failed.length),
    count(0x00001023, warning),
  ]
}

/**
 * Pure: the last response. PS3.4 tables C.4-2 and C.4-3: all failed is a failure, some a warning. A cancel before the first match was
 * found ended it as well: nobody knows what there would have been.
 */
export function finalStatus({ total, completed, warning, failed }: SubOperations, isCancelled: boolean): number {
  if (isCancelled && (total === 0 || completed + warning + failed.length < total)) return dicomStatus.cancel
  if (failed.length === 0) return dicomStatus.success
  return completed + warning === 0 ? dicomStatus.outOfResourcesSubOperations : dicomStatus.subOperationsWithFailures
}

/** The identifier of the last response: FailedSOPInstanceUIDList (0008,0058), PS3.4 C.4.2.1.4.2; undefined where none failed. */
export function failedIdentifier({ failed }: SubOperations, explicitVr: boolean): Buffer | undefined {
  if (failed.length === 0) return undefined
  // A UI in explicit VR has a length of 16 bits.
  const room = 60_000
  const listed: string[] = []
  for (let at = 0, length = 0; at < failed.length && length + failed[at]!.length < room; at++) {
    length += failed[at]!.length + 1
    listed.push(failed[at]!)
  }
  return encodeDataSet([{ tag: 0x00080058, vr: 'UI', value: listed.join('\\') }], { explicitVr, text: 'ascii' })
}
