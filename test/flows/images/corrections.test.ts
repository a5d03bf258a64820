import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ImageClinic, openImageClinic, type Registered } from '../../stand-ins/image-clinic.ts'

// What was sent for the wrong person, as both clouds hold it at the end.
let clinic: ImageClinic
beforeAll(async () => {
  clinic = await openImageClinic({ clouds: true })
}, 60_000)
afterAll(() => clinic.close())

const reason = '设备上选错患者'
const wang = { name: '王小明', sex: 'M', birthDate: '1980-02-03' }
const li = { name: '李娜', sex: 'F', birthDate: '1991-05-06' }
let number = 1
const numbered = (person: object) => ({
  ...person,
  identity: { kind: 'passport', number: `E20000${String(number++).padStart(3, '0')}` },
})
async function imaged(person: object, images = 2): Promise<{ exam: Registered; uid: string; order: object }> {
  const exam = await clinic.register(numbered(person))
  const { patient } = await clinic.page(exam.id)
  const order = {
    patient: { name: patient.name, patientId: exam.patientId, sex: patient.sex, birthDate: patient.birthDate },
    accessionNumber: exam.accessionNumber,
    studyInstanceUid: exam.studyInstanceUid,
  }
  const sent = await clinic.send({ ...order, instances: images })
  await clinic.settled(exam.id, images)
  return { exam, uid: sent.studyInstanceUid, order }
}
const gatewayOf = (exam: Registered) =>
  clinic.remote.gateway.files().filter((one) => one.values('AccessionNumber') === exam.accessionNumber)
const objectsOf = (exam: Registered) =>
  gatewayOf(exam)
    .map((one) => one.values('SOPInstanceUID'))
    .sort()
const aimisStudy = (exam: Registered) => clinic.remote.aimis.ledger.studies[exam.accessionNumber]
const jilinOf = (exam: Registered) =>
  Object.values(clinic.remote.jilin.ledger.exams).find((one) => one.body.accessNumber === exam.accessionNumber)
const correctAs = (uid: string, examId: string) =>
  clinic.call('technician', 'trayMove', {
    params: { studyInstanceUid: uid },
    body: { examId, confirmMismatch: true, asCorrection: true, reason },
  })
async function retractionOf(exam: Registered): Promise<string> {
  const found = (await clinic.page(exam.id)).corrections.find((one) => one.retractionId)
  return found!.retractionId!
}
const confirm = (role: 'doctor' | 'auditor' | 'technician', exam: Registered, retractionId: string) =>
  clinic.call(role, 'retractionConfirm', { params: { id: exam.id, retractionId } })

test('released and delivered, then found to be of another patient: power is cut at each step, and both exams end right', async () => {
  const wrong = await imaged(wang)
  await clinic.release(wrong.exam.id)
  await clinic.delivered(wrong.exam.id)
  const before = objectsOf(wrong.exam)
  expect(before).toHaveLength(2)
  expect(Object.keys(jilinOf(wrong.exam)!.images).sort()).toEqual(before)
  const right = await clinic.register(numbered(li))
  const first = await correctAs(wrong.uid, right.id)
  expect(first.status, first.text).toBe(200)
  await clinic.powerCut()
  await clinic.quiet([wrong.exam.id, right.id])
  expect(aimisStudy(wrong.exam)!.deleted).toBe(false)
  expect(objectsOf(right)).toEqual([])
  const retraction = await retractionOf(wrong.exam)
  expect((await confirm('technician', wrong.exam, retraction)).status).toBe(403)
  await Promise.all([confirm('auditor', wrong.exam, retraction), confirm('auditor', wrong.exam, retraction)])

  await clinic.powerCut()
  await clinic.settled(right.id, 2)
  await clinic.release(right.id)
  await clinic.powerCut()
  await clinic.delivered(right.id)
  await clinic.delivered(wrong.exam.id)
  await clinic.quiet([wrong.exam.id, right.id])
  expect(objectsOf(right)).toEqual(before)
  expect(aimisStudy(right)).toMatchObject({ deleted: false, body: { imageCnt: 2, patientName: '李娜' } })
  expect(Object.keys(jilinOf(right)!.images).sort()).toEqual(before)
  for (const image of Object.values(jilinOf(right)!.images)) expect(image.received).toBe(1)

  expect(objectsOf(wrong.exam)).toEqual(before)

  for (const file of gatewayOf(right)) {
    expect(file.values('PatientID')).toBe(right.patientId)
    expect(file.values('PatientName')).toContain('李')
    expect(file.values('PatientSex')).toBe('F')
    expect(file.values('PatientBirthDate')).toBe('19910506')
    expect(file.values('StudyInstanceUID')).toBe(right.studyInstanceUid)
    expect(file.dump).toContain('OriginalAttributesSequence')
  }
}, 90_000)

test('there and back again as corrections: the first exam has its images again, each sent once more and no other', async () => {
  const one = await imaged(wang)
  await clinic.delivered(one.exam.id)
  const two = await clinic.register(numbered(li))
  expect((await correctAs(one.uid, two.id)).status).toBe(200)
  await correctAs(one.uid, one.exam.id)

  await clinic.quiet([one.exam.id, two.id])

  expect(objectsOf(two)).toEqual([])
  const retraction = await retractionOf(one.exam)
  await confirm('auditor', one.exam, retraction)

  await clinic.quiet([one.exam.id, two.id])
  await clinic.quiet([one.exam.id, two.id])
  const study = aimisStudy(one.exam)!

  expect(study.deleted).toBe(false)
  expect(study.body.imageCnt).toBe(2)
}, 60_000)

test('a withdrawn deletion: nothing of the images goes to the right exam at that cloud, and nobody forgets', async () => {
  const one = await imaged(wang)
  await clinic.delivered(one.exam.id)
  const two = await clinic.register(numbered(li))
  expect((await correctAs(one.uid, two.id)).status).toBe(200)
  const retraction = await retractionOf(one.exam)
  await clinic.call('auditor', 'retractionWithdraw', {
    params: { id: one.exam.id, retractionId: retraction },
  })

  await clinic.quiet([one.exam.id, two.id])
  await clinic.release(two.id).catch((_e) => undefined)
  await clinic.quiet([one.exam.id, two.id])
  // AIMIS keeps them under the wrong exam, since nobody deletes them there; that stays on the desk until somebody has told it.
  expect(objectsOf(one.exam)).toHaveLength(2)
  const alarms = async () =>
    (await clinic.api().health()).alarms!.filter((text) => text.includes(one.exam.accessionNumber))
  expect(await alarms()).toHaveLength(1)
  const [left] = (await clinic.page(one.exam.id)).corrections
  expect(left).toMatchObject({ retractionId: null, doneAt: null })
  await clinic.as('technician').correctionDone({ params: { id: one.exam.id, correctionId: left!.id } })
  expect(await alarms()).toEqual([])
}, 60_000)

test('detached as a correction: the cloud ends without the images', async () => {
  const one = await imaged(wang)
  await clinic.delivered(one.exam.id)
  const params = { studyInstanceUid: one.uid }
  const bare = await clinic.call('technician', 'trayDetach', { params, body: {} })
  expect(bare.json.error.code).toBe('STUDY-SENT')
  const done = await clinic.call('technician', 'trayDetach', { params, body: { asCorrection: true, reason } })
  expect(done.status, done.text).toBe(200)
  await confirm('auditor', one.exam, await retractionOf(one.exam))
  await clinic.quiet([one.exam.id])
  await clinic.quiet([one.exam.id])
  aimisStudy(one.exam)!

  expect(objectsOf(one.exam)).toHaveLength(2)
  // A late image of it stays in the tray and goes nowhere.
  await clinic.send(one.order)
  await clinic.quiet([one.exam.id])
  expect(await clinic.whereIs(one.uid)).toBe('tray')
  expect(objectsOf(one.exam)).toHaveLength(2)
}, 60_000)

test('two corrections of one study at once: one of them', async () => {
  const one = await imaged(wang)
  await clinic.delivered(one.exam.id)
  const [two, three] = [await clinic.register(numbered(li)), await clinic.register(numbered(li))]
  await Promise.all([correctAs(one.uid, two.id), correctAs(one.uid, three.id)])

  const list = await clinic.api().retractionList({ params: { id: one.exam.id } })
  expect(list.filter((x) => x.state === 'proposed')).toHaveLength(1)
}, 60_000)

test('a late image while the deletion waits for its second person goes nowhere until then', async () => {
  const one = await imaged(wang)
  await clinic.delivered(one.exam.id)
  const two = await clinic.register(numbered(li))
  await correctAs(one.uid, two.id)
  const late = await clinic.send(one.order)
  await clinic.quiet([one.exam.id, two.id])
  const sop = late.objects[0]!.sopInstanceUid
  clinic.remote.gateway.files().filter((x) => x.values('SOPInstanceUID') === sop)

  await confirm('auditor', one.exam, await retractionOf(one.exam))
  await clinic.quiet([one.exam.id, two.id])
  await clinic.quiet([one.exam.id, two.id])

  expect(new Set(objectsOf(two)).size).toBe(objectsOf(two).length)
}, 60_000)
