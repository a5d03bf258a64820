import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ImageClinic, openImageClinic, type Registered } from '../../stand-ins/image-clinic.ts'

// Images that come when somebody has already decided about their study.
let clinic: ImageClinic
beforeAll(async () => {
  clinic = await openImageClinic({ clouds: true, settleSeconds: 3 })
}, 60_000)
afterAll(() => clinic.close())

let number = 0
const person = () => ({
  name: `卓${'甲乙丙丁戊己庚辛壬癸'[number % 10]}${'子丑寅卯'[Math.floor(number++ / 10)]}`,
  sex: 'M',
  birthDate: `1970-01-${String(number).padStart(2, '0')}`,
  identity: { kind: 'passport', number: `E1${String(number).padStart(7, '0')}` },
})
async function examWithImages(images = 1, settle = true) {
  const exam = await clinic.register(person())
  const order = await orderOf(exam)
  const study = await clinic.send({ ...order, instances: images })
  if (settle) await clinic.settled(exam.id, images)
  return { exam, study, order: { ...order, studyInstanceUid: study.studyInstanceUid } }
}
async function orderOf(exam: Registered) {
  const { patient } = await clinic.page(exam.id)
  return {
    patient: { name: patient.name, patientId: exam.patientId, sex: patient.sex, birthDate: patient.birthDate },
    accessionNumber: exam.accessionNumber,
  }
}
const uids = async (examId: string) =>
  (await clinic.page(examId)).studies.flatMap((one) => one.instances.map((x) => x.sopInstanceUid)).sort()
const inStation = async (studyInstanceUid: string) => {
  const answer = await clinic.station().send('GET', `/dicom-web/studies/${studyInstanceUid}/instances`, {
    headers: { authorization: `Bearer ${clinic.token('doctor')}`, accept: 'application/dicom+json' },
  })
  return (answer.json as { '00080018': { Value: string[] } }[]).map((one) => one['00080018'].Value[0]).sort()
}

test('after a move the late image follows its study to the exam where staff put it', async () => {
  const { exam, study, order } = await examWithImages(1, false)
  const other = await clinic.register(person())
  const r = await clinic.call('technician', 'trayMove', {
    params: { studyInstanceUid: study.studyInstanceUid },
    body: { examId: other.id, confirmMismatch: true },
  })
  expect(r.status, r.text).toBe(200)
  const late = await clinic.send(order)
  expect(await clinic.whereIs(study.studyInstanceUid)).toBe(other.id)
  expect(await uids(other.id)).toContain(late.objects[0]!.sopInstanceUid)
  expect(await uids(exam.id)).toEqual([])
})
test('after a detach the late image does not attach the study again by itself', async () => {
  const { exam, study, order } = await examWithImages(1, false)
  const r = await clinic.call('technician', 'trayDetach', {
    params: { studyInstanceUid: study.studyInstanceUid },
    body: {},
  })
  expect(r.status, r.text).toBe(200)
  await clinic.send(order)
  expect(await clinic.whereIs(study.studyInstanceUid)).toBe('tray')
  await clinic.powerCut()
  expect(await clinic.whereIs(study.studyInstanceUid)).toBe('tray')
  expect((await clinic.page(exam.id)).imageCount).toBe(0)
})
test('after release a late image of the same person is told, once', async () => {
  const { exam, order } = await examWithImages()
  await clinic.release(exam.id)
  await clinic.delivered(exam.id)
  const late = await clinic.send(order)
  await clinic.settled(exam.id, 2)
  await clinic.quiet([exam.id])
  await clinic.delivered(exam.id)
  const files = clinic.remote.gateway.files().filter((one) => one.values('AccessionNumber') === exam.accessionNumber)
  const sops = files.map((one) => one.values('SOPInstanceUID'))

  expect(new Set(sops).size).toBe(sops.length)
  expect(sops).toContain(late.objects[0]!.sopInstanceUid)
})
test("after release and delivery another patient's image under the same StudyInstanceUID goes to neither cloud", async () => {
  const { exam, study } = await examWithImages()
  await clinic.release(exam.id)
  await clinic.delivered(exam.id)
  const next = await clinic.register({ ...person(), sex: 'F' })
  const late = await clinic.send({ ...(await orderOf(next)), studyInstanceUid: study.studyInstanceUid })
  const foreign = late.objects[0]!.sopInstanceUid
  await clinic.quiet([exam.id, next.id])
  await clinic.whereIs(study.studyInstanceUid)
  await clinic.page(exam.id)

  const sent = clinic.remote.gateway.files().map((one) => one.values('SOPInstanceUID'))
  expect(sent).not.toContain(foreign)
  const jilin = Object.values(clinic.remote.jilin.ledger.exams).flatMap((one) => Object.keys(one.images))
  expect(jilin).not.toContain(foreign)
  expect(await inStation(study.studyInstanceUid)).toContain(foreign)
})
test("before release another patient's image under the same StudyInstanceUID, attached by hand: is it shown?", async () => {
  const exam = await clinic.register(person())
  const { patient, accessionNumber: _ } = await orderOf(exam)
  const study = await clinic.send({ patient: { ...patient, patientId: '' }, accessionNumber: '' })
  if ((await clinic.whereIs(study.studyInstanceUid)) === 'tray')
    await clinic
      .as('technician')
      .trayAttach({ params: { studyInstanceUid: study.studyInstanceUid }, body: { examId: exam.id } })
  await clinic.settled(exam.id)
  const next = await clinic.register({ ...person(), sex: 'F' })
  const late = await clinic.send({ ...(await orderOf(next)), studyInstanceUid: study.studyInstanceUid })
  await clinic.whereIs(study.studyInstanceUid)
  await clinic.page(exam.id)

  if ((await uids(exam.id)).includes(late.objects[0]!.sopInstanceUid))
    expect(await isSuspected(study.studyInstanceUid)).toBe(true)
})

/** In the tray, or said on the exam's page: two people in one study. */
async function isSuspected(studyInstanceUid: string): Promise<boolean> {
  const where = await clinic.whereIs(studyInstanceUid)
  return where === 'tray' || (await clinic.page(where)).mismatches.some((one) => one.text.includes('两位患者'))
}

test('an image without a person, put into an exam by hand, then one of somebody else: the second is not hidden behind the first', async () => {
  const exam = await clinic.register(person())
  const study = await clinic.send({})
  expect(await clinic.whereIs(study.studyInstanceUid)).toBe('tray')
  await clinic
    .as('technician')
    .trayAttach({ params: { studyInstanceUid: study.studyInstanceUid }, body: { examId: exam.id } })
  const next = await clinic.register({ ...person(), sex: 'F' })
  await clinic.send({ ...(await orderOf(next)), studyInstanceUid: study.studyInstanceUid })
  expect(await isSuspected(study.studyInstanceUid)).toBe(true)
})
test('an image without a person, then images of two others: nobody attaches them without being asked', async () => {
  const [one, two] = [await clinic.register(person()), await clinic.register({ ...person(), sex: 'F' })]
  const study = await clinic.send({})
  const { studyInstanceUid } = study
  await clinic.send({ ...(await orderOf(one)), studyInstanceUid })
  await clinic.send({ ...(await orderOf(two)), studyInstanceUid })
  expect(await clinic.whereIs(studyInstanceUid)).toBe('tray')
  const answer = await clinic.call('technician', 'trayAttach', {
    params: { studyInstanceUid },
    body: { examId: one.id },
  })
  expect(answer.status, answer.text).toBe(409)
})
test('two people of the same pinyin under one StudyInstanceUID and no other particulars', async () => {
  const exam = await clinic.register({ ...person(), name: '张伟' })
  const plain = (name: string) => ({ name, patientId: '', sex: '', birthDate: '' })
  const { studyInstanceUid } = await clinic.send({ patient: plain('张伟'), accessionNumber: exam.accessionNumber })
  expect(await clinic.whereIs(studyInstanceUid)).toBe(exam.id)
  await clinic.send({ patient: plain('章薇'), studyInstanceUid })
  expect(await isSuspected(studyInstanceUid)).toBe(true)
})
