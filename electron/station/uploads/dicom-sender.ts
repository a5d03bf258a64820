import type { ProposedContext } from '../../../shared/dicom/association-request.ts'
import {
  type Association,
  type AssociationFailure,
  type AssociationTimeouts,
  associationTimeouts,
  type DimseAnswer,
  openAssociation,
} from '../../../shared/dicom/dicom-association.ts'
import { encodeEchoRq, encodeStoreRq, type MoveOriginator } from '../../../shared/dicom/dimse-command.ts'
import { verificationSopClass } from '../../../shared/dicom/sop-class.ts'
import { implicitVrLittleEndian, transferSyntaxOf } from '../../../shared/dicom/transfer-syntax.ts'
import type { DicomPeer } from '../../../shared/models/destination.ts'
import { copyInSyntax } from './copy-in-syntax.ts'
import { type CopyMade, type CopyToSend, readCopy } from './copy-to-send.ts'
import { fallbackSyntaxes } from './transcode.ts'

export type Caller = {
  readonly peer: DicomPeer
  readonly callingAeTitle: string
  readonly timeouts?: AssociationTimeouts
  /** Ends what is under way, as when the station stops. */
  readonly signal?: AbortSignal
  /** Whose C-MOVE this is, if it is one. */
  readonly originator?: MoveOriginator
}

export type InstanceToSend = {
  readonly sopClassUid: string
  readonly sopInstanceUid: string
  /** As received: the copy is sent in the syntax it came in, never recompressed; see transcode.ts for a peer that refuses it. */
  readonly transferSyntaxUid: string
  /** Made when its turn comes, so that a long series does not keep all its headers in memory. */
  readonly prepare: () => Promise<CopyMade>
}

export type SendResult =
  | { readonly kind: 'answered'; readonly answer: DimseAnswer; readonly copy: CopyToSend }
  /** The peer takes this kind of object, or this transfer syntax, not at all. */
  | { readonly kind: 'not-accepted'; readonly compressed: boolean }
  | { readonly kind: 'not-prepared'; readonly made: Extract<CopyMade, { kind: 'failed' }> }
  /** `copy`: its last byte had left when the association broke, so the peer may have it. */
  | { readonly kind: 'failed'; readonly failure: AssociationFailure; readonly copy?: CopyToSend }
  | { readonly kind: 'unreadable' }

/** An association has at most 128 presentation contexts, PS3.8 9.3.2.2, and a kind of object takes up to two. */
const mostKinds = 64

/**
 * Stores instances with a peer, C-STORE (PS3.4 B, PS3.7 9.1.1): one association for all of them, one result an instance, in
 * their order. `onResult` is told each as it comes. When the association breaks, what was not sent yet fails without another try:
 * the outbox decides when to come back.
 */
export async function sendInstances(
  caller: Caller,
  instances: readonly InstanceToSend[],
  onResult?: (index: number, result: SendResult) => void,
): Promise<readonly SendResult[]> {
  const results = new Map<number, SendResult>()
  const note = (index: number, result: SendResult) => {
    results.set(index, result)
    onResult?.(index, result)
  }
  const keys = [...new Set(instances.map(keyOf))]
  for (let at = 0; at < keys.length; at += mostKinds) {
    const proposed = new Set(keys.slice(at, at + mostKinds))
    const batch = [...instances.entries()].filter(([, instance]) => proposed.has(keyOf(instance)))
    await sendBatch(caller, batch, note)
  }
  return instances.map((_, index) => results.get(index) ?? { kind: 'unreadable' })
}

/** C-ECHO, PS3.4 A: is the peer there, and does it let us in? */
export async function echo(
  caller: Caller,
): Promise<DimseAnswer | AssociationFailure | { readonly kind: 'not-accepted' }> {
  const contexts = [{ id: 1, abstractSyntax: verificationSopClass, transferSyntaxes: [implicitVrLittleEndian] }]
  const opened = await open(caller, contexts)
  if (opened.kind !== 'open') return opened
  const context = opened.association.accepted.contexts[0]
  if (!context) {
    await opened.association.release()
    return { kind: 'not-accepted' }
  }
  const result = await opened.association.request({ contextId: context.id, messageId: 1, command: encodeEchoRq(1) })
  if (result.kind !== 'answered') return { kind: 'lost', why: result.kind === 'lost' ? result.why : 'closed' }
  await opened.association.release()
  return result.answer
}

const keyOf = (instance: InstanceToSend) => `${instance.sopClassUid} ${instance.transferSyntaxUid}`

const open = (caller: Caller, contexts: readonly ProposedContext[]) =>
  openAssociation(caller.peer, caller.callingAeTitle, contexts, caller.timeouts ?? associationTimeouts)

async function sendBatch(
  caller: Caller,
  batch: readonly (readonly [number, InstanceToSend])[],
  note: (index: number, result: SendResult) => void,
): Promise<void> {
  const contexts = contextsFor(batch.map(([, instance]) => instance))
  const opened = await open(caller, contexts)
  if (opened.kind !== 'open') {
    for (const [index] of batch) note(index, { kind: 'failed', failure: opened })
    return
  }
  const { association } = opened
  const stop = () => association.abort()
  caller.signal?.addEventListener('abort', stop, { once: true })
  if (caller.signal?.aborted) stop()
  let broken: AssociationFailure | undefined
  let messageId = 0
  for (const [index, instance] of batch) {
    if (broken) {
      note(index, { kind: 'failed', failure: broken })
      continue
    }
    messageId = (messageId % 0xffff) + 1
    const result = await sendOne(association, instance, messageId, caller.originator)
    if (result.kind === 'failed') broken = result.failure
    else if (result.kind === 'unreadable') broken = { kind: 'lost', why: 'closed' }
    note(index, result)
  }
  if (!broken) await association.release()
  caller.signal?.removeEventListener('abort', stop)
}

/** Each kind of object as received, and beside it what it may be written in should the peer refuse that. */
function contextsFor(instances: readonly InstanceToSend[]): readonly ProposedContext[] {
  const offers = new Map<string, Omit<ProposedContext, 'id'>>()
  for (const { sopClassUid: abstractSyntax, transferSyntaxUid } of instances) {
    for (const transferSyntaxes of [[transferSyntaxUid], fallbackSyntaxes(transferSyntaxUid)]) {
      if (transferSyntaxes.length === 0) continue
      offers.set([abstractSyntax, ...transferSyntaxes].join(' '), { abstractSyntax, transferSyntaxes })
    }
  }
  return [...offers.values()].map((offer, index) => ({ id: index * 2 + 1, ...offer }))
}

async function sendOne(
  association: Association,
  instance: InstanceToSend,
  messageId: number,
  originator: MoveOriginator | undefined,
): Promise<SendResult> {
  const { sopClassUid, sopInstanceUid, transferSyntaxUid } = instance
  const context = [transferSyntaxUid, ...fallbackSyntaxes(transferSyntaxUid)]
    .map((uid) =>
      association.accepted.contexts.find((c) => c.abstractSyntax === sopClassUid && c.transferSyntax === uid),
    )
    .find((found) => found !== undefined)
  const notAccepted = {
    kind: 'not-accepted',
    compressed: transferSyntaxOf(transferSyntaxUid).pixels !== 'native',
  } as const
  if (!context) return notAccepted
  const made = await instance.prepare()
  if (made.kind === 'failed') return { kind: 'not-prepared', made }
  const copy = await copyInSyntax(made.copy, context.transferSyntax)
  if (!copy) return notAccepted
  const command = encodeStoreRq(messageId, sopClassUid, sopInstanceUid, originator)
  const result = await association.request({ contextId: context.id, messageId, command, dataSet: readCopy(copy) })
  switch (result.kind) {
    case 'answered':
      return { kind: 'answered', answer: result.answer, copy }
    case 'lost': {
      const failure = { kind: 'lost', why: result.why } as const
      return result.wholly ? { kind: 'failed', failure, copy } : { kind: 'failed', failure }
    }
    case 'unreadable':
      return { kind: 'unreadable' }
  }
}
