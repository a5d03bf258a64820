import type { Delivery } from '../../../shared/api/views.ts'

type Timed = Pick<Delivery, 'kind' | 'state' | 'attempts' | 'nextAttemptAt'>

/** Never tried, and only waiting for its time: the provincial cloud has no recall, so a released report is held back a while. */
export function isHeld({ kind, state, attempts, nextAttemptAt }: Timed, now: number): boolean {
  return kind === 'jilin' && state === 'waiting' && attempts === 0 && nextAttemptAt > now
}

export type Hold = {
  readonly destinationId: string
  readonly destinationName: string
  readonly until: number
}

/** One entry a destination that holds something of an exam back. */
export function holdsOf(deliveries: readonly Delivery[], now: number): readonly Hold[] {
  const holds = new Map<string, Hold>()
  for (const delivery of deliveries) {
    if (!isHeld(delivery, now)) continue
    const { destinationId, destinationName, nextAttemptAt } = delivery
    const until = Math.max(nextAttemptAt, holds.get(destinationId)?.until ?? 0)
    holds.set(destinationId, { destinationId, destinationName, until })
  }
  return [...holds.values()]
}

/** The index that is not there yet, with the time it has left; the one that is due first. */
export function dueIndex(deliveries: readonly Delivery[]): (Delivery & { readonly deadlineAt: number }) | undefined {
  return deliveries
    .filter((one) => one.step === 'index' && one.state !== 'delivered' && one.state !== 'cancelled')
    .flatMap((one) => (one.deadlineAt === null ? [] : [{ ...one, deadlineAt: one.deadlineAt }]))
    .toSorted((a, b) => a.deadlineAt - b.deadlineAt)[0]
}

/** '4:05', '59:59', '1:00:00': for what is looked at while it runs. */
export function countdown(milliseconds: number): string {
  const seconds = Math.ceil(Math.abs(milliseconds) / 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** Staff are warned at 15 minutes. */
export const nearDeadline = 15 * 60_000
