/** PDU types, PS3.8 table 9-11 and on. */
export const pduType = {
  associateRq: 0x01,
  associateAc: 0x02,
  associateRj: 0x03,
  dataTf: 0x04,
  releaseRq: 0x05,
  releaseRp: 0x06,
  abort: 0x07,
} as const

/** Reasons of an A-ABORT by the service provider, PS3.8 table 9-26. */
export const abortReason = {
  notSpecified: 0,
  unrecognizedPdu: 1,
  unexpectedPdu: 2,
  unrecognizedParameter: 4,
  unexpectedParameter: 5,
  invalidParameter: 6,
} as const
export type AbortReason = (typeof abortReason)[keyof typeof abortReason]

/** The peer did what no peer may do: the association is aborted and the socket closed. */
export class PeerViolation extends Error {
  readonly reason: AbortReason
  constructor(reason: AbortReason, message: string) {
    super(message)
    this.name = 'PeerViolation'
    this.reason = reason
  }
}

/** One PDU without its head. */
export type Pdu = { readonly type: number; readonly body: Buffer }

/** The head of a PDU and its body: type, a reserved byte, length, PS3.8 9.3.1. */
export function pdu(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt8(type, 0)
  head.writeUInt32BE(body.length, 2)
  return Buffer.concat([head, body])
}

/** A-ABORT by the service provider (source 2), PS3.8 9.3.8. */
export function abortPdu(reason: AbortReason): Buffer {
  return pdu(pduType.abort, Buffer.from([0, 0, 2, reason]))
}

/** What goes before `length` bytes of one presentation data value in a P-DATA-TF of its own, PS3.8 9.3.5 and annex E. */
export function dataPduHead(contextId: number, isCommand: boolean, isLast: boolean, length: number): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt8(pduType.dataTf, 0)
  head.writeUInt32BE(length + 6, 2)
  head.writeUInt32BE(length + 2, 6)
  head.writeUInt8(contextId, 10)
  head.writeUInt8((isCommand ? 1 : 0) | (isLast ? 2 : 0), 11)
  return head
}

/** One P-DATA-TF with one value. */
export function dataPdu(contextId: number, isCommand: boolean, isLast: boolean, value: Buffer): Buffer {
  return Buffer.concat([dataPduHead(contextId, isCommand, isLast, value.length), value])
}

export type DataValue = {
  readonly contextId: number
  readonly isCommand: boolean
  readonly isLast: boolean
  readonly bytes: Buffer
}

/** The presentation data values in the body of a P-DATA-TF; undefined where its lengths do not fit. */
export function dataValuesIn(body: Buffer): readonly DataValue[] | undefined {
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
