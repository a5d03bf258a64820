import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BoardQuery } from '../../electron/station/exams/board-search.ts'
import { expectOk, openRooms, type Rooms } from '../db/rooms-for-tests.ts'

let rooms: Rooms
beforeEach(async () => {
  rooms = await openRooms()
})
afterEach(() => rooms.close())

async function find(query: Partial<BoardQuery> = {}) {
  await rooms.boardFacts.upToDate()
  return rooms.boardSearch.find({ page: 1, pageSize: 50, ...query })
}
const found = async (text: string) => (await find({ text })).examIds

test('an exam is found by name, pinyin, initials, phone tail, accession number and patient id, newest first', async () => {
  const first = expectOk(rooms.register({ name: '欧阳娜娜', sex: 'F', phone: '13800001234' }))
  rooms.advance(1000)
  const second = expectOk(rooms.register({ name: '张伟' }))
  for (const text of [
    '欧阳',
    '娜',
    'ouyang',
    'OYNN',
    'oynn',
    '1234',
    '１２３４',
    'ouyang nana',
    '  欧阳  1234 ',
    first.accessionNumber,
    first.accessionNumber.toLowerCase(),
    first.patientId,
  ])
    expect(await found(text), text).toEqual([first.id])
  expect(await found('')).toEqual([second.id, first.id])
  expect((await find({ from: second.registeredAt })).examIds).toEqual([second.id])
  expect((await find({ to: second.registeredAt })).examIds).toEqual([first.id])
})

test('signs with a meaning to the database mean themselves', async () => {
  const star = expectOk(rooms.register({ name: '张*伟' }))
  expectOk(rooms.register({ name: '张大伟' }))
  expect(await found('张*伟')).toEqual([star.id])
  for (const text of ['%', '?', '_', '[', ']', '[a-z]', "' or 1=1 --", '**', '张?伟'])
    expect(await found(text), text).toEqual([])
})

test('a corrected name is found at once, the old one no more', async () => {
  const exam = expectOk(rooms.register({ name: '王小明' }))
  expect(await found('王小明')).toEqual([exam.id])
  expectOk(rooms.exams.change(exam.id, { patient: { name: '汪小明' } }, 'registrar'))
  expect(await found('王小明')).toEqual([])
  expect(await found('汪')).toEqual([exam.id])
})

test('counts are of all states under the other conditions, the total of the chosen state, on every page', async () => {
  const released = Array.from({ length: 3 }, () => rooms.imaged())
  for (const exam of released) rooms.release(exam)
  const registered = Array.from({ length: 450 }, () => {
    rooms.advance(1)
    return expectOk(rooms.register({ name: '李四' })).id
  })
  const counts = { registered: 450, released: 3 }
  expect(await find()).toMatchObject({ total: 453, counts })
  expect(await find({ state: 'released' })).toMatchObject({ total: 3, counts })
  expect(await find({ text: 'zw' })).toMatchObject({ total: 3, counts: { released: 3 } })
  expect(await find({ text: 'zw', state: 'registered' })).toEqual({ examIds: [], total: 0, counts: { released: 3 } })
  const last = await find({ text: '李', state: 'registered', page: 23, pageSize: 20 })
  expect(last).toEqual({ examIds: registered.slice(0, 10).reverse(), total: 450, counts: { registered: 450 } })
  const pages = await Promise.all([1, 2, 3].map((page) => find({ page, pageSize: 151 })))
  expect(pages.flatMap((page) => page.examIds)).toEqual(
    [...registered].reverse().concat(released.map((one) => one.id).reverse()),
  )
  expect((await find({ page: 4, pageSize: 151 })).examIds).toEqual([])
})

test('exams are narrowed by modality, by a doctor of the report, and by flags', async () => {
  const plain = rooms.imaged()
  const ct = expectOk(rooms.register({}, { modality: 'CT' }))
  const urgent = expectOk(rooms.register({}, { category: 'emergency' }))
  const apart = expectOk(rooms.register({}, { infectious: true }))
  rooms.release(plain)
  expect((await find({ modality: 'CT' })).examIds).toEqual([ct.id])
  expect((await find({ doctor: 'wang' })).examIds).toEqual([plain.id])
  expect((await find({ doctor: 'li' })).examIds).toEqual([plain.id])
  expect((await find({ doctor: 'nobody' })).examIds).toEqual([])
  expect((await find({ flag: 'emergency' })).examIds).toEqual([urgent.id])
  expect((await find({ flag: 'infectious' })).examIds).toEqual([apart.id])
  expect((await find({ flag: 'critical' })).examIds).toEqual([])
  expect((await find({ flag: 'emergency', modality: 'CT' })).total).toBe(0)
})

test('late first: the earliest running deadline leads, on every page, whatever the board is narrowed by', async () => {
  const exams = Array.from({ length: 430 }, (_, number) => {
    rooms.advance(1000)
    return expectOk(rooms.register({ name: number % 3 === 0 ? '张伟' : '李娜' }))
  })
  await rooms.boardFacts.upToDate()
  const hurry = rooms.db.prepare('update exam_fact set deadline_at = ? where exam_id = ?')
  // Every seventh has an hour that runs; of those with the same one, the newest leads.
  const deadlines = new Map(exams.flatMap(({ id }, at) => (at % 7 === 0 ? [[id, 1_000_000 + ((at * 37) % 50)]] : [])))
  for (const [id, at] of deadlines) hurry.run(at, id)
  const late = { order: 'late' as const, pageSize: 25 }
  const expected = (chosen: readonly { id: string }[]) =>
    chosen
      .map(({ id }) => id)
      .toReversed()
      .toSorted((a, b) => (deadlines.get(a) ?? 1e12) - (deadlines.get(b) ?? 1e12))
  const pages = async (query: Partial<BoardQuery>, count: number) => {
    const all: string[] = []
    for (let page = 1; page <= count; page += 1)
      all.push(...rooms.boardSearch.find({ ...late, ...query, page }).examIds)
    return all
  }
  expect(await pages({}, 18)).toEqual(expected(exams))
  expect(await pages({ state: 'registered' }, 18)).toEqual(expected(exams))
  const few = exams.filter((_, number) => number % 3 === 0)
  expect(await pages({ text: '张伟' }, 6)).toEqual(expected(few))
  expect(rooms.boardSearch.find({ ...late, page: 1, pageSize: 10 }).total).toBe(430)
  expect(rooms.boardSearch.find({ ...late, page: 99 }).examIds).toEqual([])
  expect(rooms.boardSearch.find({ page: 1, pageSize: 200 }).examIds).toEqual(
    exams
      .map(({ id }) => id)
      .toReversed()
      .slice(0, 200),
  )
})
