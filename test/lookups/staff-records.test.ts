import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDocuments } from '../../electron/station/documents/documents.ts'
import { createLog } from '../../electron/station/log.ts'
import { createScheduler } from '../../electron/station/outbox/scheduler.ts'
import { createJilinDelivery } from '../../electron/station/uploads/deliver-to-jilin.ts'
import type { ReminderCallRecord } from '../../shared/clouds/jilin/queries.ts'
import { recognitionSchema } from '../../shared/models/lookup.ts'
import { codeOf, expectOk } from '../db/rooms-for-tests.ts'
import { type LookupBench, openLookups, person, tellElsewhere } from './lookup-bench.ts'

/** Sends what the outbox holds, as the station does, until nothing is left or time is up. */
async function deliverAll(bench: LookupBench, milliseconds = 1500): Promise<void> {
  const { outbox, destinations, readDossier, events } = bench.rooms
  const log = createLog({ write: () => {} })
  const delivery = createJilinDelivery({
    clock: Date.now,
    log,
    audit: () => {},
    dataSetOf: () => undefined,
    stationAeTitle: 'YINGZHAN',
    documents: createDocuments(),
    clients: bench.clients,
  })
  const scheduler = createScheduler({
    outbox,
    destinations: destinations.all,
    pauseDestination: destinations.pause,
    readDossier,
    events,
    clock: bench.rooms.clock,
    log,
    deliver: async (tasks, dossier, destination) =>
      new Map(
        destination.kind === 'jilin'
          ? await Promise.all(
              tasks.map(async (task) => [task.id, await delivery.deliver(task, dossier, destination)] as const),
            )
          : [],
      ),
  })
  scheduler.start()
  const records = () =>
    outbox.list().filter((task) => ['call-record', 'recognition'].includes(task.step) && task.state !== 'delivered')
  for (let waited = 0; waited < milliseconds && records().length > 0; waited += 20)
    await new Promise((resolve) => setTimeout(resolve, 20))
  await scheduler.stop(1000, () => {})
}

const types: readonly [Parameters<LookupBench['lookups']['callRecord']>[0]['kind'], string][] = [
  ['reminder', '1'],
  ['view', '2'],
  ['pdf', '3'],
]

test('each look becomes a record of its own, of the moment when it happened', async () => {
  const bench = await openLookups()
  const cloudExamId = await tellElsewhere(bench.platform, bench.province)
  const examId = bench.register()
  for (const [kind] of types) {
    const searchType = kind === 'reminder' ? { searchType: 'duplicate' as const } : {}
    const record = { examId, destinationId: bench.province.id, cloudExamId, kind, ...searchType }
    expectOk(bench.lookups.callRecord(record, person))
  }
  const recognition = { examId, destinationId: bench.province.id, cloudExamId, recognised: false, quoted: false }
  expectOk(bench.lookups.recognition({ ...recognition, reason: '病情已变化' }, person))
  expectOk(bench.lookups.recognition({ ...recognition, recognised: true, quoted: true }, person))
  bench.rooms.advance(3_600_000)
  await deliverAll(bench)
  const { reminders, recognitions, refusals } = bench.platform.ledger
  expect(refusals).toEqual([])
  expect(reminders.map((one) => [one.retrivaType, one.searchType, one.retrivalTime])).toEqual([
    ['1', '2', '2026-11-21 09:30:00'],
    ['2', undefined, '2026-11-21 09:30:00'],
    ['3', undefined, '2026-11-21 09:30:00'],
  ])
  expect(recognitions).toEqual([
    expect.objectContaining({ recognFlag: '0', quoteFlag: '0', reason: '病情已变化', queryDocCode: '0301' }),
    expect.objectContaining({ recognFlag: '1', quoteFlag: '1' }),
  ])
  expect(bench.other.ledger.reminders).toEqual([])
  await bench.close()
})

test('records that an outage and a restart kept waiting arrive exactly once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-records-'))
  const first = await openLookups({ folder })
  const ids = new Set<string>()
  const examId = first.register()
  const cloudExamId = await tellElsewhere(first.platform, first.province)
  first.platform.faults.add({ call: 'saveReminderCallRecord', times: 3, fault: { kind: 'http-status', status: 503 } })
  const record = { examId, destinationId: first.province.id, cloudExamId, kind: 'view' } as const
  for (let i = 0; i < 20; i++) expectOk(first.lookups.callRecord(record, person))
  await deliverAll(first, 200)
  const before = first.platform.ledger.reminders.length
  first.rooms.db.close()

  first.platform.faults.clear()
  const second = await openLookups({ folder })
  second.rooms.advance(3_600_000)
  second.rooms.outbox.recover()
  // The restarted station still knows the first platform's address.
  await deliverAll({ ...second, platform: first.platform })
  const told = first.platform.ledger.reminders as readonly ReminderCallRecord[]
  expect(told).toHaveLength(20)
  expect(before).toBeLessThan(20)
  for (const task of second.rooms.outbox.ofExam(examId).filter((one) => one.step === 'call-record')) {
    expect(task.state).toBe('delivered')
    ids.add(task.subject)
  }
  expect(ids.size).toBe(20)
  await Promise.all([first.platform.stop(), first.other.stop(), first.tencent.stop()])
  await second.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a record and its audit row are written together or not at all', async () => {
  const bench = await openLookups()
  const examId = bench.register()
  const before = bench.rooms.count('outbox_task')
  const { audit } = bench.rooms
  const { createLookups } = await import('../../electron/station/uploads/lookups.ts')
  const lookups = createLookups({
    db: bench.rooms.db,
    clock: bench.rooms.clock,
    log: createLog({ write: () => {} }),
    audit: () => {
      throw new Error('the disk is full')
    },
    clients: bench.clients,
    destinations: bench.rooms.destinations.all,
    readDossier: bench.rooms.readDossier,
    department: () => ({ code: '01', name: '影像科' }),
    institutions: bench.rooms.settings.institutions,
    mac: () => 'AA-BB-CC-DD-EE-FF',
    addTask: bench.rooms.outbox.add,
  })
  const record = { examId, destinationId: bench.province.id, cloudExamId: '1', kind: 'view' } as const
  expect(() => lookups.callRecord(record, person)).toThrow('the disk is full')
  expect(bench.rooms.count('outbox_task')).toBe(before)
  expect(audit.newest(50).filter((row) => row.action === 'look-up')).toEqual([])
  await bench.close()
})

test('what the platform could not take is refused before it is kept', async () => {
  const bench = await openLookups()
  const examId = bench.register()
  const at = { examId, destinationId: bench.province.id, cloudExamId: '1' }
  const { callRecord, recognition } = bench.lookups
  expect(codeOf(callRecord({ ...at, kind: 'reminder' }, person))).toBe('BAD-REQUEST')
  expect(codeOf(callRecord({ ...at, kind: 'view', examId: 'none' }, person))).toBe('NOT-FOUND')
  expect(codeOf(callRecord({ ...at, kind: 'view' }, { ...person, doctorCode: '' }))).toBe('LOOKUP-FAILED')
  expect(codeOf(callRecord({ ...at, kind: 'view', destinationId: bench.tencentCloud.id }, person))).toBe(
    'LOOKUP-FAILED',
  )
  const long = '𠮷'.repeat(51)
  expect(codeOf(recognition({ ...at, recognised: false, quoted: false, reason: long }, person))).toBe('BAD-REQUEST')
  expect(recognitionSchema.safeParse({ ...at, recognised: false, quoted: false }).success).toBe(false)
  expect(bench.rooms.outbox.ofExam(examId).filter((task) => task.step !== 'study-qr')).toEqual([])
  await bench.close()
})
