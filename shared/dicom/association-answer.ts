import { itemText, readItems } from './association-item.ts'
import { type ProposedContext, type RoleSelection, readRole } from './association-request.ts'
import { PeerViolation } from './pdu.ts'

export type AcceptedContext = { readonly id: number; readonly abstractSyntax: string; readonly transferSyntax: string }

export type AssociationAccepted = {
  readonly contexts: readonly AcceptedContext[]
  /** Largest P-DATA-TF body the peer takes; 0: any. */
  readonly maxPduLength: number
  /** The answers to the roles that were proposed, PS3.7 D.3.3.4; a class that is not among them was left unanswered. */
  readonly roles: readonly RoleSelection[]
}

/** The body of an A-ASSOCIATE-AC, PS3.8 9.3.3: which of the contexts that were proposed may be used. Undefined where it is none. */
export function readAssociationAccept(
  body: Buffer,
  proposed: readonly ProposedContext[],
): AssociationAccepted | undefined {
  if (body.length < 68) return undefined
  try {
    const items = readItems(body.subarray(68))
    const user = items.filter(({ type }) => type === 0x50).flatMap(({ value }) => readItems(value))
    const length = user.find(({ type }) => type === 0x51)?.value
    return {
      contexts: items.filter(({ type }) => type === 0x21).flatMap(({ value }) => readAcceptedContext(value, proposed)),
      roles: user.filter(({ type }) => type === 0x54).flatMap(({ value }) => readRole(value)),
      maxPduLength: length?.length === 4 ? length.readUInt32BE(0) : 0,
    }
  } catch (error) {
    if (error instanceof PeerViolation) return undefined
    throw error
  }
}

/** PS3.8 9.3.3.2. One that was refused, or that answers something else than was asked, is none. */
function readAcceptedContext(value: Buffer, proposed: readonly ProposedContext[]): AcceptedContext[] {
  const asked = proposed.find((context) => context.id === value[0])
  if (!asked || value[2] !== 0) return []
  const syntax = readItems(value.subarray(4)).find(({ type }) => type === 0x40)
  const transferSyntax = syntax && itemText(syntax.value)
  if (transferSyntax === undefined || !asked.transferSyntaxes.includes(transferSyntax)) return []
  return [{ id: asked.id, abstractSyntax: asked.abstractSyntax, transferSyntax }]
}

export type AssociationRejection = { readonly result: number; readonly source: number; readonly reason: number }

/** The body of an A-ASSOCIATE-RJ, PS3.8 9.3.4. */
export function readAssociationReject(body: Buffer): AssociationRejection {
  return { result: body[1] ?? 0, source: body[2] ?? 0, reason: body[3] ?? 0 }
}
