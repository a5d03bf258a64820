import type { DicomPeer } from '../models/destination.ts'
import {
  type AssociationAccepted,
  type AssociationRejection,
  readAssociationAccept,
  readAssociationReject,
} from './association-answer.ts'
import { dicomApplicationContext, type ProposedContext, writeAssociationRequest } from './association-request.ts'
import { type CommandSet, isResponse } from './command-set.ts'
import { dataPdusOf, largestFragment } from './data-fragments.ts'
import { implementationClassUid, implementationVersionName } from './implementation.ts'
import { createMessageReader, type ReceivedCommand } from './message-reader.ts'
import { pdu, pduType } from './pdu.ts'
import { connectTo, createPduStream, type PduStream, type StreamEnd, type Unreachable } from './pdu-socket.ts'

/** What we take in one PDU: answers are small. */
export const ourMaxPduLength = 16_384

export type AssociationTimeouts = {
  readonly connectMs: number
  /** For the answer to A-ASSOCIATE-RQ and to A-RELEASE-RQ. */
  readonly associateMs: number
  /** Longest time in which the peer takes no byte while we send. */
  readonly stallMs: number
  /** From the last byte of a request to its response: a PACS may write a large object to a slow disk. */
  readonly responseMs: number
}

export const associationTimeouts: AssociationTimeouts = {
  connectMs: 10_000,
  associateMs: 30_000,
  stallMs: 30_000,
  responseMs: 120_000,
}

export type AssociationFailure =
  | { readonly kind: 'unreachable'; readonly why: Unreachable }
  | { readonly kind: 'rejected'; readonly rejection: AssociationRejection }
  | { readonly kind: 'lost'; readonly why: StreamEnd }

/** What a response says, PS3.7 9.3 and 10.3. */
export type DimseAnswer = {
  readonly messageId: number
  /** Status (0000,0900), PS3.7 annex C. */
  readonly status: number
  /** ErrorComment (0000,0902), as the peer wrote it. */
  readonly comment: string
}

/** What came of one request. `wholly`: its last byte had left, so the peer may have acted on it. */
export type RequestResult =
  | { readonly kind: 'answered'; readonly answer: DimseAnswer }
  | { readonly kind: 'lost'; readonly why: StreamEnd; readonly wholly: boolean }
  | { readonly kind: 'unreadable' }

export type DimseMessage = {
  readonly contextId: number
  readonly command: Buffer
  readonly dataSet?: AsyncIterable<Buffer>
}
export type DimseRequest = DimseMessage & { readonly messageId: number }

/** As it came, the data set undecoded; empty where the command says that there is none. */
export type ReceivedMessage = ReceivedCommand & { readonly dataSet: Buffer }

/** After 'lost' or 'unreadable' an association is over. */
export type Association = {
  readonly accepted: AssociationAccepted
  /** Sends one request and waits for its response, whose data set is not looked at; one at a time. */
  request(request: DimseRequest): Promise<RequestResult>
  /** For conversations of more than that: one message away, or the next one that comes. */
  send(message: DimseMessage): Promise<{ readonly kind: 'sent' } | Exclude<RequestResult, { kind: 'answered' }>>
  receive(): Promise<ReceivedMessage | StreamEnd>
  release(): Promise<void>
  /** Ends it at once, A-ABORT; a request under way comes back as lost. */
  abort(): void
  /** The connection is gone without a word. */
  cut(): void
}

/** `weProvide`: we propose to be its SCP and no SCU, PS3.7 D.3.3.4: an N-EVENT-REPORT is sent by the SCP. */
export type WantedContext = ProposedContext & { readonly weProvide?: boolean }

/** Opens an association as the requestor, PS3.8 7.1. Expected failures come back, they are not thrown. */
export async function openAssociation(
  peer: DicomPeer,
  callingAeTitle: string,
  contexts: readonly WantedContext[],
  timeouts: AssociationTimeouts = associationTimeouts,
): Promise<{ readonly kind: 'open'; readonly association: Association } | AssociationFailure> {
  const socket = await connectTo(peer, timeouts.connectMs)
  if (typeof socket === 'string') return { kind: 'unreachable', why: socket }
  const stream = createPduStream(socket)
  await stream.write([requestFor(peer, callingAeTitle, contexts)], timeouts.stallMs)
  const answer = await stream.next(timeouts.associateMs)
  if (typeof answer === 'string') {
    stream.close()
    return { kind: 'lost', why: answer }
  }
  if (answer.type === pduType.associateRj) {
    stream.close()
    return { kind: 'rejected', rejection: readAssociationReject(answer.body) }
  }
  const accepted = answer.type === pduType.associateAc ? readAssociationAccept(answer.body, contexts) : undefined
  if (!accepted) {
    stream.abort()
    return { kind: 'lost', why: 'not-dicom' }
  }
  return { kind: 'open', association: associationOver(stream, accepted, timeouts) }
}

function requestFor(peer: DicomPeer, callingAeTitle: string, contexts: readonly WantedContext[]): Buffer {
  return writeAssociationRequest({
    protocolVersion: 1,
    calledAeTitle: peer.aeTitle,
    callingAeTitle,
    applicationContext: dicomApplicationContext,
    contexts,
    maxPduLength: ourMaxPduLength,
    implementationClassUid,
    implementationVersionName,
    roles: contexts
      .filter(({ weProvide }) => weProvide)
      .map(({ abstractSyntax }) => ({ sopClassUid: abstractSyntax, scu: false, scp: true })),
  })
}

function associationOver(stream: PduStream, accepted: AssociationAccepted, timeouts: AssociationTimeouts): Association {
  const fragmentBytes = largestFragment(accepted.maxPduLength)
  const reader = createMessageReader(stream)
  const lost = (wholly: boolean, why: StreamEnd = stream.end() ?? 'closed') => {
    stream.abort()
    return { kind: 'lost', why, wholly } as const
  }

  async function send({ contextId, command, dataSet }: DimseMessage) {
    for await (const { head, bytes } of dataPdusOf(contextId, true, [command], fragmentBytes)) {
      if (!(await stream.write([head, bytes], timeouts.stallMs))) return lost(false)
    }
    if (!dataSet) return { kind: 'sent' } as const
    try {
      for await (const { head, bytes, isLast } of dataPdusOf(contextId, false, dataSet, fragmentBytes)) {
        if (!(await stream.write([head, bytes], timeouts.stallMs))) return lost(isLast)
      }
    } catch {
      // The file could not be read to its end: without its last fragment the peer keeps nothing.
      stream.abort()
      return { kind: 'unreadable' } as const
    }
    return { kind: 'sent' } as const
  }

  return {
    accepted,
    send,
    async request({ messageId, ...message }) {
      reader.forget()
      const sent = await send(message)
      if (sent.kind !== 'sent') return sent
      const received = await reader.command(timeouts.responseMs)
      if (typeof received === 'string') return lost(true, received)
      const answer = answerIn(received.command)
      // A response to a message that nobody sent can't be told from a confirmation of ours: it ends the association.
      if (answer?.messageId !== messageId) return lost(true, 'not-dicom')
      return { kind: 'answered', answer }
    },
    async receive() {
      const received = await reader.command(timeouts.responseMs)
      if (typeof received === 'string') return received
      if (!received.command.hasDataSet) return { ...received, dataSet: Buffer.alloc(0) }
      const dataSet = await reader.dataSet(timeouts.responseMs)
      return typeof dataSet === 'string' ? dataSet : { ...received, dataSet }
    },
    async release() {
      if (!(await stream.write([pdu(pduType.releaseRq, Buffer.alloc(4))], timeouts.stallMs))) return
      await stream.next(Math.min(timeouts.associateMs, 5000))
      stream.close()
    },
    abort: () => stream.abort(),
    cut: () => stream.close(),
  }
}

function answerIn({ field, messageId, status, errorComment }: CommandSet): DimseAnswer | undefined {
  return isResponse(field) && status !== undefined ? { messageId, status, comment: errorComment } : undefined
}
