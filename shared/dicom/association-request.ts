import { itemText, malformed, readItems, writeItem } from './association-item.ts'
import { pdu, pduType } from './pdu.ts'

export type ProposedContext = {
  readonly id: number
  /** '': what came is no UID. */
  readonly abstractSyntax: string
  /** In the sender's order. */
  readonly transferSyntaxes: readonly string[]
}

/** Roles that the requester proposes for itself on one SOP class, PS3.7 D.3.3.4. */
export type RoleSelection = { readonly sopClassUid: string; readonly scu: boolean; readonly scp: boolean }

/** What an A-ASSOCIATE-RQ asks, PS3.8 9.3.2. Items that are optional and not used here are left out. */
export type AssociationRequest = {
  readonly protocolVersion: number
  readonly calledAeTitle: string
  readonly callingAeTitle: string
  readonly applicationContext: string
  readonly contexts: readonly ProposedContext[]
  /** The longest P-DATA-TF the other side takes; 0: any (PS3.8 D.1). */
  readonly maxPduLength: number
  readonly implementationClassUid: string
  readonly implementationVersionName: string
  /** Absent: it is SCU everywhere. */
  readonly roles?: readonly RoleSelection[]
}

export const dicomApplicationContext = '1.2.840.10008.3.1.1.1'

/** Reads a whole A-ASSOCIATE-RQ with its 6 bytes of head. Throws PeerViolation for bytes that are none. */
export function readAssociationRequest(bytes: Buffer, mostContexts: number): AssociationRequest {
  if (bytes.length < 74 || bytes.readUInt32BE(2) !== bytes.length - 6) throw malformed('A-ASSOCIATE-RQ is too short')
  const body = bytes.subarray(6)
  const items = readItems(body.subarray(68))
  const user = readItems(items.find((item) => item.type === 0x50)?.value ?? Buffer.alloc(0))
  const userItem = (type: number) => user.find((item) => item.type === type)?.value
  const maxLength = userItem(0x51)
  const roles = user.filter((item) => item.type === 0x54).flatMap(({ value }) => readRole(value))
  const contexts = items.filter((item) => item.type === 0x20).map(({ value }) => readContext(value))
  if (contexts.length === 0) throw malformed('no presentation context')
  if (contexts.length > mostContexts) throw malformed('too many presentation contexts')
  if (new Set(contexts.map((context) => context.id)).size < contexts.length)
    throw malformed('presentation contexts repeat')
  return {
    protocolVersion: body.readUInt16BE(0),
    calledAeTitle: aeTitle(body.subarray(4, 20)),
    callingAeTitle: aeTitle(body.subarray(20, 36)),
    applicationContext: uid(items.find((item) => item.type === 0x10)?.value ?? Buffer.alloc(0)),
    contexts: contexts.sort((a, b) => a.id - b.id),
    maxPduLength: maxLength && maxLength.length >= 4 ? maxLength.readUInt32BE(0) : 0,
    implementationClassUid: ownUid(userItem(0x52) ?? Buffer.alloc(0)),
    implementationVersionName: (userItem(0x55) ?? Buffer.alloc(0)).toString('latin1').slice(0, 16),
    ...(roles.length > 0 && { roles }),
  }
}

/** The same request in bytes, items in the standard's order and presentation contexts as they are given. */
export function writeAssociationRequest(request: AssociationRequest): Buffer {
  const head = Buffer.alloc(68)
  head.writeUInt16BE(request.protocolVersion, 0)
  head.write(request.calledAeTitle.padEnd(16).slice(0, 16), 4, 'latin1')
  head.write(request.callingAeTitle.padEnd(16).slice(0, 16), 20, 'latin1')
  const maxLength = Buffer.alloc(4)
  maxLength.writeUInt32BE(request.maxPduLength)
  const user = [
    writeItem(0x51, maxLength),
    writeItem(0x52, request.implementationClassUid),
    ...(request.roles ?? []).map(writeRole),
    writeItem(0x55, request.implementationVersionName),
  ]
  const items = [
    writeItem(0x10, request.applicationContext),
    ...request.contexts.map(writeContext),
    writeItem(0x50, ...user),
  ]
  return pdu(pduType.associateRq, Buffer.concat([head, ...items]))
}

/** PS3.8 9.3.2.2. */
function writeContext({ id, abstractSyntax, transferSyntaxes }: ProposedContext): Buffer {
  const syntaxes = transferSyntaxes.map((syntax) => writeItem(0x40, syntax))
  return writeItem(0x20, Buffer.from([id, 0, 0, 0]), writeItem(0x30, abstractSyntax), ...syntaxes)
}

/** PS3.7 table D.3-9. */
function writeRole({ sopClassUid, scu, scp }: RoleSelection): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(sopClassUid.length)
  return writeItem(0x54, length, sopClassUid, Buffer.from([Number(scu), Number(scp)]))
}

/** One that is cut off says nothing: the default roles hold. */
export function readRole(value: Buffer): RoleSelection[] {
  const end = value.length < 4 ? Number.POSITIVE_INFINITY : 2 + value.readUInt16BE(0)
  if (end + 2 > value.length) return []
  return [{ sopClassUid: uid(value.subarray(2, end)), scu: value[end] === 1, scp: value[end + 1] === 1 }]
}

function readContext(value: Buffer): ProposedContext {
  if (value.length < 4) throw malformed('a presentation context is cut off')
  const id = value.readUInt8(0)
  if (id % 2 === 0) throw malformed('a presentation context has an even id') // PS3.8 9.3.2.2
  const inner = readItems(value.subarray(4))
  return {
    id,
    abstractSyntax: uid(inner.find((item) => item.type === 0x30)?.value ?? Buffer.alloc(0)),
    transferSyntaxes: inner.filter((item) => item.type === 0x40).map((item) => uid(item.value)),
  }
}

/** Who the peer is: nothing can be refused alone for it. */
function ownUid(bytes: Buffer): string {
  const text = uid(bytes)
  if (text === '' && itemText(bytes) !== '') throw malformed('a UID is none')
  return text
}

/** '' for what is none: its context, or what else it names, is refused alone. */
function uid(bytes: Buffer): string {
  const text = itemText(bytes)
  return text.length > 64 || !/^[0-9.]*$/.test(text) ? '' : text
}

function aeTitle(bytes: Buffer): string {
  const text = itemText(bytes).trimStart()
  if (!/^[\x20-\x5b\x5d-\x7e]*$/.test(text)) throw malformed('an AE title is none')
  return text
}
