import type { Knock } from '../../../shared/api/views.ts'
import type { Device } from '../../../shared/models/settings.ts'

/** An IP address in numbers. A name the station looks up itself: a knock from another address says so. */
const looksLikeAddress = (host: string) => /^[\d.]+$|:/.test(host)

/** Knocks that nobody has answered yet: what was let in since, from where it knocked, is none any more. */
export function openKnocks(knocks: readonly Knock[], devices: readonly Device[]): readonly Knock[] {
  return knocks.filter(
    ({ kind, callingAeTitle, address }) =>
      kind === 'wrong-called-ae' ||
      !devices.some(({ aeTitle, host }) => aeTitle === callingAeTitle && mayCome(host, address, kind)),
  )
}

function mayCome(host: string, address: string, kind: Knock['kind']): boolean {
  if (host === '' || host === address) return true
  return !looksLikeAddress(host) && kind !== 'wrong-address'
}
