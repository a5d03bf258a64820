import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRetractions } from '../../electron/station/outbox/retractions.ts'
import { routes } from '../../shared/api/routes.ts'
import { aimis, expectOk, jilin, openRooms, codeOf as outcomeCode, type Rooms } from '../db/rooms-for-tests.ts'
import { type CareBench, codeOf, minute, openCareBench } from './care-bench.ts'

// Taking an exam back from AIMIS: proposed by one person, confirmed by another, told once, and never told of again.
let bench: CareBench
beforeAll(async () => {
  bench = await openCareBench({ aimis: 1, jilin: 1 })
}, 60_000)
afterAll(() => bench.close())

type Client = CareBench['admin']
const propose = (client: Client, id: string, destinationId = bench.aimisIds[0]!) =>
  client.call(routes.retractionPropose, { params: { id }, body: { destinationId, reason: '传错患者' } })
const confirm = (client: Client, id: string, retractionId: string) =>
  client.call(routes.retractionConfirm, { params: { id, retractionId } })
const withdraw = (client: Client, id: string, retractionId: string) =>
  client.call(routes.retractionWithdraw, { params: { id, retractionId } })
const study = (accessionNumber: string) => bench.aimis[0]!.ledger.studies[accessionNumber]

async function deliveredExam() {
  const exam = await bench.register()
  await bench.image(exam)
  await bench.release(exam.id)
  await bench.delivered(exam.id)
  return exam
}

describe('a deletion from AIMIS', () => {
  test('is proposed by one and confirmed by another, reaches the cloud once, and nothing brings the study back', async () => {
    const exam = await deliveredExam()
    expect(study(exam.accessionNumber)).toMatchObject({ deleted: false })
    const proposal = await propose(bench.doctor, exam.id)
    expect(proposal).toMatchObject({ examId: exam.id, state: 'proposed', proposedBy: 'wang', reason: '传错患者' })
    await bench.quiet(exam.id)
    expect(study(exam.accessionNumber), 'a proposal alone tells nobody').toMatchObject({ deleted: false })

    expect(await codeOf(confirm(bench.doctor, exam.id, proposal.id))).toBe('RETRACTION-OWN')
    const confirmed = await confirm(bench.auditor, exam.id, proposal.id)
    expect(confirmed).toMatchObject({ state: 'confirmed', decidedBy: 'li' })
    await bench.delivered(exam.id)
    const { received } = study(exam.accessionNumber)!
    expect(study(exam.accessionNumber)).toMatchObject({ deleted: true })

    // Whatever happens to the exam here, the cloud hears nothing of it.
    const imagesBefore = bench.gateways[0]!.receivedInstances().map((one) => one.received)
    await bench.admin.call(routes.examChange, { params: { id: exam.id }, body: { patient: { name: '章伟' } } })
    await bench.image(exam, 1)
    await bench.amend(exam.id)
    await bench.release(exam.id, '更正后的所见。')
    await bench.powerCut()
    await bench.advance(120 * minute)
    await bench.delivered(exam.id)
    await bench.quiet(exam.id)
    expect(study(exam.accessionNumber)).toMatchObject({ deleted: true, received })
    expect(bench.gateways[0]!.receivedInstances().map((one) => one.received)).toEqual(imagesBefore)
    const refused = bench.aimis[0]!.ledger.refusals.filter((one) => one.call === 'study/delete')
    expect(refused).toEqual([])
    const told = (await bench.deliveries(exam.id)).filter((task) => task.step === 'study-delete')
    expect(told.map((task) => [task.state, task.attempts])).toEqual([['delivered', 1]])

    // The provincial cloud, which has no recall, still gets the correction.
    const index = bench.jilin[0]!.ledger.exams[`220100001/${exam.accessionNumber}`]
    expect(index?.body).toMatchObject({ patientName: '章伟', imageDescription: '更正后的所见。' })

    const entries = await bench.admin.call(routes.auditList, { query: { subjectKind: 'exam', subjectId: exam.id } })
    const actions = entries.map((entry) => `${entry.actor} ${entry.action}`)
    expect(actions).toEqual(expect.arrayContaining(['wang propose-retraction', 'li confirm-retraction']))
    expect(await codeOf(propose(bench.doctor, exam.id)), 'it is not there any more').toBe('RETRACTION-DECIDED')
  }, 60_000)

  test('takes the QR off the card: what it led to is gone', async () => {
    const exam = await bench.register()
    await bench.image(exam)
    await bench.delivered(exam.id)
    const withoutQr = async () => {
      const body = { kind: 'card' as const, examIds: [exam.id] }
      return (await bench.admin.call(routes.printPrepare, { body })).withoutQr
    }
    expect(await withoutQr()).toBe(0)
    const proposal = await propose(bench.doctor, exam.id)
    expect(await withoutQr(), 'a proposal alone changes nothing').toBe(0)
    await confirm(bench.auditor, exam.id, proposal.id)
    expect(await withoutQr()).toBe(1)
  }, 60_000)

  test('that was withdrawn or decided is not confirmed any more, and leaves the study alone', async () => {
    const exam = await deliveredExam()
    const proposal = await propose(bench.doctor, exam.id)
    expect(await codeOf(propose(bench.auditor, exam.id)), 'proposed twice').toBe('RETRACTION-OPEN')
    expect(await withdraw(bench.doctor, exam.id, proposal.id)).toMatchObject({ state: 'withdrawn' })
    expect(await codeOf(confirm(bench.auditor, exam.id, proposal.id))).toBe('RETRACTION-DECIDED')
    expect(await codeOf(withdraw(bench.doctor, exam.id, proposal.id))).toBe('RETRACTION-DECIDED')
    await bench.quiet(exam.id)
    expect(study(exam.accessionNumber)).toMatchObject({ deleted: false })
    const again = await propose(bench.doctor, exam.id)
    expect(again.id).not.toBe(proposal.id)
    const list = await bench.admin.call(routes.retractionList, { params: { id: exam.id } })
    expect(list.map((one) => one.state)).toEqual(['proposed', 'withdrawn'])
    const other = await deliveredExam()
    expect(await codeOf(confirm(bench.auditor, other.id, again.id)), 'under another exam').toBe('NOT-FOUND')
  }, 60_000)

  test('is for AIMIS only, and only for what it was told', async () => {
    const exam = await bench.register()
    expect(await codeOf(propose(bench.doctor, exam.id))).toBe('NOT-DELIVERED')
    expect(await codeOf(propose(bench.doctor, exam.id, bench.jilinIds[0]!))).toBe('NO-RECALL')
    expect(await codeOf(propose(bench.doctor, exam.id, 'nowhere'))).not.toBe('ok')
    expect(await codeOf(propose(bench.doctor, 'nothing'))).not.toBe('ok')
  })
})

describe('what still waits for the cloud from which an exam is taken back', () => {
  let rooms: Rooms
  const done = { kind: 'done', value: {} } as const
  const failed = {
    kind: 'retry',
    reason: { code: 'X', message: '超时', action: '', english: 'It did not work', englishAction: 'Try again' },
    maybeReceived: true,
  } as const

  async function withOpenWork() {
    rooms = await openRooms()
    const { id } = rooms.addDestination(aimis())
    rooms.addDestination(jilin())
    const retractions = createRetractions({ ...rooms, destination: rooms.destinations.get, withdrawn: () => [] })
    const exam = rooms.imaged(2)
    const take = (step: string, outcome: Parameters<Rooms['outbox']['finish']>[1]) => {
      const task = rooms.outbox.ready(id).find((one) => one.step === step)!
      rooms.outbox.begin([task.id])
      rooms.outbox.finish(task.id, outcome)
    }
    take('study-qr', done)
    take('study', done)
    const propose = () => retractions.propose(exam.id, id, '传错患者', 'wang')
    return { id, exam, take, retractions, propose }
  }

  test('is not sent: images and counts would bring the study back after its deletion', async () => {
    const { id, exam, retractions, propose } = await withOpenWork()
    expectOk(retractions.confirm(exam.id, expectOk(propose()).id, 'li'))
    rooms.advance(3600_000)
    expect(rooms.outbox.ready(id).map((task) => task.step)).toEqual(['study-delete'])
    rooms.close()
  })

  test('is not sent after a lost answer either', async () => {
    const { id, exam, take, retractions, propose } = await withOpenWork()
    take('image', failed)
    rooms.release(exam)
    take('study', failed)
    expectOk(retractions.confirm(exam.id, expectOk(propose()).id, 'li'))
    rooms.advance(3600_000)
    expect(rooms.outbox.ready(id).map((task) => task.step)).toEqual(['study-delete'])
    rooms.close()
  })

  test('waits for what is just being sent: a study that arrives after its deletion would be there again', async () => {
    const { id, exam, retractions, propose } = await withOpenWork()
    rooms.release(exam)
    const studyTask = rooms.outbox.ready(id).find((task) => task.step === 'study')!
    rooms.outbox.begin([studyTask.id])
    expectOk(retractions.confirm(exam.id, expectOk(propose()).id, 'li'))
    expect(rooms.outbox.ready(id).map((task) => task.step)).toEqual(['study-delete'])
    rooms.outbox.finish(studyTask.id, failed)
    rooms.advance(3600_000)
    expect(rooms.outbox.ready(id).map((task) => task.step)).toEqual(['study-delete'])
    rooms.close()
  })

  test('two people cannot have it deleted twice', async () => {
    const { exam, retractions, propose } = await withOpenWork()
    expectOk(retractions.confirm(exam.id, expectOk(propose()).id, 'li'))
    expect(outcomeCode(propose())).toBe('RETRACTION-DECIDED')
    expect(rooms.outbox.ofExam(exam.id).filter((task) => task.step === 'study-delete')).toHaveLength(1)
    rooms.close()
  })
})

describe('a deletion', () => {
  test('whose answer was lost is taken for done when the gateway then knows no such study', async () => {
    const exam = await deliveredExam()
    bench.aimis[0]!.faults.add({ call: 'study/delete', times: 1, fault: { kind: 'reset-after-processing' } })
    const proposal = await propose(bench.doctor, exam.id)
    await confirm(bench.auditor, exam.id, proposal.id)
    await bench.quiet(exam.id)
    await bench.advance(10 * minute)
    await bench.delivered(exam.id)
    expect(study(exam.accessionNumber)).toMatchObject({ deleted: true })
    const deletions = (await bench.deliveries(exam.id)).filter((task) => task.step === 'study-delete')
    expect(deletions.map((task) => [task.state, task.attempts])).toEqual([['delivered', 2]])
  })
})
