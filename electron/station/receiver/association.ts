import type { Socket } from 'node:net'
import { type AssociationRequest, readAssociationRequest } from '../../../shared/dicom/association-request.ts'
import { type CommandSet, commandField, readCommandSet } from '../../../shared/dicom/command-set.ts'
import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import { abortReason, PeerViolation, pduType } from '../../../shared/dicom/pdu.ts'
import type { AcceptedContext, AssociationDecision } from './association-policy.ts'
import { createDicomServer } from './dicom-server.ts'
import { createPduStream } from './pdu-stream.ts'
import type { InstanceReceipt, StoreAnswer } from './receive-instance.ts'
import type { ReceiverLimits } from './receiver-limits.ts'

/** What the station does with what an association asks. */
export type AssociationServices = {
  decide(request: AssociationRequest): AssociationDecision
  accepted(request: AssociationRequest): void
  /** Undefined: the identifier cannot be understood. */
  worklist(identifier: Buffer, context: AcceptedContext, callingAeTitle: string): readonly Buffer[] | undefined
  receive(command: CommandSet, context: AcceptedContext, callingAeTitle: string): Promise<InstanceReceipt>
  stored(answer: StoreAnswer): void
  failed(error: unknown): void
}

/**
 * Where a message stands (PS3.7 6.3.1: a command set, then a data set when the command says so; PS3.8 annex E: never two at a time).
 * storing: bytes go to the archive. identifying: the identifier of a C-FIND is gathered, bounded.
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
      readonly kind: 'identifying'
      readonly context: AcceptedContext
      readonly command: Buffer
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
  const stream = createPduStream(limits, { pdu: takePdu, fragment: takeFragment })

  async function takePdu(type: number, bytes: Buffer): Promise<void> {
    if (isOver) return
    switch (type) {
      case pduType.associateRq:
        return associate(readAssociationRequest(bytes, limits.presentationContexts))
      case pduType.releaseRq:
        if (message.kind !== 'none') throw unexpected('A-RELEASE-RQ within a message')
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
    services.accepted(request)
    await server.accept(request, decision)
  }

  /** What was written goes out; the peer closes, or the front door does. */
  function end(): void {
    isOver = true
    socket.end()
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
      case 'identifying':
        if (message.context.id !== contextId) throw unexpected('an identifier on another presentation context')
        gather(message, piece, limits.identifier)
        return ends ? finishFinding(message) : undefined
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
    const isOf = (field: number, service: AcceptedContext['service'], hasDataSet: boolean) =>
      command.field === field && context.service === service && command.hasDataSet === hasDataSet
    if (isOf(commandField.cStoreRq, 'storage', true)) {
      message = { kind: 'storing', context, command, receipt: await services.receive(command, context, callingAeTitle) }
    } else if (isOf(commandField.cFindRq, 'worklist', true)) {
      message = { kind: 'identifying', context, command: bytes, pieces: [], length: 0 }
    } else if (isOf(commandField.cEchoRq, 'verification', false)) {
      await server.echo(context.id, bytes)
    } else if (command.field !== commandField.cCancelRq) {
      throw unexpected(`command ${command.field.toString(16)} on ${context.abstractSyntax}`)
    }
  }

  async function finishStoring({ receipt, command, context }: Extract<Message, { kind: 'storing' }>, piece: Buffer) {
    const hold = receipt.take(piece)
    if (hold) await hold
    message = { kind: 'none' }
    const answer = await receipt.end()
    server.store(context.id, command, answer.status, answer.comment)
    services.stored(answer)
  }

  async function finishFinding({ context, command, pieces }: Extract<Message, { kind: 'identifying' }>): Promise<void> {
    message = { kind: 'none' }
    let answers: readonly Buffer[] | undefined
    try {
      answers = services.worklist(Buffer.concat(pieces), context, callingAeTitle)
    } catch (error) {
      services.failed(error)
    }
    if (!answers) return server.findFailed(context.id, command, dicomStatus.cannotUnderstand)
    return server.find(context.id, command, answers)
  }

  async function close(): Promise<void> {
    isOver = true
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
    /** True in the middle of a message: a pause is no silence yet. */
    isInMessage: (): boolean => message.kind !== 'none' || !stream.isBetweenPdus(),
  }
}

function gather(into: { readonly pieces: Buffer[]; length: number }, piece: Buffer, most: number): void {
  into.length += piece.length
  if (into.length > most)
    throw new PeerViolation(abortReason.invalidParameter, `a message part of more than ${most} bytes`)
  into.pieces.push(piece)
}

function unexpected(what: string): PeerViolation {
  return new PeerViolation(abortReason.unexpectedPdu, what)
}
