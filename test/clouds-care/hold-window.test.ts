import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../shared/api/routes.ts'
import { until } from '../stand-ins/until.ts'
import { type CareBench, codeOf, minute, openCareBench } from './care-bench.ts'

// The provincial cloud has no recall: nothing of an exam goes there before the hold window after release is over.
let bench: CareBench
beforeAll(async () => {
  bench = await openCareBench({ holdMinutes: 5 })
}, 60_000)
afterAll(() => bench.close())

const held = (accessionNumber: string) => bench.jilin[0]!.ledger.exams[`220100001/${accessionNumber}`]
const sendNow = (examId: string, destinationId = bench.jilinIds[0]!) =>
  bench.doctor.call(routes.sendNow, { params: { id: examId }, body: { destinationId } })

async function releasedExam(exam: object = {}) {
  const registered = await bench.register({}, exam)
  await bench.image(registered)
  await bench.release(registered.id)
  return registered
}

describe('within the hold window', () => {
  test('neither index, film, PDF nor images leave; afterwards each arrives once', async () => {
    const exam = await releasedExam()
    await bench.quiet(exam.id)
    await bench.advance(4 * minute)
    await bench.quiet(exam.id)
    expect(held(exam.accessionNumber)).toBeUndefined()
    const waiting = await bench.deliveries(exam.id)
    expect(new Set(waiting.map((task) => task.state))).toEqual(new Set(['waiting']))
    expect(waiting.map((task) => task.step).sort()).toEqual([
      'film-url',
      'image',
      'image',
      'index',
      'project',
      'report-pdf',
    ])

    await bench.advance(minute)
    await bench.delivered(exam.id)
    const arrived = held(exam.accessionNumber)!
    expect([arrived.received, arrived.pdf?.received]).toEqual([1, 1])
    expect(Object.values(arrived.images).map((image) => image.received)).toEqual([1, 1])
  })

  test('a person sends it now, and the deadline stays one hour after release', async () => {
    const exam = await releasedExam()
    const before = (await bench.deliveries(exam.id)).find((task) => task.step === 'index')!
    const { reports } = await bench.admin.call(routes.examRead, { params: { id: exam.id } })
    expect(before.deadlineAt).toBe(reports[0]!.releasedAt! + 60 * minute)
    await sendNow(exam.id)
    await bench.delivered(exam.id)
    expect(held(exam.accessionNumber)?.received).toBe(1)
    const after = (await bench.deliveries(exam.id)).find((task) => task.step === 'index')!
    expect([after.state, after.deadlineAt]).toEqual(['delivered', before.deadlineAt])
    const entries = await bench.admin.call(routes.auditList, {
      query: { subjectKind: 'exam', subjectId: exam.id },
    })
    expect(entries.find((entry) => entry.action === 'send-now')).toMatchObject({ actor: 'wang' })
  })

  test('with nothing held, with a destination or an exam that is not there, sending now is refused', async () => {
    const registered = await bench.register()
    expect(await codeOf(sendNow(registered.id))).toBe('NOTHING-HELD')
    expect(await codeOf(sendNow(registered.id, 'nowhere'))).not.toBe('ok')
    expect(await codeOf(sendNow('nothing'))).not.toBe('ok')
    const exam = await releasedExam()
    await sendNow(exam.id)
    await bench.delivered(exam.id)
    expect(await codeOf(sendNow(exam.id))).toBe('NOTHING-HELD')
  })

  test('an amendment stops the old version for ever; the amended one arrives, once, after a window of its own', async () => {
    const exam = await releasedExam()
    await bench.advance(3 * minute)
    await bench.amend(exam.id)
    expect(new Set((await bench.deliveries(exam.id)).filter((t) => t.step !== 'project').map((t) => t.state))).toEqual(
      new Set(['cancelled']),
    )
    await bench.advance(20 * minute)
    await bench.quiet(exam.id)
    expect(held(exam.accessionNumber)).toBeUndefined()

    await bench.release(exam.id, '右下肺见斑片影。')
    await bench.quiet(exam.id)
    await bench.advance(4 * minute)
    await bench.quiet(exam.id)
    expect(held(exam.accessionNumber)).toBeUndefined()
    await bench.advance(minute)
    await bench.delivered(exam.id)
    expect(held(exam.accessionNumber)).toMatchObject({ received: 1, body: { imageDescription: '右下肺见斑片影。' } })
    expect(held(exam.accessionNumber)!.pdf?.received).toBe(1)
  })

  test('what an amendment stopped cannot be sent by retrying it: the old report would go, and there is no recall', async () => {
    const exam = await releasedExam()
    await bench.amend(exam.id)
    const stopped = (await bench.deliveries(exam.id)).filter((task) => task.step !== 'project')
    const codes = await Promise.all(
      stopped.map((task) => codeOf(bench.admin.call(routes.deliveryRetry, { params: { id: task.id }, body: {} }))),
    )
    await bench.advance(10 * minute)
    await bench.quiet(exam.id)
    expect(held(exam.accessionNumber)).toBeUndefined()
    expect(new Set(codes)).toEqual(new Set(['TASK-STATE']))
  })

  test('what a person had cancelled before the amendment is not sent by retrying it either', async () => {
    const exam = await releasedExam()
    const tasks = await bench.deliveries(exam.id)
    const index = tasks.find((task) => task.step === 'index')!
    await bench.admin.call(routes.deliveryCancel, { params: { id: index.id }, body: { reason: '先不传' } })
    await bench.amend(exam.id)
    const retried = bench.admin.call(routes.deliveryRetry, { params: { id: index.id }, body: {} })
    expect(await codeOf(retried)).toBe('TASK-STATE')
    await bench.advance(10 * minute)
    await bench.quiet(exam.id)
    expect(held(exam.accessionNumber)).toBeUndefined()
  })

  test('sending now after an amendment began sends nothing of the old version', async () => {
    const exam = await releasedExam()
    await bench.amend(exam.id)
    await codeOf(sendNow(exam.id))
    await bench.quiet(exam.id)
    expect(held(exam.accessionNumber)).toBeUndefined()
  })

  test('two exams of one new item: amending the one whose task it is does not hold up the other', async () => {
    const item = { itemCode: 'DR777', itemName: '左膝正侧位' }
    const first = await releasedExam(item)
    const second = await releasedExam(item)
    await bench.amend(first.id)
    await bench.advance(6 * minute)
    await bench.delivered(second.id)
    expect(held(second.accessionNumber)?.received).toBe(1)
    expect(held(first.accessionNumber)).toBeUndefined()
  })

  test('two exams of one new item: sending the second now does not wait for the first one’s window', async () => {
    const item = { itemCode: 'DR778', itemName: '右膝正侧位' }
    const first = await releasedExam(item)
    const second = await releasedExam(item)
    await sendNow(second.id)
    await until('the second', async () => held(second.accessionNumber) !== undefined, 5000)
    expect(held(first.accessionNumber)).toBeUndefined()
  })

  test('two exams of one new item: when the first turns out to be another item, the platform still hears of both', async () => {
    const item = { itemCode: 'DR779', itemName: '左肘正侧位' }
    const first = await releasedExam(item)
    const second = await releasedExam(item)
    const change = { exam: { itemCode: 'DR888', itemName: '右肘正侧位' } }
    await bench.admin.call(routes.examChange, { params: { id: first.id }, body: change })
    await bench.advance(6 * minute)
    await bench.delivered(first.id)
    await bench.delivered(second.id)
    const told = Object.keys(bench.jilin[0]!.ledger.projects).map((key) => key.split('/')[1])
    expect(told).toEqual(expect.arrayContaining(['DR779', 'DR888']))
    expect(held(second.accessionNumber)).toMatchObject({ body: { examProjectCode: 'DR779' } })
  })

  test('an exam with a released report is not cancelled', async () => {
    const exam = await releasedExam()
    const cancelled = bench.admin.call(routes.examCancel, { params: { id: exam.id }, body: { reason: '重复' } })
    expect(await codeOf(cancelled)).toBe('EXAM-HAS-REPORT')
    expect((await bench.deliveries(exam.id)).every((task) => task.state === 'waiting')).toBe(true)
  })

  test('a correction of the registration within the window goes with the index, not after it', async () => {
    const exam = await releasedExam()
    const patient = { name: '章伟' }
    await bench.admin.call(routes.examChange, { params: { id: exam.id }, body: { patient } })
    await bench.quiet(exam.id)
    expect(held(exam.accessionNumber)).toBeUndefined()
    await bench.advance(5 * minute)
    await bench.delivered(exam.id)
    expect(held(exam.accessionNumber)).toMatchObject({ received: 1, body: { patientName: '章伟' } })
  })

  test('a power cut keeps the window: nothing goes before, everything goes after', async () => {
    const exam = await releasedExam()
    const before = await bench.deliveries(exam.id)
    await bench.advance(2 * minute)
    await bench.powerCut()
    expect(await bench.deliveries(exam.id)).toEqual(before)
    await bench.advance(2 * minute)
    await bench.quiet(exam.id)
    expect(held(exam.accessionNumber)).toBeUndefined()
    await bench.advance(minute)
    await bench.delivered(exam.id)
    expect(held(exam.accessionNumber)?.received).toBe(1)
  })
})
