import type { Socket } from 'node:net'
import dimse from 'dcmjs-dimse'
import { type AssociationRequest, writeAssociationRequest } from '../../../shared/dicom/association-request.ts'
import type { CommandSet } from '../../../shared/dicom/command-set.ts'
import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import { implementationClassUid, implementationVersionName } from '../../../shared/dicom/implementation.ts'
import { dataPdu, pdu, pduType } from '../../../shared/dicom/pdu.ts'
import type { AssociationDecision } from './association-policy.ts'
import { modalityWorklistFind } from './association-policy.ts'

const { Dataset, Implementation, Scp, constants, log, responses } = dimse
type Association = InstanceType<typeof dimse.association.Association>
type FindRequest = InstanceType<typeof dimse.requests.CFindRequest>
type EchoRequest = InstanceType<typeof dimse.requests.CEchoRequest>
type PresentationContext = ReturnType<Association['getPresentationContext']>

/** What dcmjs-dimse 0.3.3 does within and its types leave out. */
type ScpWithin = {
  _processPdu(pdu: Buffer): Promise<void>
  _sendDimse(message: { context: PresentationContext; command: unknown }): void
}

Implementation.setImplementationClassUid(implementationClassUid)
Implementation.setImplementationVersion(implementationVersionName)
// It writes names of patients and peers to the console; what is worth a line is logged where it is decided.
log.setLevel('silent')

/** Bytes that are already written in the accepted transfer syntax: dcmjs would write UTF-8 whatever the character set says. */
class EncodedDataset extends Dataset {
  readonly #bytes: Buffer
  constructor(bytes: Buffer, transferSyntaxUid: string) {
    super({}, transferSyntaxUid)
    this.#bytes = bytes
  }
  override getDenaturalizedDataset(): Buffer {
    return this.#bytes
  }
}

export type DicomServer = {
  accept(request: AssociationRequest, decision: Extract<AssociationDecision, { kind: 'accept' }>): Promise<void>
  reject(request: AssociationRequest, decision: Extract<AssociationDecision, { kind: 'reject' }>): Promise<void>
  release(): Promise<void>
  echo(contextId: number, command: Buffer): Promise<void>
  /** Answers each with status pending, then success. */
  find(contextId: number, command: Buffer, answers: readonly Buffer[]): Promise<void>
  /** No answer could be made. */
  findFailed(contextId: number, command: Buffer, status: number): Promise<void>
  store(contextId: number, command: CommandSet, status: number, comment: string | undefined): void
}

/**
 * dcmjs-dimse's side of one association: it writes A-ASSOCIATE-AC and -RJ, A-RELEASE-RP and every DIMSE answer. It never touches the
 * socket's incoming bytes and never parses a data set: the front door reads, checks, and hands over whole PDUs (its own reading
 * has no limits, joins quadratically and decodes text wrongly). `onError`: something failed within it.
 */
export function createDicomServer(socket: Socket, advertisedPdu: number, onError: (error: Error) => void): DicomServer {
  let answerAssociation: (association: Association) => void = () => {}
  let findAnswers: { readonly status: number; readonly bytes: readonly Buffer[] } = {
    status: dicomStatus.success,
    bytes: [],
  }
  let accepted: Association | undefined

  class StationScp extends Scp {
    /** Called by the base's constructor: it would read the socket and start timers of its own. */
    _wrapSocket(): void {}

    override associationRequested(association: Association): void {
      // A throw here would become an unhandled rejection of the library's event emitter.
      try {
        answerAssociation(association)
      } catch (error) {
        onError(error as Error)
      }
    }

    override associationReleaseRequested(): void {
      this.sendAssociationReleaseResponse()
    }

    override cEchoRequest(
      request: EchoRequest,
      answer: (response: InstanceType<typeof responses.CEchoResponse>) => void,
    ) {
      const response = responses.CEchoResponse.fromRequest(request)
      response.setStatus(dicomStatus.success)
      answer(response)
    }

    override cFindRequest(
      request: FindRequest,
      answer: (all: InstanceType<typeof responses.CFindResponse>[]) => void,
    ): void {
      const transferSyntax = acceptedSyntax(findContextId)
      const matches = findAnswers.bytes.map((bytes) => {
        const response = findResponse(request, dicomStatus.pending)
        response.setDataset(new EncodedDataset(bytes, transferSyntax))
        return response
      })
      answer([...matches, findResponse(request, findAnswers.status)])
    }

    override cCancelRequest(): void {}
    override abort(): void {}
  }

  const scp = new StationScp(socket, {}) as unknown as InstanceType<typeof Scp> & ScpWithin
  scp.on('networkError', onError as (error: unknown) => void)
  let findContextId = 0

  const acceptedSyntax = (contextId: number): string =>
    accepted?.getPresentationContext(contextId).getAcceptedTransferSyntaxUid() ??
    constants.TransferSyntax.ImplicitVRLittleEndian

  /** The library waits for a data set after such a command; it gets an empty one and parses nothing. */
  async function find(contextId: number, command: Buffer, status: number, bytes: readonly Buffer[]): Promise<void> {
    findAnswers = { status, bytes }
    findContextId = contextId
    await scp._processPdu(dataPdu(contextId, true, true, command))
    await scp._processPdu(dataPdu(contextId, false, true, Buffer.alloc(0)))
  }

  return {
    async accept(request, decision) {
      answerAssociation = (association) => {
        for (const answer of decision.contexts) {
          const context = association.getPresentationContext(answer.id)
          if (answer.result === 0) context.setResult(answer.result, answer.transferSyntax)
          else context.setResult(answer.result)
          if (answer.result === 0 && answer.roles) {
            context.setUserRole(answer.roles.scu)
            context.setProviderRole(answer.roles.scp)
          }
        }
        const theirs = association.getMaxPduLength()
        association.setMaxPduLength(advertisedPdu)
        scp.sendAssociationAccept()
        association.setMaxPduLength(theirs)
        accepted = association
      }
      await scp._processPdu(writeAssociationRequest(inShort(request)))
    },
    async reject(request, decision) {
      answerAssociation = () => scp.sendAssociationReject(decision.result, decision.source, decision.reason)
      await scp._processPdu(writeAssociationRequest(inShort(request)))
    },
    release: () => scp._processPdu(pdu(pduType.releaseRq, Buffer.alloc(4))),
    echo: (contextId, command) => scp._processPdu(dataPdu(contextId, true, true, command)),
    find: (contextId, command, answers) => find(contextId, command, dicomStatus.success, answers),
    findFailed: (contextId, command, status) => find(contextId, command, status, []),
    store(contextId, command, status, comment) {
      const response = new responses.CStoreResponse(status, comment as string)
      response.setAffectedSopClassUid(command.affectedSopClassUid)
      response.setAffectedSopInstanceUid(command.affectedSopInstanceUid)
      response.setMessageIdBeingRespondedTo(command.messageId)
      if (!accepted) return
      scp._sendDimse({ context: accepted.getPresentationContext(contextId), command: response })
    },
  }
}

/** What the library needs to know. It compares thousands of transfer syntaxes each with each, and answers roles it does not judge. */
function inShort({ roles: _roles, ...request }: AssociationRequest): AssociationRequest {
  const contexts = request.contexts.map((one) => ({ ...one, transferSyntaxes: one.transferSyntaxes.slice(0, 1) }))
  return { ...request, contexts }
}

function findResponse(request: FindRequest, status: number) {
  const response = responses.CFindResponse.fromRequest(request)
  response.setAffectedSopClassUid(modalityWorklistFind)
  response.setStatus(status)
  return response
}
