import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import type { CopyMade } from '../uploads/copy-to-send.ts'
import { type InstanceToSend, sendInstances } from '../uploads/dicom-sender.ts'
import { copyReason } from '../uploads/upload-reasons.ts'
import type { DimseHandler } from './dimse-call.ts'
import { recordRetrieve } from './query-retrieve-audit.ts'
import type { QueryRoot } from './query-retrieve-identifier.ts'
import { commentOn, copyToGive, instancesOf, type RetrievedInstance } from './query-retrieve-matches.ts'
import { countElements, endOfStatus, type SubOperations, withEnd } from './query-retrieve-progress.ts'
import { answerFinally, keysNamed, type RetrieveParts } from './retrieve-dialogue.ts'

/**
 * C-MOVE, PS3.4 C.4.2: to a registered device with an address, on an association of our own, the stored bytes as they are. A
 * C-CANCEL-RQ is obeyed between two objects.
 */
export function createArchiveMove(parts: RetrieveParts, root: QueryRoot): DimseHandler {
  return async (call) => {
    const { command, callingAeTitle, reply } = call
    const keys = await keysNamed(parts, root, call)
    if (!keys) return
    const destination = command.moveDestination
    const device = parts.devices().find(({ aeTitle, host, port }) => aeTitle === destination && host !== '' && port)
    if (!device?.port) {
      parts.log.warn({ callingAeTitle, destination }, 'images were to be moved to a device without an address')
      const comment = 'the move destination has no address here'
      await reply.answer({ status: dicomStatus.moveDestinationUnknown, comment })
      return
    }
    const asked = await instancesOf(parts.query, keys, reply.cancelled)
    const sent = new Set<string>()
    let progress: SubOperations = { total: asked.length, completed: 0, warning: 0, failed: [] }
    let told: Promise<unknown> = Promise.resolve()
    let why = ''
    const caller = {
      peer: { aeTitle: device.aeTitle, host: device.host, port: device.port },
      callingAeTitle: parts.aeTitle,
      signal: reply.gone,
      originator: { aeTitle: callingAeTitle, messageId: command.messageId },
    }
    const sending = sendInstances(
      caller,
      asked.map((instance) => toSend(parts.archive, instance, reply.cancelled)),
      (index, result) => {
        // What was not begun when the cancel came is neither done nor failed: it remains.
        if (result.kind === 'not-prepared' && reply.cancelled.aborted) return
        const { sopInstanceUid } = asked[index]!
        const end = result.kind === 'answered' ? endOfStatus(result.answer.status) : 'failed'
        if (end !== 'failed') sent.add(sopInstanceUid)
        if (result.kind === 'failed') why = `the move destination: ${result.failure.kind}`
        if (result.kind === 'not-prepared') why ||= commentOn(result.made)
        progress = withEnd(progress, sopInstanceUid, end)
        const response = { status: dicomStatus.pending, elements: countElements(progress, true) }
        told = told.then(() => reply.answer(response))
      },
    )
    // A destination that does not answer must not hold an association that is over, nor a station that stops.
    sending.catch((error) => parts.log.error({ err: error, destination }, 'moving images failed'))
    await Promise.race([sending, aborted(reply.gone)])
    await told
    recordRetrieve(parts.audit, { callingAeTitle, destination }, asked, sent)
    parts.log.info({ callingAeTitle, destination, asked: asked.length, sent: sent.size }, 'images were moved')
    await answerFinally(call, progress, why)
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

function toSend(
  archive: RetrieveParts['archive'],
  { sopClassUid, sopInstanceUid, transferSyntaxUid }: RetrievedInstance,
  cancelled: AbortSignal,
): InstanceToSend {
  return {
    sopClassUid,
    sopInstanceUid,
    transferSyntaxUid,
    async prepare(): Promise<CopyMade> {
      if (cancelled.aborted) return { kind: 'failed', reason: copyReason('COPY-FILE-UNREADABLE'), fixable: false }
      return copyToGive(archive, sopInstanceUid)
    },
  }
}
