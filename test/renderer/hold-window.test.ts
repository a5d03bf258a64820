import { expect, test } from 'vitest'
import { correctionChoices } from '../../renderer/features/corrections/correction-choices.ts'
import { countdown, dueIndex, holdsOf, isHeld } from '../../renderer/features/deliveries/hold-window.ts'
import type { Delivery } from '../../shared/api/views.ts'
import { noReason } from '../../shared/models/outbox-task.ts'

const now = Date.parse('2026-11-22T12:00:00+08:00')
const delivery = (over: Partial<Delivery>): Delivery => ({
  id: 'd1',
  examId: 'e1',
  destinationId: 'jilin-1',
  destinationName: '省影像云',
  kind: 'jilin',
  step: 'index',
  subject: '',
  state: 'waiting',
  attempts: 0,
  nextAttemptAt: now + 300_000,
  deadlineAt: now + 3_600_000,
  ...noReason,
  updatedAt: now,
  accessionNumber: 'DR1',
  patientName: '张三',
  waitsFor: null,
  ...over,
})

test('held is what was never tried and only waits for its time', () => {
  expect(isHeld(delivery({}), now)).toBe(true)
  expect(isHeld(delivery({ attempts: 1 }), now)).toBe(false)
  expect(isHeld(delivery({ nextAttemptAt: now }), now)).toBe(false)
  expect(isHeld(delivery({ state: 'blocked' }), now)).toBe(false)
  expect(isHeld(delivery({ kind: 'aimis' }), now)).toBe(false)
})

test('one hold a destination, until its last task may go', () => {
  const held = [
    delivery({}),
    delivery({ step: 'report-pdf', nextAttemptAt: now + 301_000 }),
    delivery({ kind: 'aimis' }),
  ]
  expect(holdsOf(held, now)).toEqual([{ destinationId: 'jilin-1', destinationName: '省影像云', until: now + 301_000 }])
})

test('the index that is due first is counted down, until it has arrived', () => {
  const later = delivery({ id: 'd2', deadlineAt: now + 9_000_000 })
  expect(dueIndex([later, delivery({})])?.id).toBe('d1')
  expect(dueIndex([delivery({ state: 'delivered' }), delivery({ step: 'film-url' })])).toBeUndefined()
})

test('a countdown is read at a glance', () => {
  expect(countdown(245_000)).toBe('4:05')
  expect(countdown(900)).toBe('0:01')
  expect(countdown(3_600_000)).toBe('1:00:00')
  expect(countdown(-61_000)).toBe('1:01')
})

test('only what has arrived can be taken back: by deletion at Tencent, by letter at the province', () => {
  const choices = correctionChoices([
    delivery({ state: 'delivered' }),
    delivery({ state: 'delivered', kind: 'aimis', step: 'study', destinationId: 'a1', destinationName: '腾讯' }),
    delivery({ state: 'waiting', destinationId: 'jilin-2' }),
  ])
  expect(choices.map((choice) => [choice.kind, choice.destinationId])).toEqual([
    ['letter', 'jilin-1'],
    ['delete', 'a1'],
  ])
})
