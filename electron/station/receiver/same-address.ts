import { isIPv6 } from 'node:net'

/** Pure. Whether two writings are of one IP address: IPv6 may be written in many ways (RFC 5952), and IPv4 within it (RFC 4291 2.5.5.2). */
export function isSameAddress(one: string, other: string): boolean {
  return writingOf(one) === writingOf(other)
}

function writingOf(address: string): string {
  // The zone of a link-local address is a name of this computer's network card.
  const [plain = ''] = address.trim().split('%')
  if (!isIPv6(plain)) return plain
  const short = new URL(`http://[${plain}]`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short)
  if (!mapped) return short
  const [high, low] = [mapped[1], mapped[2]].map((group) => Number.parseInt(group!, 16)) as [number, number]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
