import { isIP } from 'node:net'

/** What was typed in as a device's address: nothing, an IP address, a name that a DNS could know, or neither. */
export type HostKind = 'none' | 'address' | 'name' | 'unusable'

/** Labels of RFC 1123 (and the underscore that Windows allows); the last one is no number, or it would be a mistyped IP address. */
const hostName =
  /^(?=.{1,100}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*(?![0-9]+\.?$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?$/i

/**
 * Pure. Where a device connects from is held against its IP address, or the addresses of its name: a mistyped address that passed for
 * a name would keep it out, and nobody would see why.
 */
export function hostKind(host: string): HostKind {
  if (host === '') return 'none'
  if (isIP(host) !== 0) return 'address'
  return hostName.test(host) ? 'name' : 'unusable'
}
