import { createHash } from 'node:crypto'

/** A UID that follows from its words, PS3.5 B.2: 2.25 and a UUID of version 8 (RFC 9562). The same words give the same UID. */
export function derivedUid(...words: readonly string[]): string {
  const bytes = createHash('sha256').update(words.join('\0')).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return `2.25.${BigInt(`0x${bytes.toString('hex')}`)}`
}
