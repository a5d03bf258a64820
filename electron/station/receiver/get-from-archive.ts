import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import { encodeStoreRq } from '../../../shared/dicom/dimse-command.ts'
import { copyInSyntax } from '../uploads/copy-in-syntax.ts'
import { type CopyToSend, readCopy } from '../uploads/copy-to-send.ts'
import type { DimseCall, DimseHandler } from './dimse-call.ts'
import { contextToGive } from './get-context.ts'
import { recordRetrieve } from './query-retrieve-audit.ts'
import type { QueryRoot } from './query-retrieve-identifier.ts'
import { commentOn, copyToGive, instancesOf, type RetrievedInstance } from './query-retrieve-matches.ts'
import {
  countElements,
  endOfStatus,
  type SubOperationEnd,
  type SubOperations,
  withEnd,
} from './query-retrieve-progress.ts'
import { answerFinally, keysNamed, type RetrieveParts } from './retrieve-dialogue.ts'

/**
 * C-GET, PS3.4 C.4.3: the objects come back on the same association, on contexts whose class the peer takes as SCP. Each goes as
 * it is stored, read from the disk as the peer takes it.
 */
export function createArchiveGet(parts: RetrieveParts, root: QueryRoot): DimseHandler {
  return async (call) => {
    const { callingAeTitle, reply } = call
    const keys = await keysNamed(parts, root, call)
    if (!keys) return
    const asked = await instancesOf(parts.query, keys, reply.cancelled)
    const sent = new Set<string>()
    let progress: SubOperations = { total: asked.length, completed: 0, warning: 0, failed: [] }
    let comment = ''
    for (const instance of asked) {
      if (reply.cancelled.aborted) break
      const given = await give(parts, call, instance)
      if (given.kind === 'lost') break
      if (given.end !== 'failed') sent.add(instance.sopInstanceUid)
      else comment ||= given.why
      progress = withEnd(progress, instance.sopInstanceUid, given.end)
      await reply.answer({ status: dicomStatus.pending, elements: countElements(progress, true) })
    }
    recordRetrieve(parts.audit, { callingAeTitle, destination: callingAeTitle }, asked, sent)
    parts.log.info({ callingAeTitle, asked: asked.length, sent: sent.size }, 'images were fetched')
    await answerFinally(call, progress, comment)
  }
}

type Given =
  | { readonly kind: 'ended'; readonly end: Exclude<SubOperationEnd, 'failed'> }
  | { readonly kind: 'ended'; readonly end: 'failed'; readonly why: string }
  /** The association is over. */
  | { readonly kind: 'lost' }

const failed = (why: string): Given => ({ kind: 'ended', end: 'failed', why })

async function give({ archive }: RetrieveParts, call: DimseCall, instance: RetrievedInstance): Promise<Given> {
  const { sopClassUid, sopInstanceUid } = instance
  const context = contextToGive(call.contexts, sopClassUid, instance.transferSyntaxUid)
  if (context === 'class') return failed('a SOP class was not negotiated with the SCP role')
  if (context === 'syntax') return failed('a stored transfer syntax was not negotiated')
  const made = await copyToGive(archive, sopInstanceUid)
  if (made.kind === 'failed') return failed(commentOn(made))
  const copy = await inSyntax(made.copy, context.transferSyntax)
  if (!copy) return failed('an object cannot be read or written in another syntax')
  const command = (messageId: number) => encodeStoreRq(messageId, sopClassUid, sopInstanceUid)
  const answer = await call.reply.request(context.id, command, readCopy(copy))
  if (!answer) return { kind: 'lost' }
  const end = endOfStatus(answer.status ?? dicomStatus.processingFailure)
  return end === 'failed'
    ? failed(`the peer refused an object: ${answer.status?.toString(16)}`)
    : { kind: 'ended', end }
}

/** What cannot be read now fails alone, before its first byte is promised. */
async function inSyntax(copy: CopyToSend, transferSyntaxUid: string): Promise<CopyToSend | undefined> {
  try {
    return await copyInSyntax(copy, transferSyntaxUid)
  } catch {
    return undefined
  }
}
