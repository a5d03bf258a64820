import { afterEach, beforeEach, expect, test } from 'vitest'
import { routes } from '../../shared/api/routes.ts'
import { expectOk, openRooms, type Rooms, registration } from '../db/rooms-for-tests.ts'

let rooms: Rooms
beforeEach(async () => {
  rooms = await openRooms()
})
afterEach(() => rooms.close())

test('a birth date that no calendar has is refused', () => {
  for (const birthDate of ['2023-02-30', '2023-04-31', '1900-02-29'])
    expect(() => registration({ birthDate }), birthDate).toThrow()
})

test('a PATCH of one field leaves the others as they were', () => {
  const exam = expectOk(rooms.register({}, { category: 'emergency', bodyPart: '腰椎' }))
  const asTheApiReadsIt = routes.examChange.body.parse({ exam: { bed: '3' } })
  expectOk(rooms.exams.change(exam.id, asTheApiReadsIt, 'li'))
  expect(rooms.exams.read(exam.id)?.exam).toMatchObject({ category: 'emergency', bodyPart: '腰椎', bed: '3' })
})

test('a planned time that no calendar has is refused', () => {
  for (const scheduledAt of [8_640_000_000_000_001, Number.MAX_SAFE_INTEGER])
    expect(() => registration({}, { scheduledAt }), String(scheduledAt)).toThrow()
})
