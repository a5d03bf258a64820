import { lookup as systemLookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import type { Clock } from '../clock.ts'

/** 'open': it has an address of the open internet. 'inside': only one of a local network. 'unknown': nobody could say. */
export type FoundHost = 'open' | 'inside' | 'no-such-name' | 'unknown'

export type Lookup = (host: string) => Promise<readonly { readonly address: string }[]>
export type FindHost = (host: string, signal: AbortSignal) => Promise<FoundHost>

const keepMs = 30_000
const mostKept = 100
/** Each takes one of the threads that also sync the disk, and without a line it may hold it for half a minute. */
const mostAtOnce = 2

/** RFC 1918, 6598, 3927, 4193, 4291; 198.18.0.0/15 is what some proxies answer for any name. */
const insideNetworks = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
] as const)
  insideNetworks.addSubnet(network, bits)
for (const [network, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  insideNetworks.addSubnet(network, bits, 'ipv6')

const isOpen = (address: string) => !insideNetworks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** RFC 2606, 6761, 6762: nobody's names, and those of the local network. */
const isReserved = (host: string) => /(^|\.)(invalid|test|example|localhost|local)$/.test(host) || !host.includes('.')

/** Asks the system for a name, one question at a time for each, and keeps the answer for half a minute. Never throws. */
export function createFindHost(clock: Clock, lookup: Lookup = (host) => systemLookup(host, { all: true })): FindHost {
  const kept = new Map<string, { readonly found: FoundHost; readonly until: number }>()
  const running = new Map<string, Promise<FoundHost>>()

  async function ask(host: string): Promise<FoundHost> {
    const found = await lookup(host).then(
      (addresses): FoundHost => (addresses.some(({ address }) => isOpen(address)) ? 'open' : 'inside'),
      (error: NodeJS.ErrnoException): FoundHost => (error.code === 'ENOTFOUND' ? 'no-such-name' : 'unknown'),
    )
    running.delete(host)
    if (kept.size >= mostKept) kept.clear()
    kept.set(host, { found, until: clock() + keepMs })
    return found
  }

  return (host, signal) => {
    if (isIP(host)) return Promise.resolve(isOpen(host) ? 'open' : 'inside')
    if (isReserved(host)) return Promise.resolve('unknown')
    const known = kept.get(host)
    if (known && clock() < known.until) return Promise.resolve(known.found)
    let question = running.get(host)
    if (!question) {
      if (running.size >= mostAtOnce) return Promise.resolve('unknown')
      question = ask(host)
      running.set(host, question)
    }
    return Promise.race([question, ended(signal)])
  }
}

/** The system's question cannot be called back; whoever waited for it goes on. */
function ended(signal: AbortSignal): Promise<FoundHost> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('unknown')
    signal.addEventListener('abort', () => resolve('unknown'), { once: true })
  })
}
