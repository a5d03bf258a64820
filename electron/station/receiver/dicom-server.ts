import type { Socket } from 'node:net'
import dimse from 'dcmjs-dimse'
import { type AssociationRequest, writeAssociationRequest } from '../../../shared/dicom/association-request.ts'
import { implementationClassUid, implementationVersionName } from '../../../shared/dicom/implementation.ts'
import { pdu, pduType } from '../../../shared/dicom/pdu.ts'
import type { AssociationDecision } from './association-policy.ts'
import type { ContextAnswer } from './context-answer.ts'

const { Implementation, Scp, log } = dimse
type Association = InstanceType<typeof dimse.association.Association>

/** What dcmjs-dimse 0.3.3 does within and its types leave out. */
type ScpWithin = { _processPdu(pdu: Buffer): Promise<void> }

Implementation.setImplementationClassUid(implementationClassUid)
Implementation.setImplementationVersion(implementationVersionName)
// It writes names of patients and peers to the console; what is worth a line is logged where it is decided.
log.setLevel('silent')

export type DicomServer = {
  accept(request: AssociationRequest, decision: Extract<AssociationDecision, { kind: 'accept' }>): Promise<void>
  reject(request: AssociationRequest, decision: Extract<AssociationDecision, { kind: 'reject' }>): Promise<void>
  release(): Promise<void>
}

/**
 * dcmjs-dimse's side of one association: it writes A-ASSOCIATE-AC and -RJ and A-RELEASE-RP. It never touches the socket's incoming
 * bytes: the front door reads, checks, and hands over whole PDUs (its own reading has no limits, joins quadratically and decodes
 * text wrongly). Messages are written by message-writer.ts. `onError`: something failed within it.
 */
export function createDicomServer(socket: Socket, advertisedPdu: number, onError: (error: Error) => void): DicomServer {
  let answerAssociation: (association: Association) => void = () => {}

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

    override abort(): void {}
  }

  const scp = new StationScp(socket, {}) as unknown as InstanceType<typeof Scp> & ScpWithin
  scp.on('networkError', onError as (error: unknown) => void)

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
        association.setMaxPduLength(advertisedPdu)
        scp.sendAssociationAccept()
      }
      await scp._processPdu(writeAssociationRequest(inShort(request, decision.contexts)))
    },
    async reject(request, decision) {
      answerAssociation = () => scp.sendAssociationReject(decision.result, decision.source, decision.reason)
      await scp._processPdu(writeAssociationRequest(inShort(request, [])))
    },
    release: () => scp._processPdu(pdu(pduType.releaseRq, Buffer.alloc(4))),
  }
}

/** What the library needs to know. It compares thousands of transfer syntaxes each with each, and answers roles it does not judge. */
function inShort(
  { roles: _roles, ...request }: AssociationRequest,
  answers: readonly ContextAnswer[],
): AssociationRequest {
  const chosen = new Map(answers.map((answer) => [answer.id, answer.result === 0 ? answer.transferSyntax : undefined]))
  const contexts = request.contexts.map((one) => {
    const syntax = chosen.get(one.id) ?? one.transferSyntaxes[0]
    return { ...one, transferSyntaxes: syntax === undefined ? [] : [syntax] }
  })
  return { ...request, contexts }
}
