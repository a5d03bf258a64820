import { type CommandSet, commandField, writeCommandSet } from './command-set.ts'
import type { ElementToWrite } from './data-set-writer.ts'
import { verificationSopClass } from './sop-class.ts'

/** Who asked for a C-STORE by a C-MOVE, and the MessageID of that C-MOVE. */
export type MoveOriginator = { readonly aeTitle: string; readonly messageId: number }

/** C-STORE-RQ, PS3.7 9.3.1.1. Priority medium. */
export function encodeStoreRq(
  messageId: number,
  sopClassUid: string,
  sopInstanceUid: string,
  originator?: MoveOriginator,
): Buffer {
  return writeCommandSet({
    field: commandField.cStoreRq,
    messageId,
    hasDataSet: true,
    priority: 0,
    affectedSopClassUid: sopClassUid,
    affectedSopInstanceUid: sopInstanceUid,
    elements: originator
      ? [
          { tag: 0x00001030, vr: 'AE', value: originator.aeTitle },
          { tag: 0x00001031, vr: 'US', value: originator.messageId },
        ]
      : [],
  })
}

/** C-ECHO-RQ, PS3.7 9.3.5.1. */
export function encodeEchoRq(messageId: number): Buffer {
  const affectedSopClassUid = verificationSopClass
  return writeCommandSet({ field: commandField.cEchoRq, messageId, hasDataSet: false, affectedSopClassUid })
}

/** N-EVENT-REPORT-RQ with a data set, PS3.7 10.3.1.1. */
export function encodeEventReportRq(
  messageId: number,
  sopClassUid: string,
  sopInstanceUid: string,
  eventTypeId: number,
): Buffer {
  return writeCommandSet({
    field: commandField.nEventReportRq,
    messageId,
    hasDataSet: true,
    affectedSopClassUid: sopClassUid,
    affectedSopInstanceUid: sopInstanceUid,
    eventTypeId,
  })
}

/** What a response says beside what it repeats of its request. */
export type ResponseToWrite = {
  readonly status: number
  /** ErrorComment (0000,0902): cut to 64 characters of the default repertoire. */
  readonly comment?: string
  readonly hasDataSet?: boolean
  /** Further elements of group 0000, as the counts of sub-operations; one that is repeated from the request is replaced. */
  readonly elements?: readonly ElementToWrite[]
}

/** The response to a request, PS3.7 9.3 and 10.3: its class and instance, its MessageID and ids come back as they were asked. */
export function encodeResponse(request: CommandSet, response: ResponseToWrite): Buffer {
  return writeCommandSet({
    field: request.field | 0x8000,
    messageId: request.messageId,
    hasDataSet: response.hasDataSet ?? false,
    status: response.status,
    errorComment: (response.comment ?? '').slice(0, 64),
    affectedSopClassUid: request.affectedSopClassUid || request.requestedSopClassUid,
    affectedSopInstanceUid: request.affectedSopInstanceUid || request.requestedSopInstanceUid,
    eventTypeId: request.eventTypeId,
    actionTypeId: request.actionTypeId,
    elements: response.elements ?? [],
  })
}
