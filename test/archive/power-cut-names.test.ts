import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCommitQueue } from '../../electron/station/archive/commit-queue.ts'
import { createFolderSync } from '../../electron/station/archive/sync-folder.ts'
import { give, openArchive, singleNames, smallObject, storedDataSet, type TestArchive } from './archive-for-tests.ts'

let room: TestArchive
beforeEach(async () => {
  room = await openArchive()
})
afterEach(() => room.close())

const incoming = () => readdirSync(join(room.folder, 'incoming'))

describe('what a power cut can leave of an acknowledged object', () => {
  test('only the name in incoming: it gets its name in the store again', async () => {
    const object = smallObject()
    await give(room, object)
    await singleNames(room.folder)
    const { id } = room.archive.instanceByUid(object.sopInstanceUid)!
    const version = room.archive.versionsOf(object.sopInstanceUid)[0]!
    renameSync(room.archive.fileOf(id)!, join(room.folder, 'incoming', `${version.id}.part`))
    expect(await room.archive.sweep()).toEqual({ quarantinedParts: 0, indexedAgain: 0, missingFiles: [] })
    expect((await storedDataSet(room.archive, id)).equals(object.dataSet)).toBe(true)
    expect(incoming()).toEqual([])
  })

  test('both names: the one in incoming goes', async () => {
    const object = smallObject()
    await give(room, object)
    await singleNames(room.folder)
    const { id } = room.archive.instanceByUid(object.sopInstanceUid)!
    const version = room.archive.versionsOf(object.sopInstanceUid)[0]!
    linkSync(room.archive.fileOf(id)!, join(room.folder, 'incoming', `${version.id}.part`))
    expect(await room.archive.sweep()).toEqual({ quarantinedParts: 0, indexedAgain: 0, missingFiles: [] })
    expect((await storedDataSet(room.archive, id)).equals(object.dataSet)).toBe(true)
    expect(incoming()).toEqual([])
  })

  test('of one that has no row yet, both names: it is indexed, and nothing of it is put aside', async () => {
    const object = smallObject()
    await give(room, object)
    await singleNames(room.folder)
    const { id } = room.archive.instanceByUid(object.sopInstanceUid)!
    const file = room.archive.fileOf(id)!
    const name = '11111111-2222-4333-8444-555555555555'
    const other = await openArchive()
    try {
      const day = join(other.folder, 'store', '2026-11-22')
      mkdirSync(day)
      const stored = join(day, `${name}.dcm`)
      copyFileSync(file, stored)
      linkSync(stored, join(other.folder, 'incoming', `${name}.part`))
      expect(await other.archive.sweep()).toEqual({ quarantinedParts: 0, indexedAgain: 1, missingFiles: [] })
      expect(readdirSync(join(other.folder, 'incoming'))).toEqual([])
    } finally {
      other.close()
    }
  })

  test('an empty file that was made ready goes, one with bytes and without a row is put aside', async () => {
    writeFileSync(join(room.folder, 'incoming', 'empty.part'), '')
    writeFileSync(join(room.folder, 'incoming', 'half.part'), 'half of it')
    expect(await room.archive.sweep()).toMatchObject({ quarantinedParts: 1 })
    expect(incoming()).toEqual([])
    expect(existsSync(join(room.folder, 'quarantine', 'half.dcm'))).toBe(true)
  })

  test('a file made ready that somebody took away is not used', async () => {
    await give(room, smallObject())
    await singleNames(room.folder)
    for (const name of incoming()) unlinkSync(join(room.folder, 'incoming', name))
    expect((await give(room, smallObject())).kind).toBe('stored')
  })
})

describe('syncs that several associations share', () => {
  test('a name that came while a sync ran is covered by the next one, which all who came share', async () => {
    const begun: (() => void)[] = []
    const sync = createFolderSync(() => new Promise<void>((resolve) => begun.push(resolve)))
    const done: string[] = []
    const first = sync('a').then(() => done.push('first'))
    const late = [sync('a').then(() => done.push('second')), sync('a').then(() => done.push('third'))]
    expect(begun).toHaveLength(1)
    begun[0]!()
    await first
    await new Promise((resolve) => setImmediate(resolve))
    expect(done).toEqual(['first'])
    expect(begun).toHaveLength(2)
    begun[1]!()
    await Promise.all(late)
    expect(done).toEqual(['first', 'second', 'third'])
    expect(begun).toHaveLength(2)
  })

  test('announced work that never comes holds nobody up for good', async () => {
    const queue = createCommitQueue(room.db)
    queue.announce()
    expect(await queue.commit(() => 1)).toBe(1)
    expect(await queue.commit(() => 2)).toBe(2)
  })

  test('work that fails takes nothing with it that was committed together', async () => {
    const queue = createCommitQueue(room.db)
    const results = await Promise.allSettled([
      queue.commit(() => 'kept'),
      queue.commit(() => {
        throw new Error('this one')
      }),
      queue.commit(() => 'kept too'),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })
})
