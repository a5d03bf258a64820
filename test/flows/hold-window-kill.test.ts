import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type SimulatedJilin, startSimulatedJilin } from '../../electron/training/simulated-jilin.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { logInToStation } from '../../electron/training/station-client.ts'
import { type StationProcess, startStationProcess } from '../../electron/training/station-process.ts'
import { routes } from '../../shared/api/routes.ts'
import { chest, clinic, jilinAccount, jilinDestination, zhangWei } from '../stand-ins/clinic-at-clouds.ts'
import { pause, until } from '../stand-ins/until.ts'

let folder: string
let station: StationProcess | undefined
let cloud: SimulatedJilin | undefined
afterEach(async () => {
  await station?.stop()
  await cloud?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a station killed within the hold window holds on after its restart, until a person sends now', async () => {
  folder = mkdtempSync(join(tmpdir(), 'yingzhan-hold-kill-'))
  mkdirSync(join(folder, 'data'))
  const adminPassword = 'Admin-for-tests-1'
  const running = await startStationProcess({
    dataFolder: join(folder, 'data'),
    logFile: join(folder, 'station.log'),
    adminPassword,
  })
  station = running
  const platform = await startSimulatedJilin(jilinAccount)
  cloud = platform
  const admin = await logInToStation(() => running.ready().url, 'admin', adminPassword)
  const [institution] = await admin.call(routes.institutionList)
  await admin.call(routes.institutionChange, { params: { id: institution!.id }, body: clinic })
  await admin.call(routes.settingsChange, {
    body: { dicom: { settleSeconds: 1 }, reporting: { singleDoctor: true } },
  })
  const password = 'Password-of-wang'
  await admin.call(routes.accountCreate, {
    body: { username: 'wang', displayName: '王医生', doctorCode: '2001', role: 'doctor', password },
  })
  const doctor = await logInToStation(() => running.ready().url, 'wang', password)
  const { id: destinationId } = await admin.call(routes.destinationCreate, {
    body: jilinDestination(platform, { holdMinutes: 5 }),
  })
  const exam = await admin.call(routes.examRegister, {
    body: { patient: zhangWei, exam: chest },
  })
  const modality = createSimulatedModality({ aeTitle: 'DR1', station: running.ready().dicom })
  const [item] = await modality.findWorklist()
  await modality.sendStudy({ item: item!, instances: 1 })
  const params = { id: exam.id }
  await until('settled', async () => (await admin.call(routes.examRead, { params })).settledAt !== null)
  await doctor.call(routes.reportSave, { params, body: { findings: '双肺纹理清晰。' } })
  for (const step of [routes.reportSubmit, routes.reportApprove, routes.reportRelease])
    await doctor.call(step, { params, body: {} })
  const before = await admin.call(routes.examDeliveries, { params })
  expect(before.map((task) => task.state)).toEqual(before.map(() => 'waiting'))

  await running.killAndRestart()
  await pause(1500)
  expect(await admin.call(routes.examDeliveries, { params })).toEqual(before)
  expect(platform.ledger).toMatchObject({ exams: {}, projects: {} })

  await doctor.call(routes.sendNow, { params, body: { destinationId } })
  await until('delivered', async () =>
    (await admin.call(routes.examDeliveries, { params })).every((task) => task.state === 'delivered'),
  )
  const held = platform.ledger.exams[`220100001/${exam.accessionNumber}`]
  expect(held).toMatchObject({ received: 1, pdf: { received: 1 } })
  expect(Object.values(held!.images).map((image) => image.received)).toEqual([1])
}, 60_000)
