import { expect, test } from 'vitest'
import { outcomeOfAssociationFailure, outcomeOfStoreStatus } from '../../electron/station/uploads/c-store-outcome.ts'

const peer = { aeTitle: 'PACS', host: '10.0.0.9', port: 104 }

/** A-ASSOCIATE-RJ as result, source, reason. */
const rejected = (result: number, source: number, reason: number) =>
  outcomeOfAssociationFailure({ kind: 'rejected', rejection: { result, source, reason } }, peer, 'YINGZHAN', false)

test('a calling AE title that is not known there is a matter of settings, with our name and what to do', () => {
  const outcome = rejected(1, 1, 3)
  expect(outcome).toMatchObject({ kind: 'fix-settings', reason: { message: '接收方不认识本机的 AE 名“YINGZHAN”' } })
  expect(outcome.kind !== 'done' && outcome.reason.action).toContain('登记本机 AE 名')
})

test('a busy peer is tried again, one that gives no reason is shown to staff after a few tries', () => {
  expect(rejected(2, 3, 1).kind).toBe('retry')
  expect(rejected(1, 3, 2).kind).toBe('retry')
  expect(rejected(2, 1, 1).kind).toBe('retry')
  expect(rejected(1, 1, 1).kind).toBe('unknown')
  expect(rejected(1, 1, 7).kind).toBe('fix-settings')
  expect(rejected(1, 2, 2).kind).toBe('fix-settings')
})

test('an association that broke after the last byte may have delivered', () => {
  const lost = { kind: 'lost', why: 'silent' } as const
  expect(outcomeOfAssociationFailure(lost, peer, 'Y', true)).toMatchObject({ kind: 'retry', maybeReceived: true })
  expect(outcomeOfAssociationFailure(lost, peer, 'Y', false)).not.toHaveProperty('maybeReceived')
})

test('every status of the standard’s ranges leads somewhere, and none but success and warnings is done', () => {
  for (let status = 0; status <= 0xffff; status += 1) {
    const outcome = outcomeOfStoreStatus(status, '', [])
    const isDone = [0x0000, 0x0001, 0x0107, 0x0111, 0x0116].includes(status) || status >> 12 === 0xb
    expect(outcome.kind === 'done', status.toString(16)).toBe(isDone)
  }
  expect(outcomeOfStoreStatus(0xa7ff, '', []).kind).toBe('retry')
  expect(outcomeOfStoreStatus(0xa9ff, '', []).kind).toBe('fix-exam')
  expect(outcomeOfStoreStatus(0xcfff, '', []).kind).toBe('unknown')
})

test('what a peer says about a patient does not reach the screen or the log', () => {
  const outcome = outcomeOfStoreStatus(0xc000, 'bad name Wang^Xiuying 王秀英 11010519491231002X', { name: '王秀英' })
  const words = JSON.stringify(outcome)
  expect(words).toContain('0xC000')
  expect(words).not.toMatch(/王秀英|Wang|Xiuying|110105/)
})
