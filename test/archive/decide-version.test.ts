import { expect, test } from 'vitest'
import type { Comparison } from '../../electron/station/archive/compare-bytes.ts'
import { decideVersion } from '../../electron/station/archive/decide-version.ts'

const came = { crc32: 7, sizeBytes: 100 }
const a = { id: 'a', ...came }
const b = { id: 'b', ...came }
const longer = { id: 'longer', crc32: 7, sizeBytes: 101 }
const other = { id: 'other', crc32: 8, sizeBytes: 100 }
const decide = (known: (typeof a)[], found: Record<string, Comparison> = {}) =>
  decideVersion(known, came, new Map(Object.entries(found)))

test('a UID that nobody knows is a new instance', () => {
  expect(decide([])).toEqual({ kind: 'new-instance' })
})

test('another length or another CRC-32 is a new version without a look at the bytes', () => {
  expect(decide([longer, other])).toEqual({ kind: 'new-version' })
})

test('where both agree, each such version is compared until one is the same', () => {
  expect(decide([other, a, b])).toEqual({ kind: 'compare', versionId: 'a' })
  expect(decide([other, a, b], { a: 'other' })).toEqual({ kind: 'compare', versionId: 'b' })
  expect(decide([a, b], { a: 'other', b: 'same' })).toEqual({ kind: 'already-had', versionId: 'b', isLost: false })
  expect(decide([a, b], { a: 'other', b: 'other' })).toEqual({ kind: 'new-version' })
})

test('a version that is the same decides, whoever else came meanwhile', () => {
  expect(decide([a, b], { b: 'same' })).toEqual({ kind: 'already-had', versionId: 'b', isLost: false })
})

test('the place of lost bytes is taken only when no other version holds them', () => {
  expect(decide([a, b], { a: 'lost' })).toEqual({ kind: 'compare', versionId: 'b' })
  expect(decide([a, b], { a: 'lost', b: 'same' })).toEqual({ kind: 'already-had', versionId: 'b', isLost: false })
  expect(decide([a, b], { a: 'lost', b: 'other' })).toEqual({ kind: 'already-had', versionId: 'a', isLost: true })
})
