import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createLog } from '../../electron/station/log.ts'
import { createCloudClients } from '../../electron/station/uploads/cloud-clients.ts'
import { createReconcile } from '../../electron/station/uploads/reconcile.ts'
import { type SimulatedAimis, startSimulatedAimis } from '../../electron/training/simulated-aimis.ts'
import type { ReceivedInstance } from '../../electron/training/simulated-gateway-dicom.ts'
import { aimisCountsOf, mapReportAdd, mapStudyAdd } from '../../shared/clouds/aimis/map-exam.ts'
import { aimis, openRooms, type Rooms } from '../db/rooms-for-tests.ts'
import { saidInBoth } from '../problems/said-in-both.ts'
import { aimisToken } from '../stand-ins/clinic-at-clouds.ts'
import { memoryTokens } from './delivery-bench.ts'

const hour = 3_600_000
let rooms: Rooms
let cloud: SimulatedAimis
const held: ReceivedInstance[] = []
afterEach(async () => {
  held.length = 0
  rooms.close()
  await cloud.stop()
})

async function open(options: { readonly examsPerCall?: number; readonly folder?: string } = {}) {
  rooms = await openRooms(options.folder)
  const { clock } = rooms
  cloud ??= await startSimulatedAimis({
    appId: 'app-1',
    token: aimisToken,
    clock: () => rooms.clock(),
    receivedInstances: () => held,
  })
  const [known] = rooms.destinations.all()
  const destination = known ?? rooms.addDestination(aimis({ gatewayUrl: cloud.url }))
  if (destination.kind !== 'aimis') throw new Error('not aimis')
  const clients = createCloudClients({ clock, tokenStore: memoryTokens })
  const asked: { exams: string[]; from: string; to: string }[] = []
  const client = clients.aimis(destination)
  const spied = {
    ...client,
    reconcileRangeLog: (body: Parameters<typeof client.reconcileRangeLog>[0]) => {
      const { studyList = [], startTime = '', endTime = '' } = body
      asked.push({ exams: studyList.map((one) => one.studyId ?? ''), from: startTime, to: endTime })
      return client.reconcileRangeLog(body)
    },
  }
  const reconcile = createReconcile({
    db: rooms.db,
    clock,
    log: createLog({ write: () => {} }),
    events: rooms.events,
    clients: { aimis: () => spied },
    destinations: rooms.destinations.all,
    readDossier: rooms.readDossier,
    hour: () => 3,
    ...(options.examsPerCall === undefined ? {} : { examsPerCall: options.examsPerCall }),
  })
  return { reconcile, destination, client, asked }
}

/** An exam from registration to its counts confirmed, here and there. */
async function delivered({ destination, client }: Awaited<ReturnType<typeof open>>): Promise<string> {
  const exam = rooms.imaged(2, { name: `患者${held.length}` })
  rooms.release(exam)
  const dossier = rooms.readDossier(exam.id)!
  for (const outcome of [
    await client.studyAdd(mapStudyAdd(dossier, 'final', aimisCountsOf(dossier, false))),
    await client.reportAdd(mapReportAdd({ ...dossier, report: { ...dossier.report!, impression: '未见异常' } })),
  ])
    if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome))
  for (const { sopInstanceUid, sopClassUid, seriesInstanceUid, studyInstanceUid } of dossier.instances) {
    const { accessionNumber } = exam
    const names = { sopInstanceUid, sopClassUid, seriesInstanceUid, studyInstanceUid, accessionNumber }
    held.push({ ...names, patientId: '', transferSyntaxUid: '', sha256: '', callingAeTitle: '', received: 1 })
  }
  for (let tasks = rooms.outbox.ready(destination.id); tasks.length > 0; tasks = rooms.outbox.ready(destination.id)) {
    rooms.outbox.begin(tasks.map((task) => task.id))
    for (const task of tasks) rooms.outbox.finish(task.id, { kind: 'done', value: {} })
  }
  return exam.accessionNumber
}

/** Minutes pass, each with a look. */
async function pass(reconcile: { lookNow(): Promise<void> }, minutes: number, step = 5): Promise<void> {
  for (let i = 0; i < minutes; i += step) {
    rooms.advance(step * 60_000)
    await reconcile.lookNow()
  }
}
const runs = () => rooms.db.prepare('select * from reconcile_run order by rowid').all() as Record<string, unknown>[]

test('every night the exams since the last time are told with their real counts, once', async () => {
  cloud = undefined as never
  const bench = await open()
  const first = [await delivered(bench), await delivered(bench)]
  await pass(bench.reconcile, 24 * 60)
  expect(bench.asked).toHaveLength(1)
  expect(bench.asked[0]?.exams.sort()).toEqual(first.sort())
  expect(bench.asked[0]?.to).toMatch(/^2026-11-22 03:/)
  const third = await delivered(bench)
  await pass(bench.reconcile, 48 * 60)
  expect(bench.asked.map((one) => one.exams)).toEqual([expect.anything(), [third]])
  expect(bench.asked[1]?.from).toBe(bench.asked[0]?.to)
  expect(runs().map((run) => [run.exams, run.confirmed_at !== null])).toEqual([
    [2, true],
    [1, true],
    [0, true],
  ])
  expect(bench.reconcile.alarms()).toEqual([])
})

test('a failure is tried again an hour later, and after three days staff are told', async () => {
  cloud = undefined as never
  const bench = await open()
  await delivered(bench)
  cloud.faults.add({ call: 'reconcilerangelog', times: 1000, fault: { kind: 'http-status', status: 503 } })
  await pass(bench.reconcile, 24 * 60)
  const tries = bench.asked.length
  expect(tries).toBeGreaterThanOrEqual(6)
  expect(tries).toBeLessThanOrEqual(8)
  expect(bench.reconcile.alarms()).toEqual([])
  await pass(bench.reconcile, 48 * 60, 30)
  expect(
    bench.reconcile
      .alarms()
      .map((one) => saidInBoth(one, [bench.destination.name]))
      .join(),
  ).toMatch(/已 3 天没有完成每日对账.*CLOUD-HTTP-503/)
  expect(bench.reconcile.alarms()).toMatchObject([{ code: 'RECONCILE-OVERDUE', with: { days: 3 } }])
  const whyInEnglish =
    'the last attempt failed: The cloud’s service is not available at the moment (HTTP 503) (CLOUD-HTTP-503)'
  expect(bench.reconcile.alarms()[0]?.with).toMatchObject({ whyInEnglish })
  cloud.faults.clear()
  await pass(bench.reconcile, 65)
  expect(bench.reconcile.alarms()).toEqual([])
  expect(runs().at(-1)).toMatchObject({ exams: 1, confirmed_at: expect.any(Number) })
})

test('a restart tells nothing twice and forgets nothing', async () => {
  cloud = undefined as never
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-reconcile-'))
  const bench = await open({ folder })
  await delivered(bench)
  rooms.advance(18 * hour)
  await bench.reconcile.lookNow()
  expect(bench.asked).toHaveLength(1)
  rooms.db.close()
  const again = await open({ folder })
  rooms.advance(18 * hour + 61_000 + 10 * 60_000)
  await again.reconcile.lookNow()
  expect(again.asked).toEqual([])
  await pass(again.reconcile, 24 * 60)
  expect(runs().filter((run) => run.exams === 1)).toHaveLength(1)
  rmSync(folder, { recursive: true, force: true })
})

test('many exams go in parts', async () => {
  cloud = undefined as never
  const bench = await open({ examsPerCall: 3 })
  for (let i = 0; i < 8; i++) await delivered(bench)
  await pass(bench.reconcile, 20 * 60)
  expect(bench.asked.map((one) => one.exams.length)).toEqual([3, 3, 2])
  expect(bench.asked[1]?.from).toBe(bench.asked[0]?.to)
})

test('an exam of which the cloud lost images is named to staff', async () => {
  cloud = undefined as never
  const bench = await open()
  await delivered(bench)
  const lost = await delivered(bench)
  held.pop()
  await pass(bench.reconcile, 20 * 60)
  const [alarm] = bench.reconcile.alarms()
  expect(alarm?.code).toBe('RECONCILE-DIFFERS')
  expect(saidInBoth(alarm!, [bench.destination.name])).toContain(`对账不一致的检查：${lost}`)
  expect(runs().every((run) => run.confirmed_at === null)).toBe(true)
})

test('what is still on its way, was taken back or cancelled is not told; nobody delivered, nothing told', async () => {
  cloud = undefined as never
  const bench = await open()
  await pass(bench.reconcile, 24 * 60)
  expect(runs()).toEqual([])
  const whole = await delivered(bench)
  const late = await delivered(bench)
  await rooms.boardFacts.upToDate()
  const [examId = ''] = rooms.boardSearch.find({ text: late, page: 1, pageSize: 50 }).examIds
  const { exam } = rooms.exams.read(examId)!
  rooms.receive({ studyInstanceUid: exam.studyInstanceUid, accessionNumber: late })
  rooms.advance(61_000)
  rooms.tray.settle()
  expect(rooms.outbox.ofExam(exam.id).some((task) => task.state === 'waiting')).toBe(true)
  await pass(bench.reconcile, 24 * 60)
  expect(bench.asked.map((one) => one.exams)).toEqual([[whole]])
})
