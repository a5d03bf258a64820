import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ImageClinic, openImageClinic } from '../../stand-ins/image-clinic.ts'

// Attach, move, detach, merge and undo in orders in which nobody planned them, and twice at once.
let clinic: ImageClinic
beforeAll(async () => {
  clinic = await openImageClinic()
}, 60_000)
afterAll(() => clinic.close())

let number = 0
const person = () => ({
  name: `卓${'甲乙丙丁戊己庚辛壬癸'[number % 10]}${'子丑寅卯'[Math.floor(number++ / 10)]}`,
  sex: 'M',
  birthDate: `1970-01-${String((number % 28) + 1).padStart(2, '0')}`,
  identity: undefined,
})
async function examWithImages(images = 1, who: object = person()) {
  const exam = await clinic.register(who)
  const { patient } = await clinic.page(exam.id)
  const study = await clinic.send({
    patient: { name: patient.name, patientId: exam.patientId, sex: patient.sex, birthDate: patient.birthDate },
    accessionNumber: exam.accessionNumber,
    instances: images,
  })
  await clinic.settled(exam.id, images)
  return { exam, uid: study.studyInstanceUid }
}
const move = (uid: string, examId: string) =>
  clinic.call('technician', 'trayMove', { params: { studyInstanceUid: uid }, body: { examId, confirmMismatch: true } })
const attach = (uid: string, examId: string) =>
  clinic.call('technician', 'trayAttach', {
    params: { studyInstanceUid: uid },
    body: { examId, confirmMismatch: true },
  })
const detach = (uid: string) => clinic.call('technician', 'trayDetach', { params: { studyInstanceUid: uid }, body: {} })
const undo = (id: string) => clinic.call('technician', 'moveUndo', { params: { id } })
const merge = (into: string, from: string) =>
  clinic.call('technician', 'examMerge', { params: { id: into }, body: { fromExamId: from, reason: '重复登记' } })
const movesOf = async (uid: string) => (await clinic.api().moveList()).filter((one) => one.studyInstanceUid === uid)
const outcome = (answer: { status: number; json: unknown }) =>
  answer.status === 200
    ? 'ok'
    : `${answer.status} ${(answer.json as { error?: { code?: string } } | undefined)?.error?.code}`

test('twenty moves at once end in one exam, with one history', async () => {
  const { exam, uid } = await examWithImages(2)
  const others = await Promise.all([1, 2, 3, 4].map(() => clinic.register(person())))
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => (at % 3 === 2 ? detach(uid) : move(uid, others[at % 4]!.id))),
  )

  expect(answers.every((one) => one.status < 500)).toBe(true)
  const where = await clinic.whereIs(uid)
  expect([...others.map((one) => one.id), 'tray', exam.id]).toContain(where)
  const history = (await movesOf(uid)).reverse()
  for (let at = 1; at < history.length; at++) expect(history[at]!.fromExamId).toBe(history[at - 1]!.toExamId)
  expect(history.at(-1)!.toExamId ?? 'tray').toBe(where)
})
test('an undo asked for twice at once undoes once', async () => {
  const { exam, uid } = await examWithImages()
  const other = await clinic.register(person())
  await move(uid, other.id)
  const last = (await movesOf(uid))[0]!
  const answers = await Promise.all([undo(last.id), undo(last.id), undo(last.id)])

  expect(answers.filter((one) => one.status === 200)).toHaveLength(1)
  expect(await clinic.whereIs(uid)).toBe(exam.id)
})
test('only the newest of three moves may be undone, and then the one before it', async () => {
  const { exam, uid } = await examWithImages()
  const b = await clinic.register(person())
  const c = await clinic.register(person())
  await move(uid, b.id)
  await move(uid, c.id)
  await detach(uid)
  const [third, second, first] = await movesOf(uid)
  expect(outcome(await undo(second!.id))).not.toBe('ok')
  expect(await clinic.whereIs(uid)).toBe('tray')
  for (const one of [third!, second!, first!]) expect(outcome(await undo(one.id))).toBe('ok')
  expect(await clinic.whereIs(uid)).toBe(exam.id)
})
test('to a cancelled exam nothing is moved', async () => {
  const { exam, uid } = await examWithImages()
  const gone = await clinic.register(person())
  await clinic.api().examCancel({ params: { id: gone.id }, body: { reason: '患者未到' } })
  const answer = await move(uid, gone.id)

  expect(answer.status).toBe(409)
  expect(await clinic.whereIs(uid)).toBe(exam.id)
  await detach(uid)
  expect((await attach(uid, gone.id)).status).toBe(409)
})
test('an undo does not bring images back into an exam that was cancelled meanwhile', async () => {
  const { exam, uid } = await examWithImages()
  const other = await clinic.register(person())
  await move(uid, other.id)
  const cancelled = await clinic.call('technician', 'examCancel', {
    params: { id: exam.id },
    body: { reason: '患者未到' },
  })
  expect(cancelled.status, cancelled.text).toBe(200)
  const answer = await undo((await movesOf(uid))[0]!.id)

  expect(answer.status).toBe(409)
  expect(await clinic.whereIs(uid)).toBe(other.id)
})
test('to an exam that is not there, or of a study that is not there', async () => {
  const { exam, uid } = await examWithImages()
  expect((await move(uid, 'nobody')).status).toBe(404)
  expect((await move('1.2.3', exam.id)).status).toBe(404)
  expect((await attach('1.2.3', exam.id)).status).toBe(404)
  expect((await detach('1.2.3')).status).toBe(404)
  expect((await undo('nothing')).status).toBe(404)
  expect((await merge(exam.id, 'nobody')).status).toBe(404)
  expect((await merge('nobody', exam.id)).status).toBe(404)
  const self = await merge(exam.id, exam.id)
  expect(self.status, self.text).toBeGreaterThanOrEqual(400)
  await move(uid, exam.id)

  expect(await clinic.whereIs(uid)).toBe(exam.id)
})
test('attach of a study that another exam holds does not take it away silently', async () => {
  const { exam, uid } = await examWithImages()
  const other = await clinic.register(person())
  await attach(uid, other.id)

  expect(await clinic.whereIs(uid)).toBe(exam.id)
})
test('a mismatch of sex needs a word, by attach and by move', async () => {
  const { exam, uid } = await examWithImages()
  const woman = await clinic.register({ ...person(), sex: 'F' })
  const bare = await clinic.call('technician', 'trayMove', {
    params: { studyInstanceUid: uid },
    body: { examId: woman.id },
  })

  expect(bare.status).not.toBe(200)
  expect(await clinic.whereIs(uid)).toBe(exam.id)
  await detach(uid)
  const again = await clinic.call('technician', 'trayAttach', {
    params: { studyInstanceUid: uid },
    body: { examId: woman.id },
  })
  expect(again.status).not.toBe(200)
})
test('merging the exams of different patients is refused', async () => {
  const one = await examWithImages()
  const two = await examWithImages()
  const answer = await merge(one.exam.id, two.exam.id)

  expect(answer.status).not.toBe(200)
  expect(await clinic.whereIs(two.uid)).toBe(two.exam.id)
})
test('a merge of the same patient brings all images together, both ways, and its undo parts them again', async () => {
  const who = { ...person(), identity: { kind: 'passport', number: 'E77000001' } }
  const one = await examWithImages(1, who)
  const two = await examWithImages(2, who)
  const answer = await merge(one.exam.id, two.exam.id)
  expect(outcome(answer)).toBe('ok')
  expect((await clinic.page(two.exam.id)).state).toBe('cancelled')
  expect((await clinic.page(one.exam.id)).imageCount).toBe(3)
  const back = await merge(two.exam.id, one.exam.id)

  expect(back.status).not.toBe(200)
  const twice = await merge(one.exam.id, two.exam.id)

  expect(twice.status).not.toBe(200)
  const [last] = await movesOf(two.uid)
  expect(outcome(await undo(last!.id))).toBe('ok')
  const after = await clinic.page(two.exam.id)

  expect(await clinic.whereIs(two.uid)).toBe(two.exam.id)
  expect(after.state).not.toBe('cancelled')
})
test('both merges at once: one of them, never a circle, nothing lost', async () => {
  const who = { ...person(), identity: { kind: 'passport', number: 'E77000002' } }
  const one = await examWithImages(1, who)
  const two = await examWithImages(1, who)
  const answers = await Promise.all([merge(one.exam.id, two.exam.id), merge(two.exam.id, one.exam.id)])

  expect(answers.filter((x) => x.status === 200)).toHaveLength(1)
  const states = [await clinic.page(one.exam.id), await clinic.page(two.exam.id)]
  expect(states.filter((x) => x.state === 'cancelled')).toHaveLength(1)
  expect(states.map((x) => x.imageCount).sort()).toEqual([0, 2])
})
test('a merge of exams that both have a report, or a released one, does not lose a report', async () => {
  const who = { ...person(), identity: { kind: 'passport', number: 'E77000003' } }
  const one = await examWithImages(1, who)
  const two = await examWithImages(1, who)
  const body = { findings: '一', impression: '一', positive: 'negative' as const }
  await clinic.as('doctor').reportSave({ params: { id: two.exam.id }, body })
  expect(outcome(await merge(one.exam.id, two.exam.id))).toBe('ok')
  expect((await clinic.page(two.exam.id)).reports[0]?.findings).toBe('一')

  const three = await examWithImages(1, who)
  await clinic.release(three.exam.id)
  expect(outcome(await merge(one.exam.id, three.exam.id))).toBe('409 EXAM-HAS-REPORT')
  expect((await clinic.page(three.exam.id)).state).toBe('released')
})
