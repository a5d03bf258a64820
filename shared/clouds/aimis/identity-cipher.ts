import { createCipheriv, createDecipheriv } from 'node:crypto'

/**
 * AES-256-ECB + HEX for phoneNum and idNum of the internet-hospital calls (documents 2023 and 2025, 互联网医院相关接口). The key is the
 * token's 32 bytes; padding (PKCS#7) and case (lower) are not given there and are our reading.
 */
export function sealIdentity(plain: string, token: string): string {
  return aes256EcbHex(Buffer.from(plain, 'utf8'), keyOf(token))
}

/** AES-256 in ECB mode (NIST SP 800-38A, 6.1) with PKCS#7 padding, lower-case hex. `key`: 32 bytes. */
export function aes256EcbHex(plain: Buffer, key: Buffer): string {
  const cipher = createCipheriv('aes-256-ecb', key, null)
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('hex')
}

/** Opens what `sealIdentity` or the cloud wrote, either case; undefined where it is no such text. */
export function openIdentity(sealed: string, token: string): string | undefined {
  if (!/^(?:[0-9a-f]{32})+$/i.test(sealed)) return undefined
  try {
    const decipher = createDecipheriv('aes-256-ecb', keyOf(token), null)
    const plain = Buffer.concat([decipher.update(sealed, 'hex'), decipher.final()])
    return new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch {
    return undefined
  }
}

/** Settings refuse a token of another length, so this never throws in the station. */
function keyOf(token: string): Buffer {
  const key = Buffer.from(token, 'utf8')
  if (key.length !== 32) throw new RangeError('An AIMIS token has 32 bytes')
  return key
}
