import { implementationClassUid, implementationVersionName } from './implementation.ts'

/** PDU types, PS3.8 9.3. */
export const pduType = {
  associateRq: 1,
  associateAc: 2,
  associateRj: 3,
  data: 4,
  releaseRq: 5,
  releaseRp: 6,
  abort: 7,
} as const

export type Pdu = { readonly type: number; readonly body: Buffer }

export type PresentationContext = {
  /** Odd, 1 to 255. */
  readonly id: number
  readonly abstractSyntax: string
  readonly transferSyntaxes: readonly string[]
  /** We propose to be its SCP and no SCU, PS3.7 D.3.3.4: an N-EVENT-REPORT is sent by the SCP. Absent: we are the SCU. */
  readonly weProvide?: boolean
}

export type AcceptedContext = { readonly id: number; readonly abstractSyntax: string; readonly transferSyntax: string }

export type AssociationAccepted = {
  readonly contexts: readonly AcceptedContext[]
  /** Largest P-DATA-TF body the peer takes; 0: any. */
  readonly maxPduLength: number
}

const dicomApplicationContext = '1.2.840.10008.3.1.1.1'
/** What we take in one PDU: answers are small. */
export const ourMaxPduLength = 16_384

export function encodePdu(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt8(type, 0)
  head.writeUInt32BE(body.length, 2)
  return Buffer.concat([head, body])
}

/** A-ASSOCIATE-RQ, PS3.8 9.3.2. */
export function encodeAssociateRq(
  calledAeTitle: string,
  callingAeTitle: string,
  contexts: readonly PresentationContext[],
): Buffer {
  const head = Buffer.alloc(68)
  head.writeUInt16BE(1, 0)
  head.write(calledAeTitle.padEnd(16).slice(0, 16), 4, 'latin1')
  head.write(callingAeTitle.padEnd(16).slice(0, 16), 20, 'latin1')
  const maxLength = Buffer.alloc(4)
  maxLength.writeUInt32BE(ourMaxPduLength)
  const body = Buffer.concat([
    head,
    textItem(0x10, dicomApplicationContext),
    ...contexts.map((context) =>
      item(
        0x20,
        Buffer.from([context.id, 0, 0, 0]),
        textItem(0x30, context.abstractSyntax),
        ...context.transferSyntaxes.map((uid) => textItem(0x40, uid)),
      ),
    ),
    item(
      0x50,
      item(0x51, maxLength),
      textItem(0x52, implementationClassUid),
      ...contexts.filter((context) => context.weProvide).map(({ abstractSyntax }) => providerRole(abstractSyntax)),
      textItem(0x55, implementationVersionName),
    ),
  ])
  return encodePdu(pduType.associateRq, body)
}

/** SCP/SCU Role Selection, PS3.7 table D.3-9: SCP only. */
function providerRole(sopClassUid: string): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(sopClassUid.length)
  return item(0x54, length, Buffer.from(sopClassUid, 'latin1'), Buffer.from([0, 1]))
}

/** A-ASSOCIATE-AC, PS3.8 9.3.3. Undefined where it is not one. */
export function decodeAssociateAc(
  body: Buffer,
  proposed: readonly PresentationContext[],
): AssociationAccepted | undefined {
  const contexts: AcceptedContext[] = []
  let maxPduLength = 0
  const items = body.length < 68 ? undefined : itemsIn(body.subarray(68))
  if (!items) return undefined
  for (const { type, value } of items) {
    if (type === 0x21) {
      const asked = proposed.find((context) => context.id === value[0])
      const syntax = itemsIn(value.subarray(4))?.find((inner) => inner.type === 0x40)
      if (!asked || value[2] !== 0 || !syntax) continue
      const transferSyntax = syntax.value.toString('latin1').replace(/[\0 ]+$/, '')
      if (!asked.transferSyntaxes.includes(transferSyntax)) continue
      contexts.push({ id: asked.id, abstractSyntax: asked.abstractSyntax, transferSyntax })
    } else if (type === 0x50) {
      const length = itemsIn(value)?.find((inner) => inner.type === 0x51)
      if (length?.value.length === 4) maxPduLength = length.value.readUInt32BE(0)
    }
  }
  return { contexts, maxPduLength }
}

/** A-ASSOCIATE-RJ, PS3.8 9.3.4. */
export type AssociationRejection = { readonly result: number; readonly source: number; readonly reason: number }

export function decodeAssociateRj(body: Buffer): AssociationRejection {
  return { result: body[1] ?? 0, source: body[2] ?? 0, reason: body[3] ?? 0 }
}

/** One presentation data value in a P-DATA-TF of its own: the head that goes before `length` bytes, PS3.8 9.3.5 and annex E. */
export function encodeDataHead(contextId: number, length: number, kind: 'command' | 'data', isLast: boolean): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt8(pduType.data, 0)
  head.writeUInt32BE(length + 6, 2)
  head.writeUInt32BE(length + 2, 6)
  head.writeUInt8(contextId, 10)
  head.writeUInt8((kind === 'command' ? 1 : 0) | (isLast ? 2 : 0), 11)
  return head
}

export type DataValue = {
  readonly contextId: number
  readonly isCommand: boolean
  readonly isLast: boolean
  readonly bytes: Buffer
}

/** The presentation data values of a P-DATA-TF; undefined where its lengths do not fit. */
export function decodeDataValues(body: Buffer): readonly DataValue[] | undefined {
  const values: DataValue[] = []
  for (let at = 0; at < body.length; ) {
    if (at + 6 > body.length) return undefined
    const length = body.readUInt32BE(at)
    if (length < 2 || at + 4 + length > body.length) return undefined
    const control = body.readUInt8(at + 5)
    values.push({
      contextId: body.readUInt8(at + 4),
      isCommand: (control & 1) === 1,
      isLast: (control & 2) === 2,
      bytes: body.subarray(at + 6, at + 4 + length),
    })
    at += 4 + length
  }
  return values
}

function item(type: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts)
  const head = Buffer.alloc(4)
  head.writeUInt8(type, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value])
}

const textItem = (type: number, text: string) => item(type, Buffer.from(text, 'latin1'))

function itemsIn(bytes: Buffer): readonly { readonly type: number; readonly value: Buffer }[] | undefined {
  const items: { type: number; value: Buffer }[] = []
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) return undefined
    const end = at + 4 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length) return undefined
    items.push({ type: bytes.readUInt8(at), value: bytes.subarray(at + 4, end) })
    at = end
  }
  return items
}
