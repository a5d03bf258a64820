import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  overdueDays,
  partsOf,
  type ReconcileFacts,
  type ReconcileRun,
  reconcileDue,
  slotBefore,
} from '../../electron/station/uploads/reconcile-due.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const at = (text: string) => Date.parse(`${text}+08:00`)

const facts = (part: Partial<ReconcileFacts>): ReconcileFacts => ({
  now: at('2026-11-22T03:30:00'),
  hour: 3,
  runs: [],
  firstDeliveredAt: at('2026-11-21T10:00:00'),
  quietSince: at('2026-11-21T19:00:00'),
  ...part,
})
const confirmed = (text: string): ReconcileRun => ({ endAt: at(text), confirmed: true })
const failed = (text: string): ReconcileRun => ({ endAt: at(text), confirmed: false })
const why = (part: Partial<ReconcileFacts>) => {
  const decision = reconcileDue(facts(part))
  return decision.kind === 'wait' ? decision.why : decision.period
}

describe('when the cloud is told what it was given', () => {
  test('the first time is the idle hour after the first delivery, from that delivery on', () => {
    expect(why({ firstDeliveredAt: undefined })).toBe('nothing-yet')
    expect(why({ now: at('2026-11-21T15:00:00'), quietSince: 0 })).toBe('done')
    expect(why({ now: at('2026-11-22T02:59:59'), quietSince: 0 })).toBe('done')
    expect(why({})).toEqual({ from: at('2026-11-21T10:00:00'), to: at('2026-11-22T03:30:00') })
  })

  test('while something is being sent it waits, at the latest for two hours', () => {
    const busy = (now: string) => why({ now: at(now), quietSince: at(now) - 9 * minute })
    expect(busy('2026-11-22T03:00:00')).toBe('busy')
    expect(busy('2026-11-22T04:59:59')).toBe('busy')
    expect(busy('2026-11-22T05:00:00')).toEqual({ from: at('2026-11-21T10:00:00'), to: at('2026-11-22T05:00:00') })
    expect(why({ quietSince: at('2026-11-22T03:20:00') })).toMatchObject({ to: at('2026-11-22T03:30:00') })
  })

  test('a day that is done is done, one that failed is tried an hour later', () => {
    expect(why({ runs: [confirmed('2026-11-22T03:01:00')] })).toBe('done')
    expect(why({ runs: [confirmed('2026-11-21T03:01:00')] })).toMatchObject({ from: at('2026-11-21T03:01:00') })
    const runs = [failed('2026-11-22T03:10:00'), confirmed('2026-11-20T03:01:00')]
    expect(why({ runs, now: at('2026-11-22T04:09:59') })).toBe('failed-lately')
    expect(why({ runs, now: at('2026-11-22T04:10:00') })).toMatchObject({ from: at('2026-11-20T03:01:00') })
  })

  test('a station that was off at night does it when it is on again', () => {
    expect(why({ now: at('2026-11-22T08:30:00'), quietSince: at('2026-11-22T08:29:00') })).toMatchObject({
      to: at('2026-11-22T08:30:00'),
    })
  })

  test('what a clock that ran ahead has confirmed counts for nothing until then', () => {
    const runs = [confirmed('2027-11-22T03:00:00'), failed('2027-11-22T02:00:00'), confirmed('2026-11-21T03:00:00')]
    expect(why({ runs })).toEqual({ from: at('2026-11-21T03:00:00'), to: at('2026-11-22T03:30:00') })
  })

  test('the slot begins at the idle hour in China, whatever the zone of the machine', () => {
    expect(slotBefore(at('2026-11-22T02:59:59'), 3)).toBe(at('2026-11-21T03:00:00'))
    expect(slotBefore(at('2026-11-22T03:00:00'), 3)).toBe(at('2026-11-22T03:00:00'))
    expect(slotBefore(at('2026-11-22T00:00:00'), 0)).toBe(at('2026-11-22T00:00:00'))
    expect(slotBefore(at('2026-11-22T22:00:00'), 23)).toBe(at('2026-11-21T23:00:00'))
  })

  test('staff are told after three days without one', () => {
    const now = at('2026-11-25T03:00:00')
    expect(overdueDays({ now, runs: [confirmed('2026-11-22T03:00:01')], firstDeliveredAt: 0 })).toBeUndefined()
    expect(overdueDays({ now, runs: [confirmed('2026-11-22T03:00:00')], firstDeliveredAt: 0 })).toBe(3)
    expect(overdueDays({ now, runs: [], firstDeliveredAt: undefined })).toBeUndefined()
  })
})

/** What may happen to a station: time passes, its clock is set, it is switched off for a while, the cloud fails. */
const happenings = fc.array(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 900 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('set' as const), minutes: fc.integer({ min: -600_000, max: 600_000 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('off' as const), minutes: fc.integer({ min: 1, max: 20_000 }) }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('cloud' as const), works: fc.boolean() }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('busy' as const), until: fc.integer({ min: 0, max: 600 }) }),
    },
  ),
  { minLength: 1, maxLength: 60 },
)

/** Lives through it minute by minute (coarser where that changes nothing) and keeps what was run. */
function live(steps: typeof happenings extends fc.Arbitrary<infer T> ? T : never, idleHour: number) {
  let now = at('2026-11-21T10:00:00')
  const firstDeliveredAt = now
  let quietSince = now
  let busyUntil = now
  let works = true
  const runs: (ReconcileRun & { from: number; at: number })[] = []
  const look = () => {
    if (now < busyUntil) quietSince = now
    const decision = reconcileDue({
      now,
      hour: idleHour,
      runs,
      firstDeliveredAt,
      quietSince: Math.min(quietSince, now),
    })
    if (decision.kind !== 'run') return
    const { from, to } = decision.period
    runs.push({ from, endAt: works ? to : now, confirmed: works, at: now })
  }
  for (const step of steps) {
    if (step.kind === 'pass') {
      for (let i = 0; i < step.minutes; i += 5) {
        now += 5 * minute
        look()
      }
    } else if (step.kind === 'set') {
      now += step.minutes * minute
      look()
    } else if (step.kind === 'off') {
      now += step.minutes * minute
      quietSince = now
      look()
    } else if (step.kind === 'cloud') works = step.works
    else busyUntil = now + step.until * minute
  }
  return { runs, firstDeliveredAt, now }
}

describe('whatever happens', () => {
  test('no moment since the first delivery is ever left out, also when the clock is set and the station is off', () => {
    fc.assert(
      fc.property(happenings, fc.integer({ min: 0, max: 23 }), (steps, idleHour) => {
        const { runs, firstDeliveredAt } = live(steps, idleHour)
        for (const [index, run] of runs.entries()) {
          expect(run.from).toBeLessThan(run.endAt + 1)
          const before = runs.slice(0, index).filter((one) => one.confirmed)
          // It begins where a confirmed one ended, or at the first delivery.
          expect([firstDeliveredAt, ...before.map((one) => one.endAt)]).toContain(run.from)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('while the clock only goes forward there is one a day, and an hour between those that fail', () => {
    const forward = happenings.map((steps) => steps.filter((step) => step.kind !== 'set'))
    fc.assert(
      fc.property(forward, fc.integer({ min: 0, max: 23 }), (steps, idleHour) => {
        const { runs } = live(steps, idleHour)
        const done = runs.filter((run) => run.confirmed)
        const slots = done.map((run) => slotBefore(run.at, idleHour))
        expect(new Set(slots).size).toBe(slots.length)
        for (const [i, run] of runs.entries()) {
          const last = runs[i - 1]
          if (last && !last.confirmed) expect(run.at - last.at).toBeGreaterThanOrEqual(hour)
        }
        // Confirmed periods lie end to start.
        for (const [i, run] of done.entries()) if (i > 0) expect(run.from).toBe(done[i - 1]?.endAt)
      }),
      { numRuns: 300 },
    )
  })

  test('a station that is on, with a cloud that answers, is never behind by more than a day and two hours', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 20 }), (busy) => {
        const steps = busy.flatMap((until) => [
          { kind: 'busy' as const, until },
          { kind: 'pass' as const, minutes: 700 },
        ])
        const { runs, now, firstDeliveredAt } = live(steps, 3)
        const last = runs.filter((run) => run.confirmed).at(-1)?.endAt ?? firstDeliveredAt
        expect(now - last).toBeLessThanOrEqual(day + 2 * hour + 5 * minute)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a long period', () => {
  test('is told in parts that are periods of their own, each exam once, no second divided', () => {
    const exams = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 })
    fc.assert(
      fc.property(exams, fc.integer({ min: 1, max: 40 }), (times, most) => {
        const period = { from: 1_000_000, to: 1_000_000 + 5_001_000 }
        const delivered = times.map((t, i) => ({ examId: `e${i}`, at: period.from + t * 1000 + (i % 1000) }))
        const parts = partsOf(period, delivered, most)
        expect(parts.flatMap((part) => part.examIds).sort()).toEqual(delivered.map((one) => one.examId).sort())
        expect(parts[0]?.from).toBe(period.from)
        expect(parts.at(-1)?.to).toBe(period.to)
        for (const [i, part] of parts.entries()) {
          if (i > 0) expect(part.from).toBe(parts[i - 1]?.to)
          for (const id of part.examIds) {
            const exam = delivered.find((one) => one.examId === id)!
            expect(exam.at >= part.from && exam.at < part.to).toBe(true)
          }
        }
      }),
    )
  })

  test('without any exam it is one part, and exams of other times are none of it', () => {
    const period = { from: 10_000, to: 20_000 }
    expect(partsOf(period, [], 10)).toEqual([{ ...period, examIds: [] }])
    expect(
      partsOf(
        period,
        [
          { examId: 'a', at: 9999 },
          { examId: 'b', at: 20_000 },
        ],
        10,
      ),
    ).toEqual([{ ...period, examIds: [] }])
  })
})
