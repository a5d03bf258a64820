import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backoff } from '../../electron/station/outbox/backoff.ts'
import { decideNext } from '../../electron/station/outbox/decide-next.ts'
import type { CloudOutcome } from '../../shared/clouds/cloud-outcome.ts'
import { outboxTransitions } from '../../shared/models/outbox-task.ts'

const now = 1_000_000_000
const reason = {
  code: 'X-1',
  message: '对方没有回答',
  action: '会自动重试',
  english: 'It did not work',
  englishAction: 'Try again',
}

const outcome: fc.Arbitrary<CloudOutcome> = fc.oneof(
  fc.record({ kind: fc.constant('done' as const), value: fc.anything() }),
  fc.record({ kind: fc.constant('retry' as const), reason: fc.constant(reason), maybeReceived: fc.boolean() }),
  fc.record({ kind: fc.constant('wait-until' as const), until: fc.integer(), reason: fc.constant(reason) }),
  fc.record({
    kind: fc.constantFrom('fix-exam' as const, 'fix-settings' as const, 'unknown' as const),
    reason: fc.constant(reason),
  }),
)

describe('the waits between tries', () => {
  test('are 5 s, 15 s, 45 s, 2 min, 5 min, 10 min, 15 min and then every 15 min', () => {
    const seconds = [1, 2, 3, 4, 5, 6, 7, 8, 100].map((attempts) => backoff(attempts, 0.5) / 1000)
    expect(seconds).toEqual([5, 15, 45, 120, 300, 600, 900, 900, 900])
  })

  test('are spread over a fifth to both sides', () => {
    expect([backoff(1, 0), backoff(1, 1)]).toEqual([4000, 6000])
  })

  test('are longer than nothing whatever the count', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, chance) => {
        const wait = backoff(attempts, chance)
        expect(wait).toBeGreaterThanOrEqual(4000)
        expect(wait).toBeLessThanOrEqual(900_000 * 1.2)
      }),
    )
  })
})

describe('what becomes of a task', () => {
  const next = (result: CloudOutcome, attempts = 1) => decideNext(result, attempts, now, 0.5)

  test('done is delivered, and a note is kept', () => {
    expect(
      next({ kind: 'done', value: {}, note: { chinese: '对方早已有了', english: 'It had it already' } }),
    ).toMatchObject({
      state: 'delivered',
      reason: '对方早已有了',
      reasonInEnglish: 'It had it already',
      reasonCode: null,
    })
  })

  test('a failure that surely did not arrive waits; one that may have arrived is verified first', () => {
    expect(next({ kind: 'retry', reason })).toMatchObject({ state: 'waiting', nextAttemptAt: now + 5000 })
    expect(next({ kind: 'retry', reason, maybeReceived: true }, 2)).toMatchObject({
      state: 'sent-unconfirmed',
      nextAttemptAt: now + 15_000,
    })
  })

  test('a destination that does not answer rests, at most a minute, so that no exam waits long for another', () => {
    for (const attempts of [1, 3, 7, 50]) {
      const { restDestinationUntil } = next({ kind: 'retry', reason }, attempts)
      expect(restDestinationUntil).toBeGreaterThan(now)
      expect(restDestinationUntil).toBeLessThanOrEqual(now + 60_000)
    }
    expect(next({ kind: 'fix-exam', reason }).restDestinationUntil).toBe(0)
  })

  test('a lock-out or a daily limit waits until then, however far, and never turns into a tight loop', () => {
    const tomorrow = now + 24 * 3600_000
    expect(next({ kind: 'wait-until', until: tomorrow, reason })).toMatchObject({
      state: 'waiting',
      nextAttemptAt: tomorrow,
    })
    expect(next({ kind: 'wait-until', until: 0, reason }).nextAttemptAt).toBeGreaterThan(now)
  })

  test('wrong data blocks the exam; wrong settings block it and pause the destination', () => {
    expect(next({ kind: 'fix-exam', reason })).toMatchObject({
      state: 'blocked',
      blockedBy: 'exam',
      pauseDestination: false,
    })
    expect(next({ kind: 'fix-settings', reason })).toMatchObject({
      state: 'blocked',
      blockedBy: 'settings',
      pauseDestination: true,
    })
  })

  test('an answer that nobody knows is tried three times, then shown to staff', () => {
    expect([1, 2, 3, 9].map((attempts) => next({ kind: 'unknown', reason }, attempts).state)).toEqual([
      'waiting',
      'waiting',
      'blocked',
      'blocked',
    ])
  })

  test('is a state that may follow sending, with reason and action unless it is delivered, and never gives up', () => {
    fc.assert(
      fc.property(
        outcome,
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (result, attempts, chance) => {
          const decided = decideNext(result, attempts, now, chance)
          expect(outboxTransitions.sending).toContain(decided.state)
          expect(decided.attempts).toBe(attempts)
          if (decided.state !== 'delivered') {
            expect([decided.reasonCode, decided.reason, decided.action]).toEqual([
              reason.code,
              reason.message,
              reason.action,
            ])
          }
          if (decided.state === 'waiting' || decided.state === 'sent-unconfirmed')
            expect(decided.nextAttemptAt).toBeGreaterThan(now)
          expect(decided.state === 'blocked').toBe(decided.blockedBy !== null)
          if (result.kind === 'retry') expect(['waiting', 'sent-unconfirmed']).toContain(decided.state)
          if (result.kind === 'done') expect(decided.state).toBe('delivered')
        },
      ),
      { numRuns: 1000 },
    )
  })
})
