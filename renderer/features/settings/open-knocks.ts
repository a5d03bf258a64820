import type { Knock } from '../../../shared/api/views.ts'
import type { Device } from '../../../shared/models/settings.ts'

/** An IP address in numbers; a device's name in its place is not compared with where it calls from. */
const looksLikeAddress = (host: string) => /^[\d.]+$|:/.test(host)

/** Knocks that nobody has answered yet: what was let in since, from where it knocked, is none any more. */
export function openKnocks(knocks: readonly Knock[], devices: readonly Device[]): readonly Knock[] {
  return knocks.filter(
    ({ kind, callingAeTitle, address }) =>
      kind === 'wrong-called-ae' ||
      !devices.some(({ aeTitle, host }) => aeTitle === callingAeTitle && (!looksLikeAddress(host) || host === address)),
  )
}
