import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(scrypt) as (
  password: string,
  salt: Buffer,
  length: number,
  options: { N: number; r: number; p: number; maxmem: number },
) => Promise<Buffer>

/** OWASP Password Storage: scrypt N=2^17 r=8 p=1, about 0.4 s and 128 MiB. */
const strong = { log2N: 17, r: 8, p: 1 }

/** 'scrypt$17$8$1$<salt hex>$<hash hex>' */
export async function hashPassword(password: string, cost = strong): Promise<string> {
  const salt = randomBytes(16)
  const hash = await deriveWith(password, salt, cost)
  return ['scrypt', cost.log2N, cost.r, cost.p, salt.toString('hex'), hash.toString('hex')].join('$')
}

export async function checkPassword(password: string, stored: string): Promise<boolean> {
  const [kind, log2N, r, p, salt, hash] = stored.split('$')
  if (kind !== 'scrypt' || !salt || !hash) return false
  const expected = Buffer.from(hash, 'hex')
  const found = await deriveWith(password, Buffer.from(salt, 'hex'), {
    log2N: Number(log2N),
    r: Number(r),
    p: Number(p),
  })
  return expected.length === found.length && timingSafeEqual(expected, found)
}

/** One at a time: each takes 128 MiB and a thread that the receiver's files want too. */
let line: Promise<unknown> = Promise.resolve()

function deriveWith(password: string, salt: Buffer, cost: typeof strong): Promise<Buffer> {
  const N = 2 ** cost.log2N
  const options = { N, r: cost.r, p: cost.p, maxmem: 256 * N * cost.r }
  const result = line.then(() => derive(password.normalize('NFC'), salt, 32, options))
  line = result.catch(() => {})
  return result
}
