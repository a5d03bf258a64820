import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { type AskingSources, askAddress } from './ask-address.ts'
import { type AddressFinding, type AddressVerdict, isSilent, judgeAddress } from './judge-address.ts'

/** A print waits so long at most, however many addresses its cards have. */
const waitMs = 2500
const keepMs: Readonly<Record<AddressVerdict, number>> = { answers: 10 * 60_000, dead: 2 * 60_000, unknown: 30_000 }
/** A line that breaks makes no dead address alive; after this long nobody knows any more. */
const deadAtMostMs = 60 * 60_000
const silenceMs = 30_000
const mostAtOnce = 8
const mostKept = 1000
/** For lists: asked without anybody who waits. */
const mostBehind = { times: 6, withinMs: 60_000 }

type Kept = { readonly verdict: AddressVerdict; readonly until: number; readonly deadSince: number }

export type AddressAnswers = ReturnType<typeof createAddressAnswers>

/**
 * Whether the addresses that QRs lead to still answer. What was found is kept a while, each address is asked once at a time, and the log
 * names hosts only: the rest of an address may be a key to somebody's images.
 */
export function createAddressAnswers(
  deps: AskingSources & {
    readonly clock: Clock
    readonly log: Log
    /** An address that was asked behind died, or is dead no more. */
    readonly onNews?: () => void
  },
) {
  const { clock, log } = deps
  const kept = new Map<string, Kept>()
  const running = new Map<string, Promise<AddressVerdict>>()
  /** Hosts that gave no answer last time, and until when they are left alone. */
  const silent = new Map<string, number>()
  const stopping = new AbortController()
  const queue: (() => void)[] = []
  let busy = 0
  let askedBehind: readonly number[] = []

  const lastOf = (address: string): AddressVerdict => kept.get(address)?.verdict ?? 'unknown'
  const isFresh = (address: string) => clock() < (kept.get(address)?.until ?? 0)
  const isLeftAlone = (host: string) => clock() < (silent.get(host) ?? 0)

  function start(address: string): Promise<AddressVerdict> {
    const known = running.get(address)
    if (known) return known
    const question = find(address).finally(() => running.delete(address))
    running.set(address, question)
    return question
  }

  async function find(address: string): Promise<AddressVerdict> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(waitMs)])
    if (busy >= mostAtOnce) await new Promise<void>((resolve) => queue.push(resolve))
    if (signal.aborted) {
      queue.shift()?.()
      return lastOf(address)
    }
    busy += 1
    try {
      return keep(address, await askAddress(address, deps, signal))
    } finally {
      busy -= 1
      queue.shift()?.()
    }
  }

  function keep(address: string, finding: AddressFinding): AddressVerdict {
    const now = clock()
    const { host } = new URL(address)
    silent.delete(host)
    if (isSilent(finding) && !stopping.signal.aborted) silent.set(host, now + silenceMs)
    const before = kept.get(address)
    const found = judgeAddress(finding)
    const isStillDead = found === 'unknown' && before?.verdict === 'dead' && now - before.deadSince < deadAtMostMs
    const verdict = isStillDead ? 'dead' : found
    const deadSince = isStillDead ? before.deadSince : now
    kept.delete(address)
    kept.set(address, { verdict, until: now + keepMs[found], deadSince })
    forgetOldest(kept)
    forgetOldest(silent)
    if (found === 'dead' && before?.verdict !== 'dead')
      log.warn({ host, finding }, 'the address of a QR leads nowhere: the QR is not printed')
    return verdict
  }

  /** A host that was silent is asked again, and nobody waits for it. */
  async function answers(address: string): Promise<AddressVerdict> {
    if (isFresh(address) || stopping.signal.aborted) return lastOf(address)
    const { host } = new URL(address)
    if (!silent.has(host)) return start(address)
    if (!isLeftAlone(host)) void start(address)
    return lastOf(address)
  }

  function askBehind(address: string): void {
    const now = clock()
    askedBehind = askedBehind.filter((at) => now - at < mostBehind.withinMs)
    const { host } = new URL(address)
    if (askedBehind.length >= mostBehind.times || running.has(address) || isLeftAlone(host)) return
    askedBehind = [...askedBehind, now]
    const before = lastOf(address)
    void start(address).then((after) => {
      if ((before === 'dead') !== (after === 'dead')) deps.onNews?.()
    })
  }

  return {
    /** Each must be a web address (`isScannableAddress`). Comes within 2.5 seconds and never fails. */
    answers,

    /** What is known without waiting; what is old is asked again behind, a few times a minute. */
    lastKnown(address: string): AddressVerdict {
      if (!isFresh(address) && !stopping.signal.aborted) askBehind(address)
      return lastOf(address)
    },

    /** Ends what is being asked. */
    stop: (): void => stopping.abort(),
  }
}

function forgetOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys()
  if (map.size > mostKept && oldest !== undefined) map.delete(oldest)
}
