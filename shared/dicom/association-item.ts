import { abortReason, PeerViolation } from './pdu.ts'

/** One item, or sub-item, of an A-ASSOCIATE-RQ or -AC. */
export type AssociationItem = { readonly type: number; readonly value: Buffer }

/** An item around its parts: type, a reserved byte, 16 bits of length, value (PS3.8 9.3.2 and 9.3.3, annex D). */
export function writeItem(type: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const value = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)))
  const head = Buffer.from([type, 0, 0, 0])
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value])
}

/** The items of one level. Throws PeerViolation where their lengths do not fit. */
export function readItems(bytes: Buffer): AssociationItem[] {
  const items: AssociationItem[] = []
  let at = 0
  while (at < bytes.length) {
    if (at + 4 > bytes.length) throw malformed('an item is cut off')
    const end = at + 4 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length) throw malformed('an item is longer than its PDU')
    items.push({ type: bytes.readUInt8(at), value: bytes.subarray(at + 4, end) })
    at = end
  }
  return items
}

/** A UID, AE title or name. Some devices pad UIDs with NUL or space here, where PS3.8 F.1 forbids it. */
export function itemText(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\0 ]+$/, '')
}

export function malformed(message: string): PeerViolation {
  return new PeerViolation(abortReason.invalidParameter, message)
}
