import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { expectOk, openRooms, type Rooms, studyHeader } from '../db/rooms-for-tests.ts'

let rooms: Rooms
beforeEach(async () => {
  rooms = await openRooms()
})
afterEach(() => rooms.close())

const uid = '1.2.3'
const garbled = (accessionNumber: string) => ({
  studyInstanceUid: uid,
  accessionNumber,
  patientId: '',
  patientName: 'ÕÅ^Î°',
})
const repaired = (accessionNumber: string) =>
  studyHeader({ studyInstanceUid: uid, accessionNumber, patientId: '', patientName: '张^伟' })

describe('a study whose name was misread and is read right now', () => {
  test('gets the exam that its number and its name point to, with an audit row', () => {
    const exam = expectOk(rooms.register({ name: '张伟' }))
    rooms.receive(garbled(exam.accessionNumber))
    expect(rooms.tray.examOf(uid)).toBeNull()
    rooms.tray.matchAgain(repaired(exam.accessionNumber))
    expect(rooms.tray.examOf(uid)).toBe(exam.id)
    const details = rooms.audit.about('exam', exam.id).map((row) => JSON.stringify(row.details))
    expect(details.some((text) => text.includes('readAgain'))).toBe(true)
  })

  test('of another person stays in the tray, with the reason of now', () => {
    const exam = expectOk(rooms.register({ name: '李娜' }))
    rooms.receive(garbled(exam.accessionNumber))
    rooms.tray.matchAgain(repaired(exam.accessionNumber))
    expect(rooms.tray.examOf(uid)).toBeNull()
    expect(rooms.tray.list()[0]!.claim.reason).toContain('姓名')
  })

  test('stays where a person has put it', () => {
    const exam = expectOk(rooms.register({ name: '张伟' }))
    rooms.receive(garbled(exam.accessionNumber))
    expectOk(rooms.tray.attach(uid, exam.id, true, 'li'))
    expectOk(rooms.tray.detach(uid, { reason: '不是他' }, 'li'))
    rooms.tray.matchAgain(repaired(exam.accessionNumber))
    expect(rooms.tray.examOf(uid)).toBeNull()
  })

  test('that is unknown here changes nothing', () => {
    rooms.tray.matchAgain(repaired('X'))
    expect(rooms.tray.list()).toEqual([])
  })
})
