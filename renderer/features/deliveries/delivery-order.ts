import type { Delivery } from '../../../shared/api/views.ts'
import type { OutboxTaskState } from '../../../shared/models/outbox-task.ts'

/** Whoever opens the page wants to see first what needs a person. */
const rank: Readonly<Record<OutboxTaskState, number>> = {
  blocked: 0,
  'sent-unconfirmed': 1,
  sending: 2,
  waiting: 3,
  delivered: 4,
  cancelled: 5,
}

export function byUrgency(left: Delivery, right: Delivery): number {
  const deadline = (delivery: Delivery) => delivery.deadlineAt ?? Number.POSITIVE_INFINITY
  const open = rank[left.state] < rank.delivered
  return (
    rank[left.state] - rank[right.state] ||
    (open && deadline(left) !== deadline(right) ? deadline(left) - deadline(right) : right.updatedAt - left.updatedAt)
  )
}

/** A waiting, lost or blocked task may be tried now; one given up may be taken up again. */
export function mayRetry(state: OutboxTaskState): boolean {
  return state !== 'delivered' && state !== 'sending'
}

export function mayGiveUp(state: OutboxTaskState): boolean {
  return state === 'waiting' || state === 'blocked' || state === 'sent-unconfirmed'
}
