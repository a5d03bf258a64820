import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '../../electron/station/log.ts'
import { createScheduler } from '../../electron/station/outbox/scheduler.ts'
import type { CloudOutcome } from '../../shared/clouds/cloud-outcome.ts'
import type { Destination } from '../../shared/models/destination.ts'
import type { OutboxTask } from '../../shared/models/outbox-task.ts'
import { aimis, expectOk, openRooms, pacs, type Rooms } from '../db/rooms-for-tests.ts'

const reason = {
  code: 'X',
  message: '没有成功',
  action: '稍后重试',
  english: 'It did not work',
  englishAction: 'Try again',
}
type Deliver = (tasks: readonly OutboxTask[], destination: Destination) => Promise<CloudOutcome> | CloudOutcome

let rooms: Rooms
let scheduler: ReturnType<typeof createScheduler>
let deliver: Deliver
let lines: string[]
let cutOff: () => void
/** A destination that never answers, until the station cuts it off. */
let never: Promise<CloudOutcome>
beforeEach(async () => {
  rooms = await openRooms()
  lines = []
  never = new Promise((resolve) => {
    cutOff = () => resolve({ kind: 'retry', maybeReceived: true, reason })
  })
  deliver = () => ({ kind: 'done', value: {} })
  scheduler = createScheduler({
    outbox: rooms.outbox,
    destinations: rooms.destinations.all,
    pauseDestination: rooms.destinations.pause,
    readDossier: rooms.readDossier,
    deliver: async (tasks, _dossier, destination) => {
      const outcome = await deliver(tasks, destination)
      return new Map(tasks.map((task) => [task.id, outcome]))
    },
    events: rooms.events,
    clock: rooms.clock,
    log: createLog({ write: (line) => lines.push(line) }),
  })
})
afterEach(async () => {
  await scheduler.stop(0, cutOff)
  rooms.close()
})

/** Waits for what the deliveries tell, not for time. */
function until(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!condition()) return
      unwatch()
      resolve()
    }
    const unwatch = rooms.events.watch(() => setImmediate(check))
    setImmediate(check)
  })
}
const statesAt = (destinationId: string) =>
  rooms.outbox
    .list()
    .filter((task) => task.destinationId === destinationId)
    .map((task) => task.state)

describe('the scheduler', () => {
  test('tells everything in its order, also what is written while it runs', async () => {
    rooms.addDestination(aimis())
    scheduler.start()
    const seen: string[] = []
    deliver = (tasks) => {
      seen.push(...tasks.map((task) => task.step))
      return { kind: 'done', value: {} }
    }
    const exam = rooms.imaged(2)
    await until(() => rooms.outbox.ofExam(exam.id).every((task) => task.state === 'delivered'))
    expect(seen).toEqual(['study-qr', 'study', 'image', 'image', 'reconcile'])
  })

  test('a destination that never answers holds up no other', async () => {
    const [dead, alive] = [rooms.addDestination(pacs('dead')), rooms.addDestination(pacs('alive'))]
    deliver = (_tasks, destination) => (destination.id === dead.id ? never : { kind: 'done', value: {} })
    scheduler.start()
    for (let i = 0; i < 3; i++) rooms.imaged()
    await until(() => statesAt(alive.id).every((state) => state === 'delivered') && statesAt(alive.id).length === 3)
    expect(statesAt(dead.id).filter((state) => state === 'sending')).toHaveLength(1)
  })

  test('a destination that throws holds up no other, and what it had is verified, not forgotten', async () => {
    const [broken, alive] = [rooms.addDestination(pacs('broken')), rooms.addDestination(pacs('alive'))]
    deliver = (_tasks, destination) => {
      if (destination.id === broken.id) throw new Error('a bug')
      return { kind: 'done', value: {} }
    }
    scheduler.start()
    rooms.imaged()
    await until(() => statesAt(alive.id).includes('delivered') && statesAt(broken.id).includes('sent-unconfirmed'))
    expect(rooms.outbox.list('sent-unconfirmed')[0]).toMatchObject({ reasonCode: 'DELIVERY-LOST' })
    expect(lines.join('')).toContain('a delivery threw')
  })

  test('settings that were refused pause the destination after one attempt, and changing them goes on', async () => {
    const { id } = rooms.addDestination(pacs())
    let attempts = 0
    deliver = () => {
      attempts++
      return { kind: 'fix-settings', reason }
    }
    for (let i = 0; i < 5; i++) rooms.imaged()
    scheduler.start()
    await until(() => rooms.destinations.get(id)?.paused !== undefined)
    expect(attempts).toBe(1)
    expect(rooms.destinations.get(id)?.paused).toMatchObject({ reason: reason.message, action: reason.action })
    expect(statesAt(id).sort()).toEqual(['blocked', 'waiting', 'waiting', 'waiting', 'waiting'])
    deliver = () => ({ kind: 'done', value: {} })
    expectOk(rooms.destinations.change(id, {}, 'admin'))
    rooms.outbox.settingsChanged(id)
    await until(() => statesAt(id).every((state) => state === 'delivered'))
  })

  test('an exam whose data are refused does not hold up the exams after it', async () => {
    const { id } = rooms.addDestination(pacs())
    const [bad, good] = [rooms.imaged(), rooms.imaged()]
    deliver = (tasks) => (tasks[0]!.examId === bad.id ? { kind: 'fix-exam', reason } : { kind: 'done', value: {} })
    scheduler.start()
    await until(() => statesAt(id).every((state) => state !== 'waiting' && state !== 'sending'))
    expect(rooms.outbox.ofExam(bad.id).map((task) => task.state)).toEqual(['blocked'])
    expect(rooms.outbox.ofExam(good.id).map((task) => task.state)).toEqual(['delivered'])
  })

  test('images of one exam go together, those of two exams never', async () => {
    rooms.addDestination(pacs())
    const batches: string[][] = []
    deliver = (tasks) => {
      batches.push([...new Set(tasks.map((task) => task.examId))])
      return { kind: 'done', value: {} }
    }
    const exams = [rooms.imaged(3), rooms.imaged(2)]
    scheduler.start()
    await until(() => rooms.outbox.list().every((task) => task.state === 'delivered'))
    expect(batches).toEqual(exams.map((exam) => [exam.id]))
  })

  test('nothing goes to a destination that is switched off', async () => {
    const [off, on] = [rooms.addDestination(pacs('off')), rooms.addDestination(pacs('on'))]
    rooms.imaged()
    expectOk(rooms.destinations.change(off.id, { enabled: false }, 'admin'))
    scheduler.start()
    await until(() => statesAt(on.id).includes('delivered'))
    expect(statesAt(off.id)).toEqual(['waiting'])
  })

  test('stops in the time it is given; what was under way is verified at the next start', async () => {
    rooms.addDestination(pacs())
    deliver = () => never
    scheduler.start()
    rooms.imaged()
    await until(() => rooms.outbox.list('sending').length === 1)
    const began = performance.now()
    await scheduler.stop(50, cutOff)
    expect(performance.now() - began).toBeLessThan(1000)
    expect(rooms.outbox.list().map((task) => task.state)).toEqual(['sent-unconfirmed'])
  })

  test('after it stopped, nothing new is sent', async () => {
    rooms.addDestination(pacs())
    scheduler.start()
    await scheduler.stop(50, cutOff)
    rooms.imaged()
    scheduler.hurry()
    await new Promise((resolve) => setImmediate(resolve))
    expect(rooms.outbox.list().map((task) => task.state)).toEqual(['waiting'])
  })
})
