import type { DeliveryStep, OutboxTask } from '../../../shared/models/outbox-task.ts'
import type { Clock } from '../clock.ts'
import { type OutboxSql, type OutboxSqlRow, prerequisitesOf, toTask } from './outbox-sql.ts'
import type { Prerequisite } from './plan-deliveries.ts'

const readyAtOnce = 500

/** Which tasks may go now. */
export function createReadiness(sql: OutboxSql, clock: Clock) {
  function isMet(needed: Prerequisite, destinationId: string, ownScope: string): boolean {
    const scope = needed.scope ?? ownScope
    if (needed.subject === '*') return sql.openOfStep.get(destinationId, scope, needed.step) === 0
    const newest = sql.versions
      .all(destinationId, scope, needed.step, needed.subject)
      .find((version) => version.state !== 'cancelled')
    return newest?.state === 'delivered'
  }

  /** What may be sent to a destination now, in order: due, with everything before it delivered. The first few hundred. */
  function ready(destinationId: string): OutboxTask[] {
    const thing = (row: OutboxSqlRow) => `${row.scope}/${row.step}/${row.subject}`
    const sending = new Set(sql.sendingTo.all(destinationId).map(thing))
    const met = new Map<string, boolean>()
    const isReady = (row: OutboxSqlRow) => {
      if (sending.has(thing(row))) return false
      return prerequisitesOf(row).every((needed) => {
        const key = `${needed.scope ?? row.scope}/${needed.step}/${needed.subject}`
        const known = met.get(key) ?? isMet(needed, destinationId, row.scope)
        met.set(key, known)
        return known
      })
    }
    const ready: OutboxTask[] = []
    for (const row of sql.due.iterate(destinationId, clock())) {
      if (isReady(row)) ready.push(toTask(row))
      if (ready.length >= readyAtOnce) break
    }
    return ready
  }

  /** The step that a task waits for; undefined when only its own time keeps it. */
  function waitsFor(id: string): DeliveryStep | undefined {
    const row = sql.get.get(id)
    if (row?.state !== 'waiting') return undefined
    return prerequisitesOf(row).find((needed) => !isMet(needed, row.destination_id, row.scope))?.step
  }

  return { ready, waitsFor }
}
