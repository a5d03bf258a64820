import { isIP } from 'node:net'

/** What was typed in as a device's address: nothing, an IP address, a name that a DNS could know, or neither. */
export type HostKind = 'none' | 'address' | 'name' | 'unusable'

/** Labels of RFC 1123 (and the underscore that Windows allows); the last one is no number, or it would be a mistyped IP address. */
const hostName =
  /^(?=.{1,100}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*(?![0-9]+\.?$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?$/i

/**
 * Pure. Only of a device with an IP address is it checked where it connects from: a mistyped one that passed for a name would
 * let it in from anywhere, unseen.
 */
export function hostKind(host: string): HostKind {
  if (host === '') return 'none'
  if (isIP(host) !== 0) return 'address'
  return hostName.test(host) ? 'name' : 'unusable'
}
