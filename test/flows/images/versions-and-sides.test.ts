import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImageClinic, openImageClinic } from '../../stand-ins/image-clinic.ts'
import { until } from '../../stand-ins/until.ts'

let clinic: ImageClinic
beforeAll(async () => {
  clinic = await openImageClinic({ clouds: true })
}, 60_000)
afterAll(() => clinic.close())

const patientOf = (exam: { patientId: string }) => ({
  name: '张伟',
  patientId: exam.patientId,
  sex: 'M',
  birthDate: '1990-03-07',
})

/** A delivered image, then other bytes under its SOPInstanceUID: the files that the cloud has of it, and the choice of the newer. */
async function twoVersions() {
  const exam = await clinic.register({}, { modality: 'CT', itemName: '胸部CT' })
  const taken = await clinic.send({ patient: patientOf(exam), accessionNumber: exam.accessionNumber, modality: 'CT' })
  await clinic.settled(exam.id)
  await clinic.delivered(exam.id)
  const [object] = taken.objects
  const sentOf = () =>
    clinic.remote.gateway.files().filter((one) => one.values('SOPInstanceUID') === object!.sopInstanceUid)
  expect(sentOf()).toHaveLength(1)
  const dataSet = Buffer.from(object!.dataSet)
  dataSet.writeUInt16LE(77, dataSet.length - 2)
  await clinic.sendObjects([{ ...object!, dataSet }])
  await clinic.quiet([exam.id])
  expect(sentOf()).toHaveLength(1)
  const [conflict] = await clinic.api().conflictList()
  expect(conflict).toMatchObject({ sopInstanceUid: object!.sopInstanceUid, examId: exam.id })
  const { id } = conflict!.versions.find((one) => !one.isCurrent)!
  return { exam, sentOf, choose: () => clinic.call('technician', 'versionChoose', { params: { id } }) }
}

test('other bytes under one SOPInstanceUID after delivery: nothing is sent until staff choose, then once', async () => {
  const { exam, sentOf, choose } = await twoVersions()
  const chosen = await Promise.all([choose(), choose(), choose()])
  expect(chosen.map((one) => one.status).every((status) => status < 500)).toBe(true)
  await until('sent again', async () => sentOf().length > 1)
  await clinic.delivered(exam.id)
  await clinic.powerCut()
  await clinic.quiet([exam.id])
  await clinic.delivered(exam.id)
  expect(sentOf()).toHaveLength(2)
  expect((await clinic.page(exam.id)).imageCount).toBe(1)
  expect(await clinic.api().conflictList()).toEqual([])
}, 60_000)

// No request of DICOM asks whether a C-STORE arrived (PS3.4 B.2): an object whose answer was lost goes again, under the same UID.
test('a power cut before the answer to the chosen version: the same bytes go again, never the older ones', async () => {
  const { exam, sentOf, choose } = await twoVersions()
  await choose()
  for (const end = Date.now() + 20_000; sentOf().length < 2 && Date.now() < end; )
    await new Promise((turn) => setImmediate(turn))
  await clinic.powerCut()
  await clinic.quiet([exam.id])
  await clinic.delivered(exam.id)
  const [before, ...after] = sentOf().map((one) => readFileSync(one.path).subarray(-2).readUInt16LE())
  expect(before).not.toBe(77)
  expect(new Set(after)).toEqual(new Set([77]))
}, 60_000)

describe('left and right', () => {
  const sidesOf = async (request: object, image: { bodyPart?: string; description?: string }) => {
    const exam = await clinic.register({}, { modality: 'US', itemName: '超声', ...request })
    await clinic.send({ patient: patientOf(exam), accessionNumber: exam.accessionNumber, modality: 'US', ...image })
    return (await clinic.page(exam.id)).mismatches.filter((one) => one.key === 'body-side').length
  }
  test.each([
    ['左膝', { bodyPart: 'KNEE', description: 'R KNEE AP' }],
    ['左膝', { bodyPart: 'KNEE', description: 'RIGHT KNEE' }],
    ['左膝', { description: '右膝关节正位' }],
    ['右手', { description: 'LT HAND' }],
    ['右肩', { description: 'Shoulder Left' }],
  ])('%s requested, %o taken: said', async (bodyPart, image) => {
    expect(await sidesOf({ bodyPart }, image)).toBeGreaterThan(0)
  })
  test.each([
    ['左膝', { bodyPart: 'KNEE', description: 'KNEE LATERAL' }],
    ['右膝', { bodyPart: 'KNEE', description: 'KNEE LATERAL' }],
    ['右侧腰椎', { bodyPart: 'LSPINE', description: 'L-SPINE AP' }],
    ['右膝', { description: 'L-SPINE LAT' }],
    ['左膝', { description: 'BILATERAL KNEES' }],
    ['右手', { description: 'HAND AP' }],
    ['左心室', { description: 'LEFT VENTRICLE' }],
    ['胸部', { description: 'CHEST L LATERAL' }],
    ['右膝', { description: '膝关节 RLAT' }],
  ])('%s requested, %o taken: nothing to say', async (bodyPart, image) => {
    expect(await sidesOf({ bodyPart }, image)).toBe(0)
  })
})
