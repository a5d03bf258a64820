import { sm2 } from 'sm-crypto'
import type { JilinSettings } from '../../models/destination.ts'

/** How a cipher text is written: the document says SM2 only, its example ends in '=='. */
export type Sm2Form = JilinSettings['sm2']

const modeOf = (form: Sm2Form) => (form.order === 'C1C3C2' ? 1 : 0)

/** A point of the curve, 128 hex characters or 130 with the leading 04. */
export function isSm2PublicKey(publicKey: string): boolean {
  return sealSm2('0', publicKey, { order: 'C1C3C2', encoding: 'hex', prefix04: true }) !== undefined
}

/**
 * Encrypts a field by GB/T 32918.4 with the platform's public key (128 hex characters, or 130 with the leading 04).
 * Undefined where the key is no point of the curve. Each call gives another text: SM2 is randomised.
 */
export function sealSm2(plain: string, publicKey: string, form: Sm2Form): string | undefined {
  const key = publicKey.length === 128 ? `04${publicKey}` : publicKey
  let hex: string
  try {
    hex = sm2.doEncrypt(plain, key, modeOf(form))
  } catch {
    return undefined
  }
  const whole = form.prefix04 ? `04${hex}` : hex
  return form.encoding === 'hex' ? whole : Buffer.from(whole, 'hex').toString('base64')
}

/** Opens what `sealSm2` wrote; undefined where the text is damaged or for another key. Only the simulated cloud has the private key. */
export function openSm2(sealed: string, privateKey: string, form: Sm2Form): string | undefined {
  const hex = form.encoding === 'hex' ? sealed.toLowerCase() : Buffer.from(sealed, 'base64').toString('hex')
  // C1 (64 bytes) and C3 (32 bytes) are always there; C2 is as long as the plain text.
  if (!/^[0-9a-f]+$/.test(hex) || hex.length % 2 !== 0 || (form.prefix04 && !hex.startsWith('04'))) return undefined
  const bare = form.prefix04 ? hex.slice(2) : hex
  if (bare.length <= 192) return undefined
  try {
    return sm2.doDecrypt(bare, privateKey, modeOf(form)) || undefined
  } catch {
    return undefined
  }
}
