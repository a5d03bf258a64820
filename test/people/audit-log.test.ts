import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../electron/station/db/open-database.ts'
import { createAuditLog } from '../../electron/station/people/audit-log.ts'
import { openRooms, type Rooms } from '../db/rooms-for-tests.ts'

let rooms: Rooms
beforeEach(async () => {
  rooms = await openRooms()
  for (const exam of ['a', 'b', 'c', 'd'])
    rooms.audit.record({ actor: 'li', action: 'change-exam', subjectKind: 'exam', subjectId: exam, details: { exam } })
})
afterEach(() => rooms.close())

const rowOf = (exam: string) => rooms.audit.about('exam', exam)[0]!.id

describe('the audit log', () => {
  test('tells who did what to which thing, when, newest first', () => {
    expect(rooms.audit.about('exam', 'b')).toEqual([
      {
        id: rowOf('b'),
        at: rooms.clock(),
        actor: 'li',
        action: 'change-exam',
        subjectKind: 'exam',
        subjectId: 'b',
        details: { exam: 'b' },
      },
    ])
    expect(rooms.audit.newest(2).map((row) => row.subjectId)).toEqual(['d', 'c'])
  })

  test('whose rows are as they were written has no broken row, with rows or without', async () => {
    expect(rooms.audit.firstBrokenRow()).toBeUndefined()
    const empty = await openDatabase(':memory:')
    expect(createAuditLog(empty, rooms.clock).firstBrokenRow()).toBeUndefined()
    empty.close()
  })

  test.each(['at', 'actor', 'action', 'subject_kind', 'subject_id', 'details', 'hash'])(
    'finds the row whose %s was changed',
    (column) => {
      const id = rowOf('b')
      rooms.db.prepare(`update audit set ${column} = ? where id = ?`).run(column === 'at' ? 1 : '{}', id)
      expect(rooms.audit.firstBrokenRow()).toBe(id)
    },
  )

  test('finds where a row was taken out of the middle', () => {
    rooms.db.prepare('delete from audit where id = ?').run(rowOf('b'))
    expect(rooms.audit.firstBrokenRow()).toBe(rowOf('c'))
  })

  test('finds where two rows were swapped', () => {
    const [c, d] = [rowOf('c'), rowOf('d')]
    rooms.db.exec(`update audit set id = 999 where id = ${c}; update audit set id = ${c} where id = ${d}`)
    expect(rooms.audit.firstBrokenRow()).toBe(c)
  })

  test('finds that the newest row was taken out', () => {
    rooms.db.prepare('delete from audit where id = ?').run(rowOf('d'))
    expect(rooms.audit.firstBrokenRow()).not.toBeUndefined()
  })

  test('is in the transaction of what it tells: rolled back with it', () => {
    const before = rooms.count('audit')
    expect(() =>
      rooms.db.transaction(() => {
        rooms.audit.record({ actor: 'li', action: 'x', subjectKind: 'exam', subjectId: 'e' })
        throw new Error('rolled back')
      })(),
    ).toThrow('rolled back')
    expect(rooms.count('audit')).toBe(before)
    rooms.audit.record({ actor: 'li', action: 'x', subjectKind: 'exam', subjectId: 'e' })
    expect(rooms.audit.firstBrokenRow()).toBeUndefined()
  })
})
