import { expect, test } from 'vitest'
import { usualColumns } from '../../renderer/features/board/column-choice.ts'
import { columnsInRoom, withoutRoom } from '../../renderer/features/board/columns-in-room.ts'

const columns = (keys: readonly string[]) => keys.map((key) => ({ key, width: 100 }))
const keysIn = (keys: readonly string[], room: number) => columnsInRoom(columns(keys), room).map(({ key }) => key)

test('with room for all, all columns stand', () => {
  expect(keysIn(usualColumns, 1500)).toEqual(usualColumns)
  expect(withoutRoom(columns(usualColumns), 1500)).toEqual([])
})

test('before the window is measured nothing is taken away', () => {
  expect(keysIn(usualColumns, 0)).toEqual(usualColumns)
})

test('a narrow window first does without what the exam itself tells, in a fixed order', () => {
  expect(withoutRoom(columns(usualColumns), 1399)).toEqual(['auditDoctor', 'prints'])
  expect(withoutRoom(columns(usualColumns), 1099)).toEqual([
    'images',
    'examined',
    'reportDoctor',
    'auditDoctor',
    'prints',
  ])
})

test('name, number, hour, registration and lamps stay however narrow it is', () => {
  expect(keysIn(usualColumns, 10)).toEqual(['state', 'name', 'accession', 'deadline', 'registered', 'lamps'])
})

test('a column that somebody asked for stays, and so do the buttons', () => {
  expect(keysIn([...usualColumns, 'phone', 'actions'], 10)).toEqual(expect.arrayContaining(['phone', 'actions']))
})
