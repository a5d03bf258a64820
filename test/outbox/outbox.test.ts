import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Exam } from '../../shared/models/exam.ts'
import type { OutboxTask } from '../../shared/models/outbox-task.ts'
import { account, aimis, codeOf, expectOk, jilin, openRooms, pacs, type Rooms } from '../db/rooms-for-tests.ts'

const reason = {
  code: 'X',
  message: '缺少申请科室',
  action: '请补填后重试',
  english: 'It did not work',
  englishAction: 'Try again',
}

let rooms: Rooms
beforeEach(async () => {
  rooms = await openRooms()
})
afterEach(() => rooms.close())

const tasksOf = (exam: Pick<Exam, 'id'>, step?: string) =>
  rooms.outbox.ofExam(exam.id).filter((task) => step === undefined || task.step === step)
const only = (exam: Pick<Exam, 'id'>, step: string): OutboxTask => {
  const [task, ...more] = tasksOf(exam, step).filter((one) => one.state !== 'cancelled')
  if (!task || more.length > 0) throw new Error(`${more.length + 1} tasks of ${step}`)
  return task
}
function attempt(task: OutboxTask, outcome: Parameters<Rooms['outbox']['finish']>[1]): OutboxTask {
  rooms.outbox.begin([task.id])
  rooms.outbox.finish(task.id, outcome)
  return rooms.outbox.get(task.id)!
}
const done = { kind: 'done', value: {} } as const

describe('what must be told', () => {
  test('is kept with its answer and confirmed in the audit log', () => {
    rooms.addDestination(aimis())
    const exam = expectOk(rooms.register())
    const task = attempt(only(exam, 'study-qr'), { kind: 'done', value: { qrImage: 'AAAA' } })
    expect(task).toMatchObject({ state: 'delivered', attempts: 1, result: { qrImage: 'AAAA' } })
    expect(rooms.outbox.delivered(exam.id)).toMatchObject([{ step: 'study-qr', result: { qrImage: 'AAAA' } }])
    expect(rooms.audit.about('exam', exam.id)[0]).toMatchObject({ actor: 'station', action: 'deliver' })
  })

  test('is not asked for again by anything that happens to the exam', () => {
    rooms.addDestination(aimis())
    const exam = rooms.imaged()
    for (let round = 0; round < 4; round++) {
      for (const task of rooms.outbox.ready(rooms.destinations.all()[0]!.id)) attempt(task, done)
      rooms.outbox.followUp(exam.id)
    }
    expect(tasksOf(exam).map((task) => [task.step, task.state])).toEqual([
      ['study-qr', 'delivered'],
      ['study', 'delivered'],
      ['image', 'delivered'],
      ['reconcile', 'delivered'],
    ])
  })

  test('goes to nobody who is switched off', () => {
    const { id } = rooms.addDestination(aimis())
    expectOk(rooms.destinations.change(id, { enabled: false }, 'admin'))
    expect(tasksOf(expectOk(rooms.register()))).toEqual([])
  })

  test('survives the end of the program: what was being sent is verified before it is sent again', async () => {
    rooms.addDestination(aimis())
    const exam = expectOk(rooms.register())
    const task = only(exam, 'study-qr')
    rooms.outbox.begin([task.id])
    rooms.db.close() // a power cut
    rooms = await openRooms(rooms.folder)
    expect(rooms.outbox.get(task.id)?.state).toBe('sending')
    expect(rooms.outbox.recover()).toBe(1)
    expect(rooms.outbox.get(task.id)).toMatchObject({
      state: 'sent-unconfirmed',
      attempts: 1,
      reasonCode: 'INTERRUPTED',
    })
    expect(rooms.outbox.recover()).toBe(0)
    expect(rooms.outbox.ready(task.destinationId).map((one) => [one.id, one.state])).toEqual([
      [task.id, 'sent-unconfirmed'],
    ])
  })
})

describe('what is blocked', () => {
  test('says reason and action', () => {
    rooms.addDestination(aimis())
    const exam = expectOk(rooms.register())
    expect(attempt(only(exam, 'study-qr'), { kind: 'fix-exam', reason })).toMatchObject({
      state: 'blocked',
      reasonCode: 'X',
      reason: '缺少申请科室',
      action: '请补填后重试',
    })
    expect(rooms.outbox.ready(rooms.destinations.all()[0]!.id)).toEqual([])
  })

  test('by the exam’s data is tried again once staff have changed them', () => {
    rooms.addDestination(aimis())
    const exam = expectOk(rooms.register())
    attempt(only(exam, 'study-qr'), { kind: 'fix-exam', reason })
    expectOk(rooms.exams.change(exam.id, { exam: { applyDepartment: { code: '01', name: '内科' } } }, 'li'))
    expect(only(exam, 'study-qr')).toMatchObject({ state: 'waiting', attempts: 0, reason: null })
  })

  test('by the settings is tried again once they were changed, and only at that destination', () => {
    const [a, b] = [rooms.addDestination(aimis()), rooms.addDestination(aimis())]
    const exam = expectOk(rooms.register())
    for (const task of tasksOf(exam)) attempt(task, { kind: 'fix-settings', reason })
    rooms.outbox.settingsChanged(a.id)
    const states = Object.fromEntries(tasksOf(exam).map((task) => [task.destinationId, task.state]))
    expect(states).toEqual({ [a.id]: 'waiting', [b.id]: 'blocked' })
  })

  test('by the settings stays blocked when only the exam was changed', () => {
    rooms.addDestination(aimis())
    const exam = expectOk(rooms.register())
    attempt(only(exam, 'study-qr'), { kind: 'fix-settings', reason })
    expectOk(rooms.exams.change(exam.id, { exam: { bed: '1' } }, 'li'))
    expect(only(exam, 'study-qr').state).toBe('blocked')
  })

  test('goes on when a person says so, with an audit row', () => {
    rooms.addDestination(aimis())
    const exam = expectOk(rooms.register())
    const { id } = attempt(only(exam, 'study-qr'), { kind: 'fix-settings', reason })
    expect(expectOk(rooms.outbox.retry(id, 'li'))).toMatchObject({ state: 'waiting', attempts: 0 })
    expect(rooms.audit.about('delivery', id)[0]).toMatchObject({ actor: 'li', action: 'retry-delivery' })
  })

  test('holds up nothing of another exam: not even thousands of images that wait for it', () => {
    const { id } = rooms.addDestination(aimis())
    const big = rooms.imaged(2100)
    attempt(only(big, 'study-qr'), done)
    attempt(only(big, 'study'), { kind: 'fix-exam', reason })
    const small = rooms.imaged(1)
    attempt(only(small, 'study-qr'), done)
    attempt(only(small, 'study'), done)
    expect(rooms.outbox.ready(id).map((task) => [task.examId, task.step])).toEqual([[small.id, 'image']])
  }, 60_000)
})

describe('a person at the deliveries', () => {
  test('says now: what waits or is unconfirmed is due at once, and unconfirmed stays unconfirmed', () => {
    const { id } = rooms.addDestination(aimis())
    const exam = expectOk(rooms.register())
    const task = attempt(only(exam, 'study-qr'), { kind: 'retry', reason, maybeReceived: true })
    expect(rooms.outbox.ready(id)).toEqual([])
    expect(rooms.outbox.nextDue()).toBe(task.nextAttemptAt)
    expect(expectOk(rooms.outbox.retry(task.id, 'li'))).toMatchObject({ state: 'sent-unconfirmed', attempts: 1 })
    expect(rooms.outbox.ready(id)).toHaveLength(1)
  })

  test('cannot touch what is being sent or was delivered', () => {
    rooms.addDestination(aimis())
    const exam = expectOk(rooms.register())
    const { id } = only(exam, 'study-qr')
    rooms.outbox.begin([id])
    expect(codeOf(rooms.outbox.retry(id, 'li'))).toBe('TASK-STATE')
    expect(codeOf(rooms.outbox.cancel(id, 'x', 'li'))).toBe('TASK-STATE')
    rooms.outbox.finish(id, done)
    expect(codeOf(rooms.outbox.retry(id, 'li'))).toBe('TASK-STATE')
    expect(codeOf(rooms.outbox.cancel(id, 'x', 'li'))).toBe('TASK-STATE')
    expect(codeOf(rooms.outbox.retry('nobody', 'li'))).toBe('NOT-FOUND')
    expect(codeOf(rooms.outbox.cancel('nobody', 'x', 'li'))).toBe('NOT-FOUND')
  })

  test('cancels with a reason, and nothing brings it back but a person', () => {
    rooms.addDestination(aimis())
    const exam = expectOk(rooms.register())
    const { id } = only(exam, 'study-qr')
    expect(expectOk(rooms.outbox.cancel(id, '患者不要', 'li'))).toMatchObject({
      state: 'cancelled',
      reason: '患者不要',
    })
    rooms.outbox.followUp(exam.id)
    expectOk(rooms.exams.change(exam.id, { exam: { bed: '1' } }, 'li'))
    expect(tasksOf(exam, 'study-qr').map((task) => task.state)).toEqual(['cancelled'])
    expect(rooms.audit.about('delivery', id)[0]).toMatchObject({
      action: 'cancel-delivery',
      details: { reason: '患者不要' },
    })
    expect(expectOk(rooms.outbox.retry(id, 'li')).state).toBe('waiting')
  })
})

describe('the order at the provincial cloud', () => {
  test('nothing leaves before the hold window has passed, then item, index, address, PDF', () => {
    const { id } = rooms.addDestination(jilin())
    const exam = rooms.imaged()
    rooms.release(exam)
    expect(rooms.outbox.ready(id)).toEqual([])
    rooms.advance(5 * 60_000)
    const order: string[] = []
    for (let ready = rooms.outbox.ready(id); ready.length > 0; ready = rooms.outbox.ready(id)) {
      order.push(ready[0]!.step)
      attempt(ready[0]!, done)
    }
    expect(order).toEqual(['project', 'index', 'film-url', 'report-pdf', 'image'])
  })

  test('an item that was told for one exam is not told for the next', () => {
    const { id } = rooms.addDestination(jilin())
    const [first, second] = [rooms.imaged(), rooms.imaged()]
    for (const exam of [first, second]) rooms.release(exam)
    rooms.advance(5 * 60_000)
    expect(rooms.outbox.ready(id).map((task) => task.step)).toEqual(['project'])
    attempt(rooms.outbox.ready(id)[0]!, done)
    expect(rooms.outbox.ready(id).map((task) => [task.step, task.examId])).toEqual([
      ['index', first.id],
      ['index', second.id],
    ])
  })

  test('what is due within the hour goes before images that were there first', () => {
    const { id } = rooms.addDestination(jilin())
    const early = rooms.imaged(5)
    rooms.release(early)
    rooms.advance(5 * 60_000)
    for (const step of ['project', 'index']) attempt(only(early, step), done)
    const late = rooms.imaged()
    rooms.release(late)
    rooms.advance(5 * 60_000)
    expect(rooms.outbox.ready(id)[0]).toMatchObject({ step: 'index', examId: late.id })
  })

  test('a report amended within the hold window is told once, as it is now', () => {
    rooms.addDestination(jilin())
    const exam = rooms.imaged()
    rooms.release(exam, '一')
    rooms.advance(60_000)
    rooms.release(exam, '二')
    expect(tasksOf(exam, 'index').map((task) => task.state)).toEqual(['cancelled', 'waiting'])
    expect(only(exam, 'index').deadlineAt).toBe(rooms.reports.newestReleased(exam.id)!.releasedAt! + 3600_000)
  })
})

test('of tasks in several states the worst is the lamp’s, and all of them are counted', () => {
  const { id } = rooms.addDestination(pacs())
  const exam = rooms.imaged(3)
  const [first, second] = tasksOf(exam)
  attempt(first!, done)
  attempt(second!, { kind: 'fix-exam', reason })
  expect(rooms.boardFacts.now(exam.id)?.lamps).toMatchObject([
    { destinationId: id, lamp: 'blocked', taskId: second!.id },
  ])
  expect(rooms.outbox.counts()).toMatchObject({ blocked: 1, delivered: 1, waiting: 1, sending: 0 })
})

test('a task says which step it waits for, and nothing once only its time keeps it', () => {
  rooms.addDestination(jilin({ holdMinutes: 5 }))
  const exam = rooms.imaged()
  rooms.release(exam)
  const waits = () => Object.fromEntries(tasksOf(exam).map((task) => [task.step, rooms.outbox.waitsFor(task.id)]))
  expect(waits()).toEqual({
    project: undefined,
    index: 'project',
    'film-url': 'index',
    'report-pdf': 'film-url',
    image: 'index',
  })
  rooms.advance(5 * 60_000)
  attempt(only(exam, 'project'), done)
  expect(waits()).toMatchObject({ index: undefined, image: 'index' })
})

test('the lamps call nothing uploaded for a QR alone or for a record of what staff looked at', () => {
  const { id } = rooms.addDestination(aimis())
  const exam = expectOk(rooms.register())
  const lamps = () => rooms.boardFacts.now(exam.id)?.lamps.map((one) => one.lamp)
  expect(lamps()).toEqual(['waiting'])
  attempt(only(exam, 'study-qr'), done)
  expect(lamps()).toEqual([])
  rooms.outbox.add(exam.id, id, { step: 'call-record', subject: 'one', payload: {} })
  expect(lamps()).toEqual([])
})

describe('what becomes unwanted while it is being sent', () => {
  test('is not sent again after a failed attempt: the report is being amended, and there is no recall', () => {
    rooms.addDestination(jilin({ holdMinutes: 0 }))
    const exam = rooms.imaged()
    rooms.release(exam)
    attempt(only(exam, 'project'), done)
    const index = only(exam, 'index')
    rooms.outbox.begin([index.id])
    expectOk(rooms.reports.take('amend', exam, 1, account('wang', 'doctor'), '补充'))
    rooms.outbox.finish(index.id, { kind: 'retry', reason, maybeReceived: true })
    rooms.advance(3600_000)
    expect(rooms.outbox.ready(index.destinationId)).toEqual([])
    rooms.release(exam, '右下肺见斑片影。')
    expect(rooms.outbox.ready(index.destinationId).map((task) => task.step)).toEqual(['index'])
  })

  test('is not sent again after a power cut either', () => {
    rooms.addDestination(aimis())
    const exam = expectOk(rooms.register())
    const qr = only(exam, 'study-qr')
    rooms.outbox.begin([qr.id])
    expectOk(rooms.exams.cancel(exam.id, '重复登记', 'nurse'))
    expect(rooms.outbox.recover()).toBe(1)
    expect(rooms.outbox.ready(qr.destinationId)).toEqual([])
  })
})
