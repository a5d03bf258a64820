import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import type { ResponseToWrite } from '../../../shared/dicom/dimse-command.ts'
import type { Device } from '../../../shared/models/settings.ts'
import type { DimseReply } from './dimse-call.ts'

/** The set in which a question is answered: the device's own; who is not registered (training mode) is answered as it asks. */
export const answeringSet = (known: Device['characterSet'] | undefined, declared: string): Device['characterSet'] =>
  known ?? (declared === 'ISO_IR 192' ? 'utf-8' : 'gb18030')

/**
 * The responses of a C-FIND (PS3.7 9.1.2, PS3.4 C.4.1.3): one pending for each identifier, then `last`; or cancel, when the peer
 * asked for that in between. Between two the station reads on, so that a C-CANCEL-RQ is seen. Gives how many were sent.
 */
export async function answerFind(
  reply: DimseReply,
  identifiers: Iterable<Buffer>,
  pending: number,
  last: ResponseToWrite,
): Promise<number> {
  let sent = 0
  for (const identifier of identifiers) {
    if (reply.cancelled.aborted) break
    if (!(await reply.answer({ status: pending }, identifier))) return sent
    sent++
    await new Promise((resolve) => setImmediate(resolve))
  }
  await reply.answer(reply.cancelled.aborted ? { status: dicomStatus.cancel } : last)
  return sent
}
