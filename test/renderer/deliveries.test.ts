import { expect, test } from 'vitest'
import { byUrgency, mayGiveUp, mayRetry } from '../../renderer/features/deliveries/delivery-order.ts'
import { durationWords } from '../../renderer/features/deliveries/duration-words.ts'
import { dictionaries } from '../../renderer/text/dictionary.ts'
import type { Delivery } from '../../shared/api/views.ts'
import { deliverySteps, outboxTaskStateSchema, outboxTransitions } from '../../shared/models/outbox-task.ts'

const delivery = (facts: Partial<Delivery>): Delivery => ({ deadlineAt: null, updatedAt: 0, ...facts }) as Delivery

test('what needs a person stands first, and among equals what is due first', () => {
  const rows = [
    delivery({ id: 'done', state: 'delivered' }),
    delivery({ id: 'later', state: 'waiting', deadlineAt: 200 }),
    delivery({ id: 'blocked', state: 'blocked' }),
    delivery({ id: 'sooner', state: 'waiting', deadlineAt: 100 }),
  ]
  expect(rows.toSorted(byUrgency).map((row) => row.id)).toEqual(['blocked', 'sooner', 'later', 'done'])
})

test('only what the table allows is offered', () => {
  for (const state of outboxTaskStateSchema.options) {
    if (mayGiveUp(state)) expect(outboxTransitions[state]).toContain('cancelled')
    if (outboxTransitions[state].length === 0) expect(mayRetry(state)).toBe(false)
  }
})

test('a length of time is said in its largest units', () => {
  const words = dictionaries['zh-CN'].deliveries
  expect(durationWords(40_000, words)).toBe('40 秒')
  expect(durationWords(23 * 60_000, words)).toBe('23 分')
  expect(durationWords(65 * 60_000, words)).toBe('1 小时 5 分')
  expect(durationWords(-3 * 24 * 3600_000, words)).toBe('3 天')
})

test('every step of every destination has its words in both languages', () => {
  for (const [kind, steps] of Object.entries(deliverySteps)) {
    for (const step of steps) {
      expect(dictionaries['zh-CN'].words.step[`${kind}:${step}`]).toBeTruthy()
      expect(dictionaries.en.words.step[`${kind}:${step}`]).toBeTruthy()
    }
  }
})
