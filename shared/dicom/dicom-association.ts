import { connect, type Socket } from 'node:net'
import type { DicomPeer } from '../models/destination.ts'
import {
  type AssociationAccepted,
  type AssociationRejection,
  readAssociationAccept,
  readAssociationReject,
} from './association-answer.ts'
import { dicomApplicationContext, type ProposedContext, writeAssociationRequest } from './association-request.ts'
import { isResponse, readCommandSet } from './command-set.ts'
import { dataPdusOf, largestFragment } from './data-fragments.ts'
import { implementationClassUid, implementationVersionName } from './implementation.ts'
import { dataValuesIn, PeerViolation, pdu, pduType } from './pdu.ts'
import { createPduStream, type PduStream, type StreamEnd } from './pdu-socket.ts'

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
  | { readonly kind: 'unreachable'; readonly why: 'refused' | 'name-not-found' | 'timeout' | 'no-route' }
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

export type DimseRequest = {
  readonly contextId: number
  readonly messageId: number
  readonly command: Buffer
  readonly dataSet?: AsyncIterable<Buffer>
}

export type Association = {
  readonly accepted: AssociationAccepted
  /** Sends one request and waits for its response; one at a time. After 'lost' or 'unreadable' the association is over. */
  request(request: DimseRequest): Promise<RequestResult>
  release(): Promise<void>
  /** Ends it at once, A-ABORT; a request under way comes back as lost. */
  abort(): void
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
  const socket = await openSocket(peer, timeouts.connectMs)
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
  const lost = (wholly: boolean): RequestResult => {
    const why = stream.end() ?? 'closed'
    stream.abort()
    return { kind: 'lost', why, wholly }
  }

  return {
    accepted,
    async request({ contextId, messageId, command, dataSet }) {
      for await (const { head, bytes } of dataPdusOf(contextId, true, [command], fragmentBytes)) {
        if (!(await stream.write([head, bytes], timeouts.stallMs))) return lost(false)
      }
      if (dataSet) {
        try {
          for await (const { head, bytes, isLast } of dataPdusOf(contextId, false, dataSet, fragmentBytes)) {
            if (!(await stream.write([head, bytes], timeouts.stallMs))) return lost(isLast)
          }
        } catch {
          // The file could not be read to its end: without its last fragment the peer keeps nothing.
          stream.abort()
          return { kind: 'unreadable' }
        }
      }
      const result = await readAnswer(stream, messageId, timeouts.responseMs)
      if (typeof result === 'string') {
        stream.abort()
        return { kind: 'lost', why: result, wholly: true }
      }
      return { kind: 'answered', answer: result }
    },
    async release() {
      if (!(await stream.write([pdu(pduType.releaseRq, Buffer.alloc(4))], timeouts.stallMs))) return
      await stream.next(Math.min(timeouts.associateMs, 5000))
      stream.close()
    },
    abort: () => stream.abort(),
  }
}

async function readAnswer(stream: PduStream, messageId: number, ms: number): Promise<DimseAnswer | StreamEnd> {
  let command: Buffer = Buffer.alloc(0)
  while (true) {
    const received = await stream.next(ms)
    if (typeof received === 'string') return received
    if (received.type === pduType.releaseRq) {
      await stream.write([pdu(pduType.releaseRp, Buffer.alloc(4))], 1000)
      return 'closed'
    }
    const values = received.type === pduType.dataTf ? dataValuesIn(received.body) : undefined
    if (!values) return 'not-dicom'
    for (const value of values) {
      if (!value.isCommand) return 'not-dicom'
      command = Buffer.concat([command, value.bytes])
      if (command.length > 64 * 1024) return 'not-dicom'
      if (!value.isLast) continue
      const answer = decodeAnswer(command)
      // A response to a message that nobody sent can't be told from a confirmation of ours: it ends the association.
      return answer?.messageId === messageId ? answer : 'not-dicom'
    }
  }
}

/** A response command; undefined where the bytes are no response. */
function decodeAnswer(bytes: Buffer): DimseAnswer | undefined {
  try {
    const { field, messageId, status, errorComment } = readCommandSet(bytes)
    return isResponse(field) && status !== undefined ? { messageId, status, comment: errorComment } : undefined
  } catch (error) {
    if (error instanceof PeerViolation) return undefined
    throw error
  }
}

type Unreachable = Extract<AssociationFailure, { kind: 'unreachable' }>['why']

function openSocket(peer: DicomPeer, connectMs: number): Promise<Socket | Unreachable> {
  return new Promise((resolve) => {
    const socket = connect({ host: peer.host, port: peer.port, noDelay: true })
    const timer = setTimeout(() => give('timeout'), connectMs)
    const give = (result: Socket | Unreachable) => {
      clearTimeout(timer)
      socket.removeAllListeners('connect').removeAllListeners('error')
      if (typeof result === 'string') socket.on('error', () => {}).destroy()
      resolve(result)
    }
    socket.on('connect', () => give(socket))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') give('refused')
      else if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') give('name-not-found')
      else give(error.code === 'ETIMEDOUT' ? 'timeout' : 'no-route')
    })
  })
}
