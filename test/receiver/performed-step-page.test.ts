import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'

let station: StationForTests
beforeAll(async () => {
  station = await startStation()
  await station.api.deviceCreate({ body: { name: 'DR 机房', aeTitle: 'DR1', host: '', modality: 'DR' } })
})
afterAll(() => station.stop())

test('the exam page follows the device: at work, then done, then with fewer images than it announced', async () => {
  const modality = createSimulatedModality({ aeTitle: 'DR1', station: station.dicom })
  const { id } = await station.api.examRegister({
    body: {
      patient: { name: '张伟', sex: 'M', birthDate: '1988-03-05' },
      exam: { modality: 'DR', itemCode: 'DR001', itemName: '胸部正位' },
    },
  })
  const page = () => station.api.examRead({ params: { id } })
  expect((await page()).state).toBe('registered')
  const [item] = await modality.findWorklist()
  const { sopInstanceUid } = await modality.beginStep([item!])
  expect(await page()).toMatchObject({ state: 'in-progress', performedSteps: [{ state: 'in-progress', examId: id }] })
  const { objects } = modality.takeImages({ item: item!, instances: 3 })
  await modality.endStep(sopInstanceUid, { status: 'COMPLETED', objects })
  expect(await page()).toMatchObject({ state: 'in-progress', performedSteps: [{ announcedImages: 3 }] })
  expect(await modality.findWorklist()).toEqual([])
  await modality.sendObjects(objects.slice(0, 2))
  expect(await page()).toMatchObject({ state: 'imaged', imageCount: 2, performedSteps: [{ announcedImages: 3 }] })
  const { answer } = await modality.commit(objects)
  expect(answer).toMatchObject({
    eventTypeId: 2,
    failed: [{ sopInstanceUid: objects[2]!.sopInstanceUid, why: 0x0112 }],
  })
  expect(answer?.kept).toHaveLength(2)
  expect(JSON.stringify(await station.api.health())).not.toContain('存储确认')
})
