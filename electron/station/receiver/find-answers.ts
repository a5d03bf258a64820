import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import type { DimseReply } from './dimse-call.ts'

/**
 * The responses of a C-FIND (PS3.7 9.1.2, PS3.4 C.4.1.3): one pending for each identifier, then success; or cancel, when the peer
 * asked for that in between. Between two the station reads on, so that a C-CANCEL-RQ is seen. Gives how many were sent.
 */
export async function answerFind(reply: DimseReply, identifiers: Iterable<Buffer>): Promise<number> {
  let sent = 0
  for (const identifier of identifiers) {
    if (reply.cancelled.aborted) break
    if (!(await reply.answer({ status: dicomStatus.pending }, identifier))) return sent
    sent++
    await new Promise((resolve) => setImmediate(resolve))
  }
  await reply.answer({ status: reply.cancelled.aborted ? dicomStatus.cancel : dicomStatus.success })
  return sent
}
