import type { Archive } from '../archive/archive.ts'
import type { ArchiveQuery } from '../archive/query-archive.ts'
import { type QueryAttributes, queryTag } from '../archive/query-attributes.ts'
import { type CopyMade, originalCopy } from '../uploads/copy-to-send.ts'
import { copyReason } from '../uploads/upload-reasons.ts'

/** One instance that a C-MOVE or C-GET names. */
export type RetrievedInstance = {
  readonly sopClassUid: string
  readonly sopInstanceUid: string
  readonly studyInstanceUid: string
  readonly transferSyntaxUid: string
}

/** Every instance below the unique keys, in the order in which people leaf through them. Lets others work in between. After a cancel not all. */
export async function instancesOf(
  query: ArchiveQuery,
  keys: ReadonlyMap<number, string>,
  cancelled: AbortSignal,
): Promise<readonly RetrievedInstance[]> {
  const found: RetrievedInstance[] = []
  let seen = 0
  for (const attributes of query.walk({ level: 'IMAGE', keys })) {
    if (cancelled.aborted) break
    if (attributes) found.push(retrieved(attributes))
    if (++seen % 500 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  return found
}

function retrieved(attributes: QueryAttributes): RetrievedInstance {
  const text = (tag: number) => attributes.get(tag)?.value ?? ''
  return {
    sopClassUid: text(queryTag.sopClassUid),
    sopInstanceUid: text(queryTag.sopInstanceUid),
    studyInstanceUid: text(queryTag.studyInstanceUid),
    transferSyntaxUid: text(queryTag.availableTransferSyntaxUid),
  }
}

/**
 * The received bytes as they are: what is given out is what came in. A file that is gone or is not as it came raises an alarm, and the
 * object fails alone.
 */
export async function copyToGive(
  archive: Pick<Archive, 'instanceByUid' | 'dataSetOf' | 'alarmUnusable'>,
  sopInstanceUid: string,
): Promise<CopyMade> {
  const instance = archive.instanceByUid(sopInstanceUid)
  const stored = instance && archive.dataSetOf(instance.id)
  if (!stored) return { kind: 'failed', reason: copyReason('COPY-FILE-MISSING'), fixable: true }
  const made = await originalCopy(stored)
  if (made.kind === 'failed' && made.fixable) {
    archive.alarmUnusable(instance.id, made.reason.code === 'COPY-FILE-MISSING' ? 'missing' : 'altered')
  }
  return made
}

/** For ErrorComment (0000,0902). */
export function commentOn({ reason }: Extract<CopyMade, { kind: 'failed' }>): string {
  if (reason.code === 'COPY-FILE-MISSING') return 'a file is missing'
  return reason.code === 'COPY-FILE-ALTERED' ? 'a stored file is damaged' : 'a stored file cannot be read'
}
