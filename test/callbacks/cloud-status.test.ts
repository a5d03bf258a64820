import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '../../electron/station/log.ts'
import { createCloudStatuses } from '../../electron/station/uploads/cloud-status.ts'
import { aimis, expectOk, openRooms, type Rooms } from '../db/rooms-for-tests.ts'
import { account, callbackBody, signed } from './callback-bench.ts'

let rooms: Rooms
let statuses: ReturnType<typeof createCloudStatuses>
let destinationId: string
let logged: string[]
let accession: string
let examId: string

function open(settings: Record<string, unknown> = { callback: { enabled: true } }) {
  logged = []
  statuses = createCloudStatuses({
    db: rooms.db,
    clock: rooms.clock,
    log: createLog({ write: (line) => logged.push(line) }),
    audit: rooms.audit.record,
    events: rooms.events,
    destinations: rooms.destinations.all,
  })
  destinationId = rooms.addDestination(aimis({ ...account, ...settings })).id
  const exam = expectOk(rooms.register())
  accession = exam.accessionNumber
  examId = exam.id
}

beforeEach(async () => {
  rooms = await openRooms()
})
afterEach(() => rooms.close())

let tick = 0
/** Each callback has a moment, and so a signature, of its own. */
const freshly = () => signed(rooms.clock() + (tick++ % 60_000))
const receive = (changes: object = {}, headers = freshly()) =>
  statuses.receive(destinationId, headers, { ...callbackBody(accession), ...changes })
const known = () => statuses.ofExam(examId).map(({ destinationId: _, updatedAt: __, ...one }) => one)

describe('a status callback', () => {
  test('nobody listens until the settings say so', () => {
    open({})
    expect(receive()).toBeUndefined()
    expect(statuses.isListening(destinationId)).toBe(false)
    expectOk(rooms.destinations.change(destinationId, { settings: { callback: { enabled: true } } }, 'admin'))
    expect(receive()).toEqual({ code: 0, message: '成功' })
    expectOk(rooms.destinations.change(destinationId, { enabled: false }, 'admin'))
    expect(receive()).toBeUndefined()
    expect(statuses.receive('another', freshly(), callbackBody(accession))).toBeUndefined()
  })

  test('is kept, shown at the exam, told to watchers and written in the audit log', () => {
    open()
    rooms.told.length = 0
    expect(receive()).toEqual({ code: 0, message: '成功' })
    const reportUrl = `https://cloud.invalid/report/${accession}`
    expect(known()).toEqual([{ status: 1, reportId: `R-${accession}`, reportUrl, imageUrl: '' }])
    expect(rooms.told).toContainEqual({ topic: 'exams', id: examId })
    const [row] = rooms.audit.about('exam', examId)
    expect(row).toMatchObject({ action: 'receive-status', details: { status: 1 } })
  })

  test('images add to the report; an older word takes nothing back', () => {
    open()
    receive({ status: 1 })
    receive({ status: 2, h5Url: '', reportId: '', h5DetailUrl: 'https://cloud.invalid/images' })
    const both = { status: 3, reportId: `R-${accession}`, imageUrl: 'https://cloud.invalid/images' }
    expect(known()).toMatchObject([both])
    for (const status of [0, 1, 2]) expect(receive({ status, h5Url: '', reportId: '' })).toMatchObject({ code: 0 })
    expect(known()).toMatchObject([{ ...both, reportUrl: `https://cloud.invalid/report/${accession}` }])
  })

  test('an address that no page may open is not kept', () => {
    open()
    receive({ h5Url: 'javascript:alert(1)', h5DetailUrl: 'file:///etc/passwd', status: 3 })
    expect(known()).toMatchObject([{ status: 3, reportUrl: '', imageUrl: '' }])
  })

  test('the same again changes nothing and tells nobody', () => {
    open()
    receive()
    rooms.told.length = 0
    const rows = rooms.count('audit')
    expect(receive()).toMatchObject({ code: 0 })
    expect([rooms.told, rooms.count('audit')]).toEqual([[], rows])
  })

  test('a study that is not ours gets the document’s code', () => {
    open()
    expect(receive({ studyId: 'NO-SUCH' })).toEqual({ code: 30002, message: '检查ID不存在' })
    expect(rooms.count('cloud_status')).toBe(0)
  })

  test('a replay is refused, also after a restart, and its signature is forgotten after a day', () => {
    open()
    const headers = signed(rooms.clock())
    expect(receive({}, headers)).toMatchObject({ code: 0 })
    expect(receive({ status: 3 }, headers)).toMatchObject({ code: 90002 })
    const restarted = createCloudStatuses({
      db: rooms.db,
      clock: rooms.clock,
      log: createLog({ write: () => {} }),
      audit: rooms.audit.record,
      events: rooms.events,
      destinations: rooms.destinations.all,
    })
    expect(restarted.receive(destinationId, headers, callbackBody(accession, { status: 3 }))).toMatchObject({
      code: 90002,
    })
    expect(known()).toMatchObject([{ status: 1 }])
    rooms.advance(86_400_000 + 1)
    expect(receive({}, headers)).toMatchObject({ code: 90002 })
    expect(receive()).toMatchObject({ code: 0 })
    expect(rooms.count('callback_seen')).toBe(1)
  })

  test('of 1,000 forged ones not one is accepted, nothing changes, and the log stays short and without a person', () => {
    open()
    const at = rooms.clock()
    const right = signed(at)
    const forgeries: ((i: number) => Readonly<Record<string, string>>)[] = [
      () => ({}),
      (i) => ({ ...right, signature: i.toString(16).padStart(64, '0') }),
      (i) => signed(at, { ...account, token: `${i}`.padStart(32, 'x') }),
      (i) => signed(at - 300_001 - i),
      (i) => signed(at + 300_001 + i),
      (i) => ({ ...right, timestamp: String(at + 1 + i) }),
      (i) => ({ ...right, appId: `app-${i + 2}` }),
      () => ({ ...right, timestamp: `${at}0`, signature: right.signature ?? '' }),
      () => ({ ...right, timestamp: ` ${at}` }),
      () => ({ ...right, signature: '' }),
    ]
    let accepted = 0
    for (let i = 0; i < 1000; i++) {
      const answer = receive({ status: 3 }, forgeries[i % forgeries.length]!(i))
      if (answer?.code === 0) accepted++
      expect(answer).toMatchObject({ code: 90002 })
    }
    expect(accepted).toBe(0)
    expect([rooms.count('cloud_status'), rooms.count('callback_seen')]).toEqual([0, 0])
    expect(logged.length).toBeLessThanOrEqual(2)
    expect(logged.join()).not.toMatch(/13800138000|11010519491231002X/)
  })

  test('a signed one with a wrong body is refused with its own code', () => {
    open()
    expect(receive({ status: 9 })).toMatchObject({ code: 20030 })
    expect(receive({ phoneNum: '13800138000' })).toMatchObject({ code: 20030 })
    expect(receive({ studyId: undefined })).toMatchObject({ code: 20031 })
    for (const body of [undefined, null, 1, 'x', [], {}])
      expect(statuses.receive(destinationId, freshly(), body)?.code).toBeGreaterThan(0)
    expect(rooms.count('cloud_status')).toBe(0)
  })
})
