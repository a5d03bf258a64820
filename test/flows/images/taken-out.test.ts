import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ImageClinic, openImageClinic, type Registered } from '../../stand-ins/image-clinic.ts'

// One image of somebody else in a study that otherwise is right: taken out, it finds its own exam, and nobody gets it under the wrong name.
let clinic: ImageClinic
beforeAll(async () => {
  clinic = await openImageClinic({ clouds: true })
}, 60_000)
afterAll(() => clinic.close())

const reason = '设备上没有换患者就拍了下一位'
const wang = { name: '王小明', sex: 'M', birthDate: '1980-02-03' }
const li = { name: '李娜', sex: 'F', birthDate: '1991-05-06' }
let number = 1
async function registered(person: object): Promise<Registered> {
  const passport = `E30000${String(number++).padStart(3, '0')}`
  return clinic.register({ ...person, identity: { kind: 'passport', number: passport } })
}
const orderOf = (person: { name: string; sex: string; birthDate: string }, of: Registered, under: Registered) => ({
  patient: { ...person, patientId: of.patientId },
  accessionNumber: under.accessionNumber,
  studyInstanceUid: under.studyInstanceUid,
})
type Order = Parameters<ImageClinic['send']>[0]
const send = (order: object, instances: number) => clinic.send({ ...order, instances } as Order)

const images = (uid: string) => clinic.as('technician').trayImages({ params: { studyInstanceUid: uid } })
const takeOut = (uid: string, instanceIds: readonly string[], more: object = {}) =>
  clinic.call('technician', 'trayTakeOut', {
    params: { studyInstanceUid: uid },
    body: { instanceIds, reason, ...more },
  })
const attach = (uid: string, examId: string) =>
  clinic.call('technician', 'trayAttach', { params: { studyInstanceUid: uid }, body: { examId } })
const idsOf = async (uid: string, patientId: string) =>
  (await images(uid)).filter((one) => one.patientId === patientId).map((one) => one.instanceId)
const codeOf = (answer: { json: { error?: { code: string } } }) => answer.json.error?.code
const sentAs = (exam: Registered) =>
  clinic.remote.gateway.files().filter((one) => one.values('AccessionNumber') === exam.accessionNumber)
const isSuspected = async (uid: string) =>
  ((await clinic.api().health()).alarmDetails ?? []).some(
    (one) => one.code === 'STUDY-TWO-PEOPLE' && one.studyInstanceUid === uid,
  )

async function mixed(first: 'right' | 'foreign' = 'right') {
  const [right, other] = [await registered(wang), await registered(li)]
  const ways = [() => send(orderOf(wang, right, right), 2), () => send(orderOf(li, other, right), 1)]
  for (const way of first === 'right' ? ways : ways.reverse()) await way()
  return { right, other, uid: right.studyInstanceUid }
}

test('two people under one study: each image says whom it names, and taken out both find their exam and their cloud', async () => {
  const { right, other, uid } = await mixed()
  expect(await clinic.whereIs(uid)).toBe('tray')
  expect(await isSuspected(uid)).toBe(true)
  const named = (await images(uid)).map((one) => one.patientId).sort()
  expect(named).toEqual([right.patientId, right.patientId, other.patientId].sort())
  const foreign = await idsOf(uid, other.patientId)
  const taken = await takeOut(uid, foreign)
  expect(taken.status, taken.text).toBe(200)
  const own = taken.json.studyInstanceUid
  expect(await isSuspected(uid)).toBe(false)
  const waiting = (await clinic.api().trayList()).find((one) => one.header.studyInstanceUid === own)!
  expect(waiting).toMatchObject({ imageCount: 1, reason, header: { patientId: other.patientId } })
  expect(waiting.firstInstanceId).toBe(foreign[0])
  expect((await attach(uid, right.id)).status).toBe(200)
  expect((await attach(own, other.id)).status).toBe(200)

  for (const exam of [right, other]) {
    await clinic.settled(exam.id)
    await clinic.release(exam.id)
    await clinic.delivered(exam.id)
  }
  expect([sentAs(right).length, sentAs(other).length]).toEqual([2, 1])
  const [alone] = sentAs(other)
  expect([alone!.values('PatientID'), alone!.values('StudyInstanceUID')]).toEqual([
    other.patientId,
    other.studyInstanceUid,
  ])
  for (const one of sentAs(right)) expect(one.values('PatientID')).toBe(right.patientId)
  const [row] = (await clinic.api().examList({ query: { text: right.accessionNumber } })).rows
  expect(row!.imageCount).toBe(2)
}, 90_000)

test('a study that began with the stranger’s image is described by its own images afterwards', async () => {
  const { right, other, uid } = await mixed('foreign')
  const header = async (id: string) =>
    (await clinic.api().trayList()).find((one) => one.header.studyInstanceUid === id)?.header
  expect((await header(uid))?.patientId).toBe(other.patientId)
  const { studyInstanceUid: own } = (await takeOut(uid, await idsOf(uid, other.patientId))).json
  expect((await header(uid))?.patientId).toBe(right.patientId)
  expect((await header(own))?.patientId).toBe(other.patientId)
  expect((await attach(uid, right.id)).status).toBe(200)
}, 60_000)

test('undone, the image is back in its study, and two people are suspected again', async () => {
  const { other, uid } = await mixed()
  const foreign = await idsOf(uid, other.patientId)
  const { studyInstanceUid: own } = (await takeOut(uid, foreign)).json
  const move = (await clinic.api().moveList()).find((one) => one.studyInstanceUid === own)!
  expect(move).toMatchObject({ kind: 'detach', reason, mayUndo: true })
  expect((await clinic.call('technician', 'moveUndo', { params: { id: move.id } })).status).toBe(200)
  expect((await images(uid)).map((one) => one.instanceId)).toContain(foreign[0])
  expect(await isSuspected(uid)).toBe(true)
  expect(await clinic.whereIs(own)).toBe('')
  const again = await takeOut(uid, foreign)
  expect(again.status, again.text).toBe(200)
}, 60_000)

test('an image that was sent is taken out as a correction, with what follows at each cloud', async () => {
  const exam = await registered(wang)
  await send(orderOf(wang, exam, exam), 2)
  await clinic.settled(exam.id, 2)
  await clinic.delivered(exam.id)
  const uid = exam.studyInstanceUid
  const [, second] = await images(uid)
  expect(codeOf(await takeOut(uid, [second!.instanceId]))).toBe('STUDY-SENT')
  expect((await images(uid)).length).toBe(2)
  const taken = await takeOut(uid, [second!.instanceId], { asCorrection: true })
  expect(taken.status, taken.text).toBe(200)
  const page = await clinic.page(exam.id)
  expect(page.imageCount).toBe(1)
  expect(page.corrections.filter((one) => one.retractionId !== null)).toHaveLength(1)
  expect(await clinic.whereIs(taken.json.studyInstanceUid)).toBe('tray')
}, 90_000)

test('none, all, or images of another study are not taken out; who asks by DICOM never finds what was', async () => {
  const { other, uid } = await mixed()
  const all = (await images(uid)).map((one) => one.instanceId)
  expect(codeOf(await takeOut(uid, all))).toBe('TAKE-OUT-WHICH')
  expect(codeOf(await takeOut(uid, ['nobody']))).toBe('TAKE-OUT-WHICH')
  const { studyInstanceUid: own } = (await takeOut(uid, await idsOf(uid, other.patientId))).json
  const station = clinic.station()
  const found = async (query: string) => {
    const answer = await station.send('GET', `/dicom-web/${query}`, {
      headers: { authorization: `Bearer ${station.token}`, accept: 'application/dicom+json' },
    })
    return answer.status === 204 || answer.text === '' ? [] : (answer.json as object[])
  }
  expect(await found(`studies?StudyInstanceUID=${own}`)).toEqual([])
  expect(await found(`instances?StudyInstanceUID=${uid}`)).toHaveLength(2)
}, 60_000)
