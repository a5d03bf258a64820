import { implicitVrLittleEndian, transferSyntaxOf } from '../../../shared/dicom/transfer-syntax.ts'
import { fallbackSyntaxes } from '../uploads/transcode.ts'
import type { AcceptedContext } from './context-answer.ts'

/**
 * Pure: where an object of a C-GET goes. The peer must be SCP of its class; the stored syntax comes first, then another uncompressed
 * one. 'class' or 'syntax': that was not negotiated.
 */
export function contextToGive(
  contexts: readonly AcceptedContext[],
  sopClassUid: string,
  transferSyntaxUid: string,
): AcceptedContext | 'class' | 'syntax' {
  const ofClass = contexts.filter((context) => context.service === 'storage' && context.abstractSyntax === sopClassUid)
  // The answer to a role selection stands with one of the contexts of its class (PS3.7 D.3.3.4).
  if (!ofClass.some((context) => context.roles?.scp)) return 'class'
  for (const syntax of [transferSyntaxUid, ...fallbackSyntaxes(transferSyntaxUid)]) {
    const found = ofClass.find((context) => context.transferSyntax === syntax)
    if (found) return found
  }
  return 'syntax'
}

/**
 * Pure: the syntax to accept on a context on which the peer wants to be given objects. Only one can be: the first proposed that is
 * held here. Where objects of several uncompressed ones are held, implicit VR serves them all. Undefined: none of them helps.
 */
export function syntaxToGive(proposed: readonly string[], held: ReadonlySet<string>): string | undefined {
  const first = proposed.find((syntax) => held.has(syntax))
  if (first === undefined) return undefined
  const canImplicit = held.has(implicitVrLittleEndian) && proposed.includes(implicitVrLittleEndian)
  return canImplicit && transferSyntaxOf(first).pixels === 'native' ? implicitVrLittleEndian : first
}
