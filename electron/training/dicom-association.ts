import { type CommandSet, type CommandToWrite, commandField, writeCommandSet } from '../../shared/dicom/command-set.ts'
import {
  type AssociationFailure,
  associationTimeouts,
  openAssociation as openAsRequestor,
  type ReceivedMessage,
} from '../../shared/dicom/dicom-association.ts'
import { dicomStatus } from '../../shared/dicom/dicom-status.ts'
import { encodeEchoRq, encodeResponse, encodeStoreRq } from '../../shared/dicom/dimse-command.ts'
import type { StreamEnd } from '../../shared/dicom/pdu-socket.ts'

export type AssociationAddress = {
  readonly callingAeTitle: string
  readonly calledAeTitle: string
  readonly host: string
  readonly port: number
}

export type WantedContext = { readonly abstractSyntax: string; readonly transferSyntaxes: readonly string[] }
export type GrantedContext = { readonly id: number; readonly abstractSyntax: string; readonly transferSyntax: string }

/** The station said no, or went away. `reason`: of the A-ASSOCIATE-RJ, PS3.8 table 9-21. */
export class AssociationFailed extends Error {
  readonly kind: 'rejected' | 'aborted' | 'closed'
  readonly reason: number | undefined
  constructor(kind: AssociationFailed['kind'], reason?: number) {
    super(reason === undefined ? `association ${kind}` : `association ${kind}, reason ${reason}`)
    this.name = 'AssociationFailed'
    this.kind = kind
    this.reason = reason
  }
}

/** An N-EVENT-REPORT that the station sent on this association; it was answered with success. */
export type EventReport = { readonly eventTypeId: number; readonly dataSet: Buffer; readonly transferSyntax: string }
export type DicomAssociation = Awaited<ReturnType<typeof openAssociation>>

/** A device waits as long as it takes: its clinic sees that the station is slow, and a test sees why. */
const patience = 10 * 60_000
const timeouts = { ...associationTimeouts, associateMs: patience, stallMs: patience, responseMs: patience }

/**
 * The calling side of an association in the few words a modality needs. It sends data sets as they are, byte for byte, and hands over
 * answers undecoded: what a real device does, and what a library that parses cannot. Throws AssociationFailed.
 */
export async function openAssociation(address: AssociationAddress, wanted: readonly WantedContext[]) {
  const { host, port, calledAeTitle, callingAeTitle } = address
  const contexts = wanted.map((context, index) => ({ id: index * 2 + 1, ...context }))
  const opened = await openAsRequestor({ host, port, aeTitle: calledAeTitle }, callingAeTitle, contexts, timeouts)
  if (opened.kind !== 'open') throw errorOf(opened)
  const { association } = opened
  const granted = association.accepted.contexts
  const reports: EventReport[] = []
  let lastMessageId = 0

  async function send(context: GrantedContext, command: Buffer, dataSet?: AsyncIterable<Buffer>): Promise<void> {
    const sent = await association.send({ contextId: context.id, command, ...(dataSet && { dataSet }) })
    if (sent.kind !== 'sent') throw ended(sent.kind === 'lost' ? sent.why : 'closed')
  }

  async function nextMessage(): Promise<ReceivedMessage> {
    const message = await association.receive()
    if (typeof message === 'string') throw ended(message)
    return message
  }

  async function takeReport({ command, dataSet }: ReceivedMessage): Promise<void> {
    const context = contextFor(command.affectedSopClassUid)
    if (!context) throw new AssociationFailed('closed')
    reports.push({ eventTypeId: command.eventTypeId ?? 0, dataSet, transferSyntax: context.transferSyntax })
    await send(context, encodeResponse(command, { status: dicomStatus.success }))
  }

  /** The answer to what was asked; a report of the station may come before it. */
  async function nextAnswer(): Promise<ReceivedMessage> {
    for (;;) {
      const message = await nextMessage()
      if (message.command.field !== commandField.nEventReportRq) return message
      await takeReport(message)
    }
  }

  async function ask(
    context: GrantedContext,
    request: Omit<CommandToWrite, 'messageId' | 'hasDataSet'>,
    dataSet: Buffer,
  ): Promise<CommandSet> {
    await send(context, writeCommandSet({ ...request, messageId: ++lastMessageId, hasDataSet: true }), whole(dataSet))
    return (await nextAnswer()).command
  }

  function contextFor(abstractSyntax: string, transferSyntax?: string): GrantedContext | undefined {
    return granted.find(
      (context) =>
        context.abstractSyntax === abstractSyntax &&
        (transferSyntax === undefined || context.transferSyntax === transferSyntax),
    )
  }

  return {
    contextFor,
    granted,
    /** C-ECHO, PS3.7 9.3.5. */
    async echo(context: GrantedContext): Promise<number> {
      await send(context, encodeEchoRq(++lastMessageId))
      return (await nextAnswer()).command.status ?? -1
    },
    /** C-FIND, PS3.7 9.3.2: every pending answer's identifier, then the final status. */
    async find(context: GrantedContext, identifier: Buffer): Promise<{ answers: Buffer[]; status: number }> {
      const command = writeCommandSet({
        field: commandField.cFindRq,
        messageId: ++lastMessageId,
        hasDataSet: true,
        priority: 0,
        affectedSopClassUid: context.abstractSyntax,
      })
      await send(context, command, whole(identifier))
      const answers: Buffer[] = []
      for (;;) {
        const { command, dataSet } = await nextAnswer()
        if (command.status !== dicomStatus.pending) return { answers, status: command.status ?? -1 }
        answers.push(dataSet)
      }
    },
    /** C-STORE, PS3.7 9.3.1. `upTo`: stop in mid-instance, for trials of what a station does then; there is no answer. */
    async store(context: GrantedContext, sopInstanceUid: string, dataSet: Buffer, upTo?: number): Promise<number> {
      const command = encodeStoreRq(++lastMessageId, context.abstractSyntax, sopInstanceUid)
      if (upTo !== undefined && upTo < dataSet.length) {
        const { pieces, taken } = beginningOf(dataSet, upTo)
        await Promise.race([send(context, command, pieces), taken])
        return -1
      }
      await send(context, command, whole(dataSet))
      return (await nextAnswer()).command.status ?? -1
    },
    /** N-CREATE, PS3.7 10.3.5; '' leaves the instance's UID to the station. */
    create(context: GrantedContext, sopInstanceUid: string, dataSet: Buffer): Promise<CommandSet> {
      const affectedSopClassUid = context.abstractSyntax
      const affectedSopInstanceUid = sopInstanceUid
      return ask(context, { field: commandField.nCreateRq, affectedSopClassUid, affectedSopInstanceUid }, dataSet)
    },
    /** N-SET, PS3.7 10.3.3. */
    set(context: GrantedContext, sopInstanceUid: string, dataSet: Buffer): Promise<CommandSet> {
      const requestedSopClassUid = context.abstractSyntax
      const requestedSopInstanceUid = sopInstanceUid
      return ask(context, { field: commandField.nSetRq, requestedSopClassUid, requestedSopInstanceUid }, dataSet)
    },
    /** N-ACTION, PS3.7 10.3.4. */
    action(
      context: GrantedContext,
      sopInstanceUid: string,
      actionTypeId: number,
      dataSet: Buffer,
    ): Promise<CommandSet> {
      const requested = { requestedSopClassUid: context.abstractSyntax, requestedSopInstanceUid: sopInstanceUid }
      return ask(context, { field: commandField.nActionRq, ...requested, actionTypeId }, dataSet)
    },
    /** The next N-EVENT-REPORT of the station; waits until it comes. */
    async report(): Promise<EventReport> {
      while (reports.length === 0) {
        const message = await nextMessage()
        if (message.command.field === commandField.nEventReportRq) await takeReport(message)
      }
      return reports.shift()!
    },
    release: association.release,
    /** A-ABORT by the service user, PS3.8 9.3.8. */
    abort: association.abort,
    /** The cable is pulled. */
    cut: association.cut,
  }
}

function errorOf(failure: AssociationFailure): Error {
  switch (failure.kind) {
    case 'unreachable':
      return new Error(`the station cannot be reached: ${failure.why}`)
    case 'rejected':
      return new AssociationFailed('rejected', failure.rejection.reason)
    case 'lost':
      return ended(failure.why)
  }
}

const ended = (why: StreamEnd) => new AssociationFailed(why === 'aborted' ? 'aborted' : 'closed')

async function* whole(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

/** The first bytes of a data set that never goes on; `taken` when they have left. */
function beginningOf(dataSet: Buffer, upTo: number) {
  const { promise: taken, resolve } = Promise.withResolvers<void>()
  async function* pieces(): AsyncGenerator<Buffer> {
    yield dataSet.subarray(0, upTo - (upTo % 2))
    // What was held back as a possible last piece is sent when another one comes.
    yield Buffer.alloc(0)
    resolve()
    await new Promise(() => {})
  }
  return { pieces: pieces(), taken }
}
