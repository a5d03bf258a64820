import { lookup } from 'node:dns/promises'
import type { Clock } from '../clock.ts'
import { hostKind } from '../settings/device-host.ts'

/** All addresses of a name; throws where it has none. */
export type ResolveName = (name: string) => Promise<readonly string[]>

export type HostAddresses = {
  /** Looks a host name up, unless that was done within the last minute. Settles after 2 s at the latest; never throws. */
  lookUp(host: string): Promise<void>
  /** What a name stands for, as far as is known now; [] where it can't be found. */
  of(host: string): readonly string[]
}

const goodForMilliseconds = 60_000
const waitMilliseconds = 2000

const resolveByDns: ResolveName = async (name) => (await lookup(name, { all: true })).map(({ address }) => address)

type Known = { readonly addresses: readonly string[]; readonly until: number }

/**
 * The addresses behind the names that devices are registered with. A name that could be found once and can't be now (the router starts
 * anew) keeps the addresses that it had: a device must not be locked out by that.
 */
export function createHostAddresses(clock: Clock, resolve: ResolveName = resolveByDns): HostAddresses {
  const known = new Map<string, Known>()
  const underWay = new Map<string, Promise<void>>()

  async function ask(host: string): Promise<void> {
    const found = await resolve(host).catch(() => undefined)
    const addresses = found ?? known.get(host)?.addresses ?? []
    known.set(host, { addresses: addresses.map(withoutMapping), until: clock() + goodForMilliseconds })
  }

  return {
    async lookUp(host) {
      if (hostKind(host) !== 'name' || (known.get(host)?.until ?? 0) > clock()) return
      const asking = underWay.get(host) ?? ask(host).finally(() => underWay.delete(host))
      underWay.set(host, asking)
      await within(waitMilliseconds, asking)
    },
    of: (host) => known.get(host)?.addresses ?? [],
  }
}

/** An IPv4 address written as IPv6 (RFC 4291 2.5.5.2) is the same. */
const withoutMapping = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, patience])
  clearTimeout(timer)
}
