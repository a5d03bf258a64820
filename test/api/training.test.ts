import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { trainingRegistrations } from '../../electron/station/training-patients.ts'
import { checkResidentNumber } from '../../shared/text/identity-number.ts'
import { errorOf, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'

vi.setConfig({ testTimeout: 60_000 })

let station: StationForTests
beforeAll(async () => {
  station = await startStation({ args: ['--training'] })
}, 60_000)
afterAll(() => station.stop())

test('the invented patients have numbers whose check digit, sex and birth date are right, and a region that no card has', () => {
  for (const { patient } of trainingRegistrations()) {
    const number = patient.identity!.number
    expect(checkResidentNumber(number)).toMatchObject({ ok: true, birthDate: patient.birthDate, sex: patient.sex })
    expect(number.startsWith('999999')).toBe(true)
  }
})

test('patients are registered, the device does one exam by the worklist, and a stray study lands in the tray', async () => {
  const { api } = station
  expect(await api.trainingPatients()).toEqual({ registered: 8 })
  const { rows } = await api.examList()
  expect(rows.filter((row) => row.exam.category === 'emergency')).toHaveLength(1)
  const examId = rows[0]!.exam.id
  expect(await api.trainingImages({ body: { examId } })).toEqual({ images: 3 })
  const done = await api.examRead({ params: { id: examId } })
  expect([done.state, done.imageCount]).toEqual(['imaged', 3])
  expect(await api.trainingImages({ body: {} })).toEqual({ images: 3 })
  expect(await api.trayList()).toHaveLength(1)
  expect((await api.trainingCloudsRead()).length).toBe(2)
})

test('an exam that has its images is not in the worklist any more, and the device says so', async () => {
  const { rows } = await station.api.examList({ query: { state: 'imaged' } })
  const again = await station.call('trainingImages', { body: { examId: rows[0]!.exam.id } })
  expect(errorOf(again)).toMatchObject({ code: 'TRAINING-DEVICE' })
  expect(errorOf(again).message).toContain('工作列表里没有这个检查')
})

test('nothing of it works in real mode', async () => {
  const real = await startStation()
  try {
    for (const name of ['trainingPatients', 'trainingImages'] as const)
      expect(errorOf(await real.call(name, { body: {} })).code).toBe('NOT-TRAINING')
  } finally {
    await real.stop()
  }
})
