import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { ProblemError } from '../../../shared/problems/problem.ts'

/** Seals secrets and identity numbers before they touch the disk: AES-256-GCM, a fresh nonce each, the purpose authenticated. */
export type SecretBox = {
  /** 12 bytes nonce, 16 bytes tag, then the cipher text. `purpose` must be the same when it is opened. */
  readonly seal: (clear: string, purpose: string) => Buffer
  /** Throws KEY-WRONG when the key or the bytes are not the ones that were sealed. */
  readonly open: (sealed: Buffer, purpose: string) => string
  /** A keyed digest, to find an equal identity number without keeping it in clear. */
  readonly fingerprint: (clear: string) => string
  /** The key itself, hex: a backup without it could not be opened on another computer. */
  readonly keyForBackup: () => string
}

export function createSecretBox(dataKey: Buffer): SecretBox {
  const sealingKey = Buffer.from(hkdfSync('sha256', dataKey, '', 'yingzhan seal', 32))
  const indexKey = Buffer.from(hkdfSync('sha256', dataKey, '', 'yingzhan index', 32))
  return {
    seal(clear, purpose) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(Buffer.from(purpose))
      const text = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text])
    },
    open(sealed, purpose) {
      try {
        const nonce = sealed.subarray(0, 12)
        // Without its length a tag cut to 4 bytes would do.
        const decipher = createDecipheriv('aes-256-gcm', sealingKey, nonce, { authTagLength: 16 })
        decipher.setAAD(Buffer.from(purpose))
        decipher.setAuthTag(sealed.subarray(12, 28))
        return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
      } catch {
        throw new ProblemError({ code: 'KEY-WRONG' })
      }
    },
    fingerprint: (clear) => createHmac('sha256', indexKey).update(clear).digest('hex'),
    keyForBackup: () => dataKey.toString('hex'),
  }
}
