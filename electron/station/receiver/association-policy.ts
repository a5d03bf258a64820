import { isIP } from 'node:net'
import {
  type AssociationRequest,
  dicomApplicationContext,
  type ProposedContext,
  type RoleSelection,
} from '../../../shared/dicom/association-request.ts'
import {
  modalityWorklistFind,
  patientRootFind,
  patientRootGet,
  patientRootMove,
  performedStepClass,
  storageCommitmentClass,
  studyRootFind,
  studyRootGet,
  studyRootMove,
  verificationSopClass,
} from '../../../shared/dicom/sop-class.ts'
import { isStorage } from '../../../shared/dicom/storage-sop-class.ts'
import {
  explicitVrLittleEndian,
  implicitVrLittleEndian,
  transferSyntaxOf,
} from '../../../shared/dicom/transfer-syntax.ts'
import type { ContextAnswer, Service } from './context-answer.ts'
import { syntaxToGive } from './get-context.ts'
import { isSameAddress } from './same-address.ts'

/** Result, source and reason of an A-ASSOCIATE-RJ, PS3.8 table 9-21. */
export type Rejection = {
  readonly kind: 'reject'
  readonly why:
    | 'wrong-called-ae'
    | 'unknown-calling-ae'
    | 'wrong-address'
    | 'application-context'
    | 'protocol-version'
    | 'too-many-associations'
  readonly result: 1 | 2
  readonly source: 1 | 2 | 3
  readonly reason: number
}

export type AssociationDecision = { readonly kind: 'accept'; readonly contexts: readonly ContextAnswer[] } | Rejection

export type AssociationFacts = {
  readonly aeTitle: string
  /** AE titles that may connect, each with the address or the host name it must come from; '': from anywhere. */
  readonly devices: ReadonlyMap<string, string>
  /** What a host name stands for; [] where nobody knows it: then its device is let in from nowhere. */
  readonly addressesOf: (hostName: string) => readonly string[]
  /** The caller's own address. */
  readonly address: string
  readonly acceptUnknown: boolean
  readonly associations: number
  readonly associationsOfAddress: number
  /** The transfer syntaxes in which objects of a class lie here, for a peer that wants to be given some. */
  readonly heldSyntaxes?: (sopClassUid: string) => ReadonlySet<string>
  readonly limits: { readonly associations: number; readonly associationsPerAddress: number }
}

/** Pure. Unknown devices and wrong addresses are refused, training mode takes everybody. */
export function decideAssociation(request: AssociationRequest, facts: AssociationFacts): AssociationDecision {
  const { limits } = facts
  if (facts.associations >= limits.associations || facts.associationsOfAddress >= limits.associationsPerAddress) {
    return { kind: 'reject', why: 'too-many-associations', result: 2, source: 3, reason: 2 }
  }
  if ((request.protocolVersion & 1) === 0) {
    return { kind: 'reject', why: 'protocol-version', result: 1, source: 2, reason: 2 }
  }
  if (request.applicationContext !== dicomApplicationContext) {
    return { kind: 'reject', why: 'application-context', result: 1, source: 1, reason: 2 }
  }
  if (!facts.acceptUnknown && request.calledAeTitle !== facts.aeTitle) {
    return { kind: 'reject', why: 'wrong-called-ae', result: 1, source: 1, reason: 7 }
  }
  // A title of blanks alone is none (PS3.8 9.3.2, PS3.5 6.2), in training mode too.
  if (request.callingAeTitle === '') {
    return { kind: 'reject', why: 'unknown-calling-ae', result: 1, source: 1, reason: 3 }
  }
  const wantedAddress = facts.devices.get(request.callingAeTitle)
  if (!facts.acceptUnknown && wantedAddress === undefined) {
    return { kind: 'reject', why: 'unknown-calling-ae', result: 1, source: 1, reason: 3 }
  }
  if (!facts.acceptUnknown && isElsewhere(facts, wantedAddress ?? '')) {
    return { kind: 'reject', why: 'wrong-address', result: 1, source: 1, reason: 3 }
  }
  const wanted = new Set((request.roles ?? []).filter(({ scp }) => scp).map(({ sopClassUid }) => sopClassUid))
  const heldFor = (sopClassUid: string) => (wanted.has(sopClassUid) ? facts.heldSyntaxes?.(sopClassUid) : undefined)
  const contexts = request.contexts.map((context) => answerContext(context, heldFor(context.abstractSyntax)))
  return { kind: 'accept', contexts: withRoles(contexts, request.roles ?? []) }
}

/**
 * The roles that were proposed, answered once a SOP class. A peer may be SCP of storage: that is how it takes what it asks for by
 * C-GET (PS3.4 C.5.3). For everything else it is SCU only.
 */
function withRoles(contexts: readonly ContextAnswer[], proposed: readonly RoleSelection[]): readonly ContextAnswer[] {
  const open = new Map(proposed.map((role) => [role.sopClassUid, role]))
  return contexts.map((context) => {
    const role = context.result === 0 ? open.get(context.abstractSyntax) : undefined
    if (context.result !== 0 || !role) return context
    open.delete(context.abstractSyntax)
    return { ...context, roles: { scu: role.scu, scp: role.scp && context.service === 'storage' } }
  })
}

/** A program on this very computer is trusted as its pages are. */
function isElsewhere({ address, addressesOf }: AssociationFacts, wanted: string): boolean {
  if (wanted === '' || address === '127.0.0.1' || address === '::1') return false
  const wantedAddresses = isIP(wanted) === 0 ? addressesOf(wanted) : [wanted]
  return !wantedAddresses.some((one) => isSameAddress(one, address))
}

/** By abstract syntax: PS3.4 A.4, K.5, C.6.1.3, C.6.2.3, F.7.1.1 and J.3.1. */
const services: Readonly<Record<string, Service>> = {
  [verificationSopClass]: 'verification',
  [modalityWorklistFind]: 'worklist',
  [patientRootFind]: 'query-patient-root',
  [patientRootMove]: 'move-patient-root',
  [patientRootGet]: 'get-patient-root',
  [studyRootFind]: 'query-study-root',
  [studyRootMove]: 'move-study-root',
  [studyRootGet]: 'get-study-root',
  [performedStepClass]: 'performed-step',
  [storageCommitmentClass]: 'storage-commitment',
}
const littleEndian = new Set([implicitVrLittleEndian, explicitVrLittleEndian])

/** `held`: the peer wants to be given objects of this class, and these are the syntaxes in which some lie here. */
function answerContext(context: ProposedContext, held: ReadonlySet<string> | undefined): ContextAnswer {
  const { id, abstractSyntax } = context
  const service = serviceOf(abstractSyntax)
  if (!service) return { id, result: 3 }
  const fitting = context.transferSyntaxes.filter((syntax) =>
    service === 'storage' ? syntax !== '' && transferSyntaxOf(syntax).pixels !== 'elsewhere' : littleEndian.has(syntax),
  )
  const transferSyntax = (held && service === 'storage' ? syntaxToGive(fitting, held) : undefined) ?? fitting[0]
  return transferSyntax === undefined ? { id, result: 4 } : { id, result: 0, service, transferSyntax, abstractSyntax }
}

/**
 * Storage: every class of the standard's branch, also those newer than this program, those that stand elsewhere in it, and every
 * private class. The first transfer syntax the sender names is taken, whatever it is: nothing is transcoded on the way in.
 */
function serviceOf(abstractSyntax: string): Service | undefined {
  return services[abstractSyntax] ?? (isStorage(abstractSyntax) ? 'storage' : undefined)
}
