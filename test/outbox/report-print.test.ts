import { afterEach, beforeEach, expect, test } from 'vitest'
import { planDeliveries } from '../../electron/station/outbox/plan-deliveries.ts'
import { aimis, expectOk, jilin, openRooms, pacs } from '../db/rooms-for-tests.ts'

let rooms: Awaited<ReturnType<typeof openRooms>>
beforeEach(async () => {
  rooms = await openRooms()
})
afterEach(() => rooms.close())

const handed = { how: 'silent', printer: 'A4', copies: 1 } as const
function print(examId: string, by: string, kind: 'report' | 'preview' | 'card' | 'outside-paper' = 'report'): void {
  const withQr = kind === 'card' ? true : null
  expectOk(rooms.prints.done(rooms.prints.prepared({ kind, entries: [{ examId, withQr }] }), by, handed))
}
const printOf = (examId: string) => rooms.readDossier(examId)?.reportPrint

test('the dossier knows the first print of the released version, by the name of who printed', async () => {
  const wang = { username: 'wang', displayName: '王𬭎', doctorCode: 'D01', role: 'doctor' } as const
  expectOk(await rooms.accounts.create({ ...wang, password: 'Password-of-wang', mustChangePassword: false }, 'admin'))
  const exam = rooms.imaged()
  rooms.advance(60_000)
  rooms.release(exam)
  expect(printOf(exam.id)).toBeUndefined()
  for (const kind of ['preview', 'card', 'outside-paper'] as const) print(exam.id, 'wang', kind)
  expect(printOf(exam.id)).toBeUndefined()
  rooms.advance(60_000)
  const at = rooms.clock()
  print(exam.id, 'wang')
  rooms.advance(60_000)
  print(exam.id, 'nobody-known')
  expect(printOf(exam.id)).toEqual({ at, by: '王𬭎' })
})

test('an amended report was not printed before it is printed anew', () => {
  const exam = rooms.imaged()
  rooms.release(exam)
  print(exam.id, 'gone')
  expect(printOf(exam.id)).toMatchObject({ by: 'gone' })
  rooms.advance(60_000)
  rooms.release(exam, '双肺纹理增粗。')
  expect(printOf(exam.id)).toBeUndefined()
  const at = rooms.clock()
  print(exam.id, 'gone')
  expect(printOf(exam.id)?.at).toBe(at)
})

test('a print changes nothing of what any destination is to be told', () => {
  const destinations = [aimis(), jilin(), pacs()].map((one) => rooms.addDestination(one))
  const exam = rooms.imaged(2)
  rooms.release(exam)
  const now = rooms.clock()
  const plans = () => destinations.map((one) => planDeliveries(rooms.readDossier(exam.id)!, one, now))
  const [before, tasks] = [plans(), rooms.outbox.ofExam(exam.id)]
  expect(tasks.length).toBeGreaterThan(5)
  print(exam.id, 'li')
  rooms.outbox.followUp(exam.id)
  expect(printOf(exam.id)).toBeDefined()
  expect(plans()).toEqual(before)
  expect(rooms.outbox.ofExam(exam.id)).toEqual(tasks)
})
