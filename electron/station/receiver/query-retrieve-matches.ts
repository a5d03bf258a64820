import type { StoredDataSet } from '../archive/archive.ts'
import type { ArchiveQuery } from '../archive/query-archive.ts'
import { type QueryAttributes, queryTag } from '../archive/query-attributes.ts'
import type { CopyMade } from '../uploads/copy-to-send.ts'

/** One instance that a C-MOVE or C-GET names. */
export type RetrievedInstance = {
  readonly sopClassUid: string
  readonly sopInstanceUid: string
  readonly studyInstanceUid: string
  readonly transferSyntaxUid: string
}

/** Every instance below the unique keys, in the order in which people leaf through them. Lets others work in between. */
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

/** The received bytes as they are: what is given out is what came in. */
export function untouchedCopy(stored: StoredDataSet, sha256: string): Extract<CopyMade, { kind: 'made' }> {
  return {
    kind: 'made',
    copy: {
      path: stored.path,
      transferSyntaxUid: stored.transferSyntaxUid,
      headerBytes: Buffer.alloc(0),
      bodyRange: { start: stored.offset, length: stored.length },
      totalLength: stored.length,
      changes: [],
      sha256,
    },
  }
}
