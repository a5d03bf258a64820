import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../../shared/api/routes.ts'
import { type CareBench, codeOf, openCareBench } from '../clouds-care/care-bench.ts'

// The wrong patient was chosen at the device, and everything went out. The whole station, its API, images by DICOM, both clouds.
let bench: CareBench
beforeAll(async () => {
  bench = await openCareBench({ aimis: 1, jilin: 1 })
}, 60_000)
afterAll(() => bench.close())

const study = (accessionNumber: string) => bench.aimis[0]!.ledger.studies[accessionNumber]
const atGateway = () => bench.gateways[0]!.receivedInstances()
const page = (id: string) => bench.admin.call(routes.examRead, { params: { id } })
const alarms = async () => (await bench.admin.call(routes.health)).alarms?.join() ?? ''
const imageTasks = async (examId: string) => (await bench.deliveries(examId)).filter((task) => task.step === 'image')

test('images that were delivered for the wrong patient are taken back and reach the right one, once', async () => {
  const wrong = await bench.register()
  await bench.image(wrong, 2)
  await bench.release(wrong.id)
  await bench.delivered(wrong.id)
  const right = await bench.register({
    name: '李娜',
    sex: 'F',
    birthDate: '1990-03-07',
    identity: { kind: 'passport', number: 'E12345678' },
  })
  const move = (body: object) =>
    bench.doctor.call(routes.trayMove, {
      params: { studyInstanceUid: wrong.studyInstanceUid },
      body: { examId: right.id, confirmMismatch: true, ...body },
    })
  expect(await codeOf(move({}))).toBe('STUDY-SENT')
  expect(await codeOf(move({ asCorrection: true }))).toBe('CORRECTION-REASON')
  await move({ asCorrection: true, reason: '设备上选错患者' })

  // Nothing of it goes anywhere before a second person has said so.
  await bench.quiet(right.id)
  expect(atGateway().every((one) => one.accessionNumber === wrong.accessionNumber)).toBe(true)
  expect((await imageTasks(right.id)).filter((task) => task.state === 'delivered')).toEqual([])
  const [correction] = (await page(wrong.id)).corrections.filter((one) => one.retractionId)
  const retraction = { id: wrong.id, retractionId: correction!.retractionId! }
  expect(await codeOf(bench.doctor.call(routes.retractionConfirm, { params: retraction }))).toBe('RETRACTION-OWN')
  await bench.auditor.call(routes.retractionConfirm, { params: retraction })
  await bench.release(right.id)
  await bench.delivered(wrong.id)
  await bench.delivered(right.id)

  // AIMIS: the wrong exam stands there anew, without images; the right one has both, under its own numbers.
  // A QR of a study that the gateway does not know yet is refused once, as at every registration.
  expect(bench.aimis[0]!.ledger.refusals.filter((one) => one.call !== 'getStudyQR')).toEqual([])
  expect(study(wrong.accessionNumber)).toMatchObject({ body: { imageCnt: 0 } })
  expect(study(right.accessionNumber)).toMatchObject({
    deleted: false,
    reconciled: { agreed: true },
    body: { imageCnt: 2, studyUid: right.studyInstanceUid },
  })
  expect(atGateway().map((one) => [one.accessionNumber, one.patientId, one.studyInstanceUid])).toEqual(
    Array(2).fill([right.accessionNumber, right.patientId, right.studyInstanceUid]),
  )
  expect((await imageTasks(right.id)).map((task) => [task.state, task.attempts])).toEqual(
    Array(4).fill(['delivered', 1]),
  )
  const mismatches = (await page(right.id)).mismatches.map((one) => one.key)
  expect(mismatches).toEqual(expect.arrayContaining(['patient-name', 'patient-sex']))

  // The provincial cloud has no recall: the desk asks for a letter until it was written.
  expect(await alarms()).toContain('更正函')
  await bench.doctor.bytes(routes.correctionLetter, {
    params: { id: wrong.id },
    body: { destinationId: bench.jilinIds[0]!, reason: '设备上选错患者', request: 'delete' },
  })
  expect(await alarms()).not.toContain('更正函')

  // Whatever comes after tells nothing a second time.
  const received = atGateway().map((one) => one.received)
  await bench.powerCut()
  await bench.quiet(right.id)
  await bench.quiet(wrong.id)
  expect(atGateway().map((one) => one.received)).toEqual(received)
  const [newest] = await bench.admin.call(routes.moveList, { query: { examId: right.id } })
  expect(newest).toMatchObject({ kind: 'move', mayUndo: false })
  expect(await codeOf(bench.admin.call(routes.moveUndo, { params: { id: newest!.id } }))).toBe('MOVE-STANDS')
}, 90_000)
