import type { Socket } from 'node:net'
import { type AssociationRequest, readAssociationRequest } from '../../../shared/dicom/association-request.ts'
import { type CommandSet, commandField, isResponse, readCommandSet } from '../../../shared/dicom/command-set.ts'
import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import { encodeResponse } from '../../../shared/dicom/dimse-command.ts'
import { abortPdu, abortReason, PeerViolation, pduType } from '../../../shared/dicom/pdu.ts'
import type { AssociationDecision } from './association-policy.ts'
import type { AcceptedContext } from './context-answer.ts'
import { createDicomServer } from './dicom-server.ts'
import type { DimseHandler, DimseReply } from './dimse-call.ts'
import { createConversation } from './dimse-conversation.ts'
import { createMessageWriter } from './message-writer.ts'
import { createPduStream } from './pdu-stream.ts'
import type { InstanceReceipt, StoreAnswer } from './receive-instance.ts'
import type { ReceiverLimits } from './receiver-limits.ts'

/** What the station does with what an association asks. */
export type AssociationServices = {
  /** Whatever must be asked of others before it is decided. */
  prepare?(request: AssociationRequest): Promise<void>
  decide(request: AssociationRequest): AssociationDecision
  accepted(request: AssociationRequest): void
  /** The peer was told so: from now on it can be asked as well. */
  opened?(open: OpenAssociation): void
  /** Undefined: no such request on this context, it is answered with 0x0211 (unrecognized operation). */
  handlerOf(context: AcceptedContext, commandField: number): DimseHandler | undefined
  receive(command: CommandSet, context: AcceptedContext, callingAeTitle: string): Promise<InstanceReceipt>
  stored(answer: StoreAnswer): void
  failed(error: unknown): void
}

/** An association as long as it is open; a request of our own comes back undefined when it is over. */
export type OpenAssociation = {
  readonly callingAeTitle: string
  readonly contexts: readonly AcceptedContext[]
  readonly request: DimseReply['request']
}

/**
 * Where a message stands (PS3.7 6.3.1: a command set, then a data set when the command says so; PS3.8 annex E: never two at a time).
 * storing: bytes go to the archive. gathering: the data set of any other message is kept together, bounded.
 */
type Message =
  | { readonly kind: 'none' }
  | { readonly kind: 'command'; readonly contextId: number; readonly pieces: Buffer[]; length: number }
  | {
      readonly kind: 'storing'
      readonly context: AcceptedContext
      readonly command: CommandSet
      readonly receipt: InstanceReceipt
    }
  | {
      readonly kind: 'gathering'
      readonly context: AcceptedContext
      readonly command: CommandSet
      readonly pieces: Buffer[]
      length: number
    }

/** Any maximum below this would make an answer of thousands of PDUs; no device asks for it. */
const smallestPdu = 128

/** One association from its first byte: `take` is given what was read, `close` says that no more comes. */
export function createAssociation(socket: Socket, limits: ReceiverLimits, services: AssociationServices) {
  let message: Message = { kind: 'none' }
  let contexts: ReadonlyMap<number, AcceptedContext> = new Map()
  let callingAeTitle = ''
  let isAssociated = false
  let isOver = false
  const server = createDicomServer(socket, limits.dataPdu, (error) => services.failed(error))
  const writer = createMessageWriter(socket, limits.stall)
  const conversation = createConversation(writer, limits.answer, { failed: services.failed, lose })
  const stream = createPduStream(limits, { pdu: takePdu, fragment: takeFragment })

  async function takePdu(type: number, bytes: Buffer): Promise<void> {
    if (isOver) return
    switch (type) {
      case pduType.associateRq:
        return associate(readAssociationRequest(bytes, limits.presentationContexts))
      case pduType.releaseRq:
        if (message.kind !== 'none') throw unexpected('A-RELEASE-RQ within a message')
        await conversation.end()
        await server.release()
        return end()
      case pduType.abort:
        isOver = true
        socket.destroy()
        return
      default:
        throw unexpected(`PDU type ${type}`)
    }
  }

  async function associate(request: AssociationRequest): Promise<void> {
    if (request.maxPduLength !== 0 && request.maxPduLength < smallestPdu) {
      throw new PeerViolation(abortReason.invalidParameter, `takes PDUs of ${request.maxPduLength} bytes only`)
    }
    await services.prepare?.(request)
    if (socket.destroyed) return
    const decision = services.decide(request)
    if (decision.kind === 'reject') {
      await server.reject(request, decision)
      return end()
    }
    isAssociated = true
    callingAeTitle = request.callingAeTitle
    contexts = new Map(
      decision.contexts.filter((context) => context.result === 0).map((context) => [context.id, context]),
    )
    writer.setPeerLimit(request.maxPduLength)
    services.accepted(request)
    await server.accept(request, decision)
    services.opened?.({ callingAeTitle, contexts: [...contexts.values()], request: conversation.request })
  }

  /** What was written goes out; the peer closes, or the front door does. */
  function end(): void {
    isOver = true
    socket.end()
  }

  /** The peer is given up: a message to it was cut off, or it does not answer. */
  function lose(): void {
    if (socket.writable) socket.end(abortPdu(abortReason.notSpecified))
    socket.destroySoon()
  }

  function takeFragment(
    contextId: number,
    isCommand: boolean,
    piece: Buffer,
    ends: boolean,
  ): Promise<void> | undefined {
    if (isOver) return undefined
    const context = contexts.get(contextId)
    if (!context)
      throw new PeerViolation(abortReason.invalidParameter, `presentation context ${contextId} was not accepted`)
    if (isCommand) return takeCommand(context, piece, ends)
    switch (message.kind) {
      case 'storing':
        if (message.context.id !== contextId) throw unexpected('a data set on another presentation context')
        return ends ? finishStoring(message, piece) : message.receipt.take(piece)
      case 'gathering':
        if (message.context.id !== contextId) throw unexpected('a data set on another presentation context')
        gather(message, piece, limits.identifier)
        return ends ? finishGathering(message) : undefined
      default:
        throw unexpected('a data set without a command')
    }
  }

  function takeCommand(context: AcceptedContext, piece: Buffer, ends: boolean): Promise<void> | undefined {
    if (message.kind === 'none') message = { kind: 'command', contextId: context.id, pieces: [], length: 0 }
    if (message.kind !== 'command' || message.contextId !== context.id) throw unexpected('a command within a message')
    gather(message, piece, limits.commandSet)
    return ends ? startMessage(context, Buffer.concat(message.pieces)) : undefined
  }

  async function startMessage(context: AcceptedContext, bytes: Buffer): Promise<void> {
    const command = readCommandSet(bytes)
    message = { kind: 'none' }
    const isStore = command.field === commandField.cStoreRq && context.service === 'storage' && command.hasDataSet
    if (isStore) {
      const running = conversation.settled()
      if (running) await running
      message = { kind: 'storing', context, command, receipt: await services.receive(command, context, callingAeTitle) }
    } else if (command.hasDataSet) {
      message = { kind: 'gathering', context, command, pieces: [], length: 0 }
    } else await takeMessage(context, command, undefined)
  }

  async function takeMessage(context: AcceptedContext, command: CommandSet, dataSet: Buffer | undefined) {
    if (command.field === commandField.cCancelRq) return conversation.cancel(command.messageId)
    if (isResponse(command.field)) {
      if (!conversation.takeResponse(command)) throw unexpected('a response to nothing')
      return
    }
    const running = conversation.settled()
    if (running) await running
    if (command.field === commandField.cEchoRq && context.service === 'verification') {
      await writer.send(context.id, encodeResponse(command, { status: dicomStatus.success }))
      return
    }
    const handler = services.handlerOf(context, command.field)
    if (handler) {
      const call = { command, dataSet, context, callingAeTitle, contexts: [...contexts.values()] }
      conversation.serve(handler, call)
    } else await writer.send(context.id, encodeResponse(command, { status: dicomStatus.unrecognizedOperation }))
  }

  function finishGathering({ context, command, pieces }: Extract<Message, { kind: 'gathering' }>): Promise<void> {
    message = { kind: 'none' }
    return takeMessage(context, command, Buffer.concat(pieces))
  }

  async function finishStoring({ receipt, command, context }: Extract<Message, { kind: 'storing' }>, piece: Buffer) {
    const hold = receipt.take(piece)
    if (hold) await hold
    message = { kind: 'none' }
    const answer = await receipt.end()
    const { status, comment } = answer
    const sent = writer.send(
      context.id,
      encodeResponse(command, comment === undefined ? { status } : { status, comment }),
    )
    services.stored(answer)
    await sent
  }

  async function close(): Promise<void> {
    isOver = true
    await conversation.end()
    if (message.kind !== 'storing') return
    const { receipt } = message
    message = { kind: 'none' }
    await receipt.breakOff()
  }

  return {
    take: stream.take,
    /** Ends what was under way: an object that did not come whole is let go. */
    close,
    isAssociated: (): boolean => isAssociated && !isOver,
    isOver: (): boolean => isOver,
    /** True while the peer may wait for us: its silence is none. */
    isServing: conversation.isServing,
    /** True in the middle of a message: a pause is no silence yet. */
    isInMessage: (): boolean => message.kind !== 'none' || !stream.isBetweenPdus(),
  }
}

function gather(into: { readonly pieces: Buffer[]; length: number }, piece: Buffer, most: number): void {
  into.length += piece.length
  if (into.length > most)
    throw new PeerViolation(abortReason.invalidParameter, `a message part of more than ${most} bytes`)
  // Empty pieces without end would fill the memory and never reach the limit.
  if (piece.length > 0) into.pieces.push(Buffer.from(piece)) // its memory is read into again
}

function unexpected(what: string): PeerViolation {
  return new PeerViolation(abortReason.unexpectedPdu, what)
}
