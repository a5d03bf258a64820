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

export function pdu(type: number, content: Buffer): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt8(type, 0)
  head.writeUInt32BE(content.length, 2)
  return Buffer.concat([head, content])
}

/** A-ABORT by the service provider (source 2), PS3.8 9.3.8. */
export function abortPdu(reason: AbortReason): Buffer {
  return pdu(pduType.abort, Buffer.from([0, 0, 2, reason]))
}

/** One P-DATA-TF with one PDV, PS3.8 9.3.5 and annex E. */
export function dataPdu(contextId: number, isCommand: boolean, isLast: boolean, value: Buffer): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt32BE(value.length + 2, 0)
  head.writeUInt8(contextId, 4)
  head.writeUInt8((isCommand ? 1 : 0) | (isLast ? 2 : 0), 5)
  return pdu(pduType.dataTf, Buffer.concat([head, value]))
}
