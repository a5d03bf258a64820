import { describe, test } from 'vitest'
import { type PeerName, packagesOf, peerList, skippedSuiteName } from '../build/peer-list.ts'

const names = Object.keys(peerList) as PeerName[]

/** Which programs by other hands this computer has. Each is looked up when it is first asked for. */
export const peers = Object.defineProperties(
  {},
  Object.fromEntries(
    names.map((name) => {
      let known: boolean | undefined
      return [
        name,
        {
          enumerable: true,
          get: () => {
            known ??= peerList[name].isPresent()
            return known
          },
        },
      ]
    }),
  ),
) as Readonly<Record<PeerName, boolean>>

/**
 * A suite that talks to such programs: `describeWith(['dcmtk'], 'a C-STORE', () => …)`. Where one is missing the suite is
 * skipped by name; on the build server (CI=true) that is a failure, because there nothing may go untested unseen.
 */
export function describeWith(wanted: readonly PeerName[], name: string, suite: () => void): void {
  const missing = wanted.filter((peer) => !peers[peer])
  if (missing.length === 0) {
    describe(name, suite)
    return
  }
  describe.skip(skippedSuiteName(name, missing), suite)
  if (process.env.CI === 'true') {
    const packages = missing.map(packagesOf).join('; ')
    test(`${name}: ${missing.join(', ')} must be there under CI`, () => {
      throw new Error(`缺少 ${missing.join(', ')}，请安装 / not installed, please install: ${packages}`)
    })
  }
}
