import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
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

describe('what a power cut can leave of an object whose row was written before its bytes', () => {
  /** As if only the row and the name in incoming/ had reached the disk. */
  async function cutOff(damage: (bytes: Buffer) => Buffer) {
    const object = smallObject()
    await give(room, object)
    await singleNames(room.folder)
    const [version] = room.archive.versionsOf(object.sopInstanceUid)
    const stored = room.archive.fileOf(version!.id)!
    const bytes = readFileSync(stored)
    unlinkSync(stored)
    writeFileSync(join(room.folder, 'incoming', `${version!.id}.part`), damage(bytes))
    return { object, version: version!, stored }
  }

  for (const [what, damage] of [
    ['shorter than its row says', (bytes: Buffer) => bytes.subarray(0, -100)],
    [
      'as long as its row says, with zeros at its end',
      (bytes: Buffer) => Buffer.from(bytes).fill(0, bytes.length - 100),
    ],
    ['empty', () => Buffer.alloc(0)],
  ] as const) {
    test(`a file ${what} gets no name in the store, staff are told, and the sender's next try mends it`, async () => {
      const { object, version, stored } = await cutOff(damage)
      const findings = await room.archive.sweep()
      expect(findings.missingFiles).toMatchObject([{ kind: 'file-missing', subject: version.id }])
      expect(existsSync(stored)).toBe(false)
      expect(incoming()).toEqual([])
      expect(room.archive.alarms()).toHaveLength(1)
      expect(await give(room, object)).toMatchObject({ kind: 'already-had' })
      expect(room.archive.alarms()).toEqual([])
      expect(readFileSync(stored).subarray(-object.dataSet.length).equals(object.dataSet)).toBe(true)
      expect(room.archive.counts()).toMatchObject({ instances: 1, versions: 1 })
    })
  }

  test('a whole file gets its name, and nobody is told anything', async () => {
    const { object, version, stored } = await cutOff((bytes) => bytes)
    expect(await room.archive.sweep()).toEqual({ quarantinedParts: 0, indexedAgain: 0, missingFiles: [] })
    expect((await storedDataSet(room.archive, version.instanceId)).equals(object.dataSet)).toBe(true)
    expect(existsSync(stored)).toBe(true)
  })

  test('a disk that fails while the row is written: the sender gets no success, and its next try mends it', async () => {
    await give(room, smallObject())
    const [day] = readdirSync(join(room.folder, 'store'))
    await singleNames(room.folder)
    rmSync(join(room.folder, 'store', day!), { recursive: true })
    const object = smallObject()
    expect(await give(room, object)).toMatchObject({ kind: 'refused', status: 0xa700 })
    expect(room.archive.alarms()).toMatchObject([{ kind: 'file-missing' }])
    mkdirSync(join(room.folder, 'store', day!))
    expect(await give(room, object)).toMatchObject({ kind: 'already-had' })
    expect(room.archive.alarms()).toEqual([])
    const { id } = room.archive.instanceByUid(object.sopInstanceUid)!
    expect((await storedDataSet(room.archive, id)).equals(object.dataSet)).toBe(true)
  })

  test('the same new object from two devices at the same moment is kept once, and both are told so only when it is there', async () => {
    const object = smallObject()
    const outcomes = await Promise.all([give(room, object), give(room, object), give(room, object)])
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['already-had', 'already-had', 'stored'])
    const { id } = room.archive.instanceByUid(object.sopInstanceUid)!
    expect((await storedDataSet(room.archive, id)).equals(object.dataSet)).toBe(true)
    await singleNames(room.folder)
    expect(
      readdirSync(join(room.folder, 'store'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()),
    ).toHaveLength(1)
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

  test('work is done only when the log with its commit is on the disk, and SQLite syncs everything else itself', async () => {
    const begun: { readonly file: string; readonly end: () => void }[] = []
    const queue = createCommitQueue(room.db, (file) => new Promise<void>((end) => begun.push({ file, end })))
    const done: string[] = []
    const turn = () => new Promise((resolve) => setImmediate(resolve))
    const mode = () => room.db.pragma('synchronous', { simple: true })
    const first = queue.commit(() => `mode ${mode()}`).then((said) => done.push(said))
    await turn()
    const second = queue.commit(() => 'second').then((said) => done.push(said))
    await turn()
    expect(done).toEqual([])
    expect(begun.map(({ file }) => file)).toEqual(Array(2).fill(`${room.db.name}-wal`))
    expect(mode()).toBe(2)
    begun[1]!.end()
    await second
    begun[0]!.end()
    await first
    expect(done).toEqual(['second', 'mode 1'])
  })

  test('a log that the disk does not take fails whoever waits for it', async () => {
    const queue = createCommitQueue(room.db, () => Promise.reject(new Error('EIO')))
    await expect(queue.commit(() => 1)).rejects.toThrow('EIO')
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
