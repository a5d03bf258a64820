import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import { dataSetEncodingOf } from '../../../shared/dicom/transfer-syntax.ts'
import type { Archive } from '../archive/archive.ts'
import type { DimseCall } from './dimse-call.ts'
import { type QueryRetrieveParts, understood } from './find-in-archive.ts'
import { keysOfRetrieve, type QueryRoot } from './query-retrieve-identifier.ts'
import { countElements, failedIdentifier, finalStatus, type SubOperations } from './query-retrieve-progress.ts'

// How a C-MOVE and a C-GET begin and end; what they do in between is their own.

export type RetrieveParts = QueryRetrieveParts & {
  readonly archive: Pick<Archive, 'instanceByUid' | 'dataSetOf' | 'alarmUnusable'>
}

/** The unique keys that it names. Undefined: it was answered with why not. */
export async function keysNamed(
  parts: QueryRetrieveParts,
  root: QueryRoot,
  call: DimseCall,
): Promise<ReadonlyMap<number, string> | undefined> {
  const identifier = await understood(parts, root, call)
  if (!identifier) return undefined
  const keys = keysOfRetrieve(root, identifier)
  if (keys) return keys
  const comment = `the unique key of level ${identifier.level} is needed`
  await call.reply.answer({ status: dicomStatus.dataSetDoesNotMatchSopClass, comment })
  return undefined
}

/** The last response: how many of which end, and which failed. `comment`: why the first did, or ''. */
export async function answerFinally(
  { context, reply }: DimseCall,
  progress: SubOperations,
  comment: string,
): Promise<void> {
  const status = finalStatus(progress, reply.cancelled.aborted)
  const elements = countElements(progress, status === dicomStatus.cancel)
  const { explicitVr } = dataSetEncodingOf(context.transferSyntax)
  await reply.answer({ status, elements, ...(comment !== '' && { comment }) }, failedIdentifier(progress, explicitVr))
}
