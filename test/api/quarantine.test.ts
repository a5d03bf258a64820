import { afterAll, beforeAll, expect, test } from 'vitest'
import { quarantineAlarms } from '../../electron/station/api/quarantine-routes.ts'
import type { QuarantinedObject } from '../../electron/station/archive/archive-record.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { describeAlarm } from '../../shared/problems/alarm.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import { ctImageStorage, explicitLittle, smallObject } from '../archive/archive-for-tests.ts'
import { saidInBoth } from '../problems/said-in-both.ts'
import { type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'

let station: StationForTests
beforeAll(async () => {
  station = await startStation({ args: ['--training'] })
}, 60_000)
afterAll(() => station.stop())

const day = 24 * 60 * 60 * 1000
const aside = (sopInstanceUid: string, quarantinedAt: number, callingAeTitle = 'DR1'): QuarantinedObject => ({
  id: sopInstanceUid,
  file: '',
  status: 0xa900,
  problem: { code: 'OBJECT-OTHER-INSTANCE' },
  callingAeTitle,
  sopInstanceUid,
  sizeBytes: 1,
  quarantinedAt,
})

test('an object that was put aside is told and listed until it comes as it should', async () => {
  const modality = createSimulatedModality({ aeTitle: 'DR1', station: station.dicom })
  const { dataSet, sopInstanceUid: inside } = smallObject()
  const announced = newUid()
  const head = { sopClassUid: ctImageStorage, transferSyntaxUid: explicitLittle }
  const [sent] = await modality.sendObjects([{ ...head, sopInstanceUid: announced, dataSet }])
  expect(sent?.status).toBe(0xa900)
  expect(await station.api.quarantineList()).toMatchObject([
    {
      device: 'DR1',
      code: 'OBJECT-OTHER-INSTANCE',
      reason: '影像与设备发送时声明的不一致（SOPInstanceUID 不同）',
      action: expect.stringContaining('重新发送'),
      english: 'SOPInstanceUID differs from the command.',
      englishAction: expect.stringContaining('Send it again'),
      sopInstanceUid: announced,
      sizeBytes: dataSet.length,
    },
  ])
  const told = async () =>
    JSON.stringify(await station.api.health()).includes('隔离区近 7 天有 1 个对象没能收下（来自 DR1）')
  expect(await told()).toBe(true)
  await modality.sendObjects([{ ...head, sopInstanceUid: inside, dataSet }])
  expect(await told()).toBe(true)
  const better = smallObject([], announced)
  await modality.sendObjects([{ ...head, sopInstanceUid: announced, dataSet: better.dataSet }])
  expect(await told()).toBe(false)
  expect(await station.api.quarantineList()).toHaveLength(1)
})

test('what a device sends cut short is kept with the warning 0xB007, and staff are told', async () => {
  const modality = createSimulatedModality({ aeTitle: 'DR2', station: station.dicom })
  const { dataSet, sopInstanceUid } = smallObject()
  const head = { sopClassUid: ctImageStorage, transferSyntaxUid: explicitLittle }
  const [sent] = await modality.sendObjects([{ ...head, sopInstanceUid, dataSet: dataSet.subarray(0, -6) }])
  expect(sent?.status).toBe(0xb007)
  expect(JSON.stringify(await station.api.health())).toContain('DR2 发来的一幅影像不完整')
})

test('the line names three devices, and forgets what is a week old or has come since', () => {
  const now = 100 * day
  const objects = ['A', 'B', 'C', 'D'].map((title, at) => aside(`1.${at}`, now - day, title))
  const [line] = quarantineAlarms(objects, () => false, now)
  expect(saidInBoth(line!)).toContain('4 个对象没能收下（来自 A、B、C 等）')
  expect(describeAlarm(line!).english).toContain('4 (from A, B, C and others)')
  expect(quarantineAlarms(objects, () => true, now)).toEqual([])
  expect(quarantineAlarms(objects, () => false, now + 7 * day)).toEqual([])
  expect(quarantineAlarms([aside('', now, '')], () => true, now)).toMatchObject([
    { code: 'OBJECTS-QUARANTINED', with: { count: 1, from: '' } },
  ])
})
