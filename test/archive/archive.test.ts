import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { part10Beginning } from '../../electron/station/archive/part10.ts'
import { saidInBoth } from '../problems/said-in-both.ts'
import {
  ctImageStorage,
  explicitLittle,
  give,
  openArchive,
  singleNames,
  smallObject,
  storedDataSet,
  type TestArchive,
  unfinishedIn,
} from './archive-for-tests.ts'

let room: TestArchive
beforeEach(async () => {
  room = await openArchive()
})
afterEach(() => room.close())

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const filesIn = (folder: string) =>
  readdirSync(join(room.folder, folder), { recursive: true, withFileTypes: true }).filter((e) => e.isFile())

describe('an object that comes in', () => {
  test('lies in the store byte for byte, is indexed, and the exams room was told within the same transaction', async () => {
    const object = smallObject()
    const outcome = await give(room, object)
    expect(outcome.kind).toBe('stored')
    const instance = room.archive.instanceByUid(object.sopInstanceUid)!
    expect(instance).toMatchObject({
      versionId: room.archive.versionsOf(object.sopInstanceUid)[0]!.id,
      sizeBytes: object.dataSet.length,
      studyInstanceUid: '2.25.100',
      seriesInstanceUid: '2.25.101',
      seriesNumber: 2,
      instanceNumber: 7,
      rows: 4,
      columns: 4,
      numberOfFrames: 1,
      modality: 'CT',
      transferSyntaxUid: explicitLittle,
    })
    expect((await storedDataSet(room.archive, instance.id)).equals(object.dataSet)).toBe(true)
    expect(room.archive.studyHeader('2.25.100')).toEqual({
      studyInstanceUid: '2.25.100',
      patientId: 'P26000001',
      patientName: 'ZHANG^SAN=张^三',
      patientSex: 'M',
      patientBirthDate: '1988-03-05',
      accessionNumber: 'CT2611210001',
      modality: 'CT',
      studyDateTime: '2026-11-21 09:30:15',
      studyDescription: '胸部平扫',
      bodyPart: '',
      requestedProcedureId: '',
      patientAge: '',
      scheduledProcedureStepId: '',
      studyId: '',
      referringPhysician: '',
      callingAeTitle: 'CT1',
    })
    expect(room.claimed).toEqual([{ study: room.archive.studyHeader('2.25.100'), instance, actor: 'ae:CT1' }])
    expect(room.audit.about('instance', instance.id)[0]?.action).toBe('store-instance')
    expect(unfinishedIn(room.folder)).toEqual([])
  })

  test('is refused and leaves no row when the exams room fails; the next start indexes its file', async () => {
    let fails = true
    const onStored = () => {
      if (fails) throw new Error('exams room')
    }
    room.close()
    room = await openArchive({ onStored })
    const outcome = await give(room, smallObject())
    expect(outcome).toMatchObject({ kind: 'refused', status: 0xa700 })
    expect(room.archive.counts()).toMatchObject({ studies: 0, instances: 0, versions: 0 })
    fails = false
    expect(await room.archive.sweep()).toMatchObject({ indexedAgain: 1 })
    expect(room.archive.counts()).toMatchObject({ studies: 1, instances: 1, versions: 1 })
  })

  test('that comes twice is success and nothing new', async () => {
    const object = smallObject()
    await give(room, object)
    const again = await give(room, object, { callingAeTitle: 'CT2' })
    expect(again.kind).toBe('already-had')
    expect(room.archive.counts()).toMatchObject({ instances: 1, versions: 1 })
    expect(filesIn('store')).toHaveLength(1)
    expect(room.claimed).toHaveLength(1)
    const id = room.archive.instanceByUid(object.sopInstanceUid)!.id
    expect(room.audit.about('instance', id).map((row) => row.action)).toEqual(['receive-duplicate', 'store-instance'])
  })

  test('that comes over several associations at the same moment is stored once', async () => {
    const object = smallObject()
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => give(room, object)))
    expect(outcomes.filter(({ kind }) => kind === 'stored')).toHaveLength(1)
    expect(outcomes.filter(({ kind }) => kind === 'already-had')).toHaveLength(5)
    expect(filesIn('store')).toHaveLength(1)
    expect(unfinishedIn(room.folder)).toEqual([])
  })

  test('with the same UID and other bytes is kept beside the first, which stays current, and staff are told', async () => {
    const first = smallObject()
    const second = smallObject([{ tag: 0x00100010, vr: 'PN', value: 'LI^SI=李^四' }], first.sopInstanceUid)
    await give(room, first)
    const outcome = await give(room, second)
    expect(outcome.kind).toBe('new-version')
    const versions = room.archive.versionsOf(first.sopInstanceUid)
    expect(versions.map(({ isCurrent, isConflict }) => [isCurrent, isConflict])).toEqual([
      [true, false],
      [false, true],
    ])
    const instance = room.archive.instanceByUid(first.sopInstanceUid)!
    expect((await storedDataSet(room.archive, instance.id)).equals(first.dataSet)).toBe(true)
    expect((await storedDataSet(room.archive, versions[1]!.id)).equals(second.dataSet)).toBe(true)
    expect(room.archive.alarms()).toMatchObject([
      { kind: 'other-bytes', problem: { code: 'ARCHIVE-OTHER-BYTES' }, subject: versions[1]!.id },
    ])
    expect(saidInBoth(room.archive.alarms()[0]!.problem)).toContain('两份都已保存')
    expect(room.told).toContainEqual({ topic: 'tray', id: '2.25.100' })
  })

  test('that is broken off leaves neither file nor row', async () => {
    const incoming = room.archive.begin({
      callingAeTitle: 'CT1',
      sopClassUid: ctImageStorage,
      sopInstanceUid: '2.25.9',
      transferSyntaxUid: explicitLittle,
    })
    await incoming.write(Buffer.alloc(1_500_000, 7))
    await incoming.abandon()
    expect(unfinishedIn(room.folder)).toEqual([])
    expect(room.archive.counts()).toMatchObject({ instances: 0, quarantined: 0 })
  })

  test('that says it is another than the command said is refused with 0xA900, its bytes in quarantine', async () => {
    const object = smallObject()
    const outcome = await give(room, object, { sopInstanceUid: '2.25.999' })
    expect(outcome).toMatchObject({ kind: 'refused', status: 0xa900 })
    const [kept] = room.archive.quarantined()
    expect(kept).toMatchObject({ status: 0xa900, callingAeTitle: 'CT1', sopInstanceUid: '2.25.999' })
    expect(readFileSync(join(room.folder, kept!.file)).subarray(-object.dataSet.length).equals(object.dataSet)).toBe(
      true,
    )
  })

  test('that is not a data set is refused with 0xC000, its bytes in quarantine', async () => {
    const outcome = await give(room, {
      sopInstanceUid: '2.25.9',
      dataSet: Buffer.from('GET / HTTP/1.1\r\nHost: clinic\r\n\r\n'.repeat(40)),
    })
    expect(outcome).toMatchObject({ kind: 'refused', status: 0xc000 })
    expect(room.archive.counts()).toMatchObject({ instances: 0, quarantined: 1 })
  })

  test('without StudyInstanceUID is shown to staff under a UID made here; its bytes stay without', async () => {
    const object = smallObject([
      { tag: 0x0020000d, vr: 'UI', value: '' },
      { tag: 0x0020000e, vr: 'UI', value: '' },
    ])
    expect((await give(room, object)).kind).toBe('stored')
    const instance = room.archive.instanceByUid(object.sopInstanceUid)!
    expect(instance.studyInstanceUid).toMatch(/^2\.25\.\d+$/)
    expect((await storedDataSet(room.archive, instance.id)).equals(object.dataSet)).toBe(true)
  })

  test('with a path where its UID should be never becomes a path', async () => {
    const evil = '../../../../tmp/evil'
    const outcome = await give(room, smallObject([{ tag: 0x00080018, vr: 'UI', value: evil }], evil))
    expect(outcome).toMatchObject({ kind: 'refused', status: 0xc000 })
    expect(filesIn('quarantine').map(({ name }) => name)).toEqual([expect.stringMatching(/^[0-9a-f-]{36}\.dcm$/)])
  })

  test('of 40 MB in many pieces keeps its order and its hash', async () => {
    const pixels = Buffer.alloc(40 * 1024 * 1024)
    for (let at = 0; at < pixels.length; at += 4) pixels.writeUInt32LE(at, at)
    const object = smallObject([{ tag: 0x7fe00010, vr: 'OW', value: pixels }])
    const incoming = room.archive.begin({
      callingAeTitle: 'CT1',
      sopClassUid: ctImageStorage,
      sopInstanceUid: object.sopInstanceUid,
      transferSyntaxUid: explicitLittle,
    })
    for (let at = 0; at < object.dataSet.length; at += 131_066) {
      const hold = incoming.write(object.dataSet.subarray(at, at + 131_066))
      if (hold) await hold
    }
    const outcome = await incoming.finish()
    expect(outcome).toMatchObject({ kind: 'stored' })
    expect(sha256(await storedDataSet(room.archive, (outcome as { instance: { id: string } }).instance.id))).toBe(
      sha256(object.dataSet),
    )
  })
})

describe('a disk that is nearly full', () => {
  test('is said before a byte is taken, and no longer when there is room again', async () => {
    const space = { free: 1024 ** 3, total: 1000 * 1024 ** 3 }
    room.close()
    room = await openArchive({ diskSpace: { free: async () => space, believedFor: 0 } })
    expect(await room.archive.mayAccept()).toMatchObject({ kind: 'refused', status: 0xa700 })
    space.free = 3 * 1024 ** 3
    expect(await room.archive.mayAccept()).toEqual({ kind: 'yes' })
  })

  test('of 20 GB counts as full at 5 %', async () => {
    const space = { free: 1.2 * 1024 ** 3, total: 20 * 1024 ** 3 }
    room.close()
    room = await openArchive({ diskSpace: { free: async () => space, believedFor: 0 } })
    expect(await room.archive.mayAccept()).toEqual({ kind: 'yes' })
  })

  test('that takes nothing more in mid-object is a refusal, not an end of the station', async () => {
    const object = smallObject()
    await import('node:fs').then(({ rmSync }) => rmSync(join(room.folder, 'incoming'), { recursive: true }))
    expect(await give(room, object)).toMatchObject({ kind: 'refused', status: 0xa700 })
    await mkdir(join(room.folder, 'incoming'))
    expect((await give(room, object)).kind).toBe('stored')
  })
})

describe('the study as people leaf through it', () => {
  test('is in order of series and instance numbers, whatever came first', async () => {
    for (const [series, number] of [
      [3, 1],
      [1, 10],
      [1, 2],
      [2, 1],
    ] as const) {
      await give(
        room,
        smallObject([
          { tag: 0x0020000e, vr: 'UI', value: `2.25.${series}` },
          { tag: 0x00200011, vr: 'IS', value: String(series) },
          { tag: 0x00200013, vr: 'IS', value: String(number) },
        ]),
      )
    }
    const order = room.archive.instancesOfStudy('2.25.100').map((one) => [one.seriesNumber, one.instanceNumber])
    expect(order).toEqual([
      [1, 2],
      [1, 10],
      [2, 1],
      [3, 1],
    ])
    expect(room.archive.counts()).toMatchObject({ studies: 1, instances: 4 })
  })
})

describe('a file that a person brings', () => {
  const part10 = (dataSet: Buffer, sopInstanceUid: string) =>
    Buffer.concat([
      part10Beginning({
        callingAeTitle: 'X',
        sopClassUid: ctImageStorage,
        sopInstanceUid,
        transferSyntaxUid: explicitLittle,
      }),
      dataSet,
    ])

  test('goes the same way, its data set untouched', async () => {
    const object = smallObject()
    const path = join(room.folder, 'brought.dcm')
    writeFileSync(path, part10(object.dataSet, object.sopInstanceUid))
    expect((await room.archive.importFile(path, 'wang')).kind).toBe('stored')
    const instance = room.archive.instanceByUid(object.sopInstanceUid)!
    expect((await storedDataSet(room.archive, instance.id)).equals(object.dataSet)).toBe(true)
    expect(room.claimed[0]).toMatchObject({ actor: 'wang', study: { callingAeTitle: 'import' } })
  })

  test('may come as a stream and without File Meta Information', async () => {
    const object = smallObject()
    expect((await room.archive.importFile(Readable.from([object.dataSet]), 'wang')).kind).toBe('stored')
  })

  test('that is no DICOM is said to be none', async () => {
    expect(await room.archive.importFile(Readable.from([Buffer.from('%PDF-1.4 …')]), 'wang')).toMatchObject({
      kind: 'not-dicom',
    })
    expect(await room.archive.importFile(Readable.from([]), 'wang')).toMatchObject({ kind: 'not-dicom' })
    expect(await room.archive.importFile(join(room.folder, 'nowhere.dcm'), 'wang')).toMatchObject({ kind: 'not-dicom' })
    expect(unfinishedIn(room.folder)).toEqual([])
  })
})

describe('the sweep at start', () => {
  test('puts a part file into quarantine', async () => {
    writeFileSync(join(room.folder, 'incoming', 'half.part'), 'half of it')
    expect(await room.archive.sweep()).toMatchObject({ quarantinedParts: 1 })
    expect(room.archive.quarantined()).toMatchObject([{ id: 'half', sizeBytes: 10 }])
    expect(unfinishedIn(room.folder)).toEqual([])
    expect(await room.archive.sweep()).toMatchObject({ quarantinedParts: 0 })
  })

  test('indexes a stored file that has no row, with everything it says, and tells the exams room', async () => {
    const object = smallObject()
    await give(room, object)
    const before = room.archive.instanceByUid(object.sopInstanceUid)!
    room.db.exec('delete from version; delete from instance; delete from study')
    room.claimed.length = 0
    expect(await room.archive.sweep()).toMatchObject({ indexedAgain: 1, missingFiles: [] })
    const after = room.archive.instanceByUid(object.sopInstanceUid)!
    expect({ ...after, id: '', receivedAt: 0 }).toEqual({ ...before, id: '', receivedAt: 0 })
    expect(room.claimed).toMatchObject([{ actor: 'station', study: { callingAeTitle: 'CT1' } }])
    expect((await storedDataSet(room.archive, after.id)).equals(object.dataSet)).toBe(true)
  })

  test('raises an alarm for a row whose file is gone, once, and clears it when the same bytes come again', async () => {
    const object = smallObject()
    await give(room, object)
    const instance = room.archive.instanceByUid(object.sopInstanceUid)!
    await singleNames(room.folder)
    unlinkSync(room.archive.fileOf(instance.id)!)
    expect((await room.archive.sweep()).missingFiles).toHaveLength(1)
    await room.archive.sweep()
    expect(room.archive.alarms()).toMatchObject([
      { kind: 'file-missing', problem: { code: 'ARCHIVE-FILE-MISSING' }, studyInstanceUid: instance.studyInstanceUid },
    ])
    expect(saidInBoth(room.archive.alarms()[0]!.problem)).toContain('的文件缺失（store/')
    expect((await give(room, object, { callingAeTitle: 'LONGER_AE_TITLE' })).kind).toBe('already-had')
    expect((await storedDataSet(room.archive, instance.id)).equals(object.dataSet)).toBe(true)
    expect(room.archive.alarms()).toEqual([])
  })

  test('puts a stored file that is none into quarantine', async () => {
    await mkdir(join(room.folder, 'store', '2026-11-21'), { recursive: true })
    writeFileSync(join(room.folder, 'store', '2026-11-21', 'x.dcm'), 'nothing')
    expect(await room.archive.sweep()).toMatchObject({ indexedAgain: 0 })
    expect(existsSync(join(room.folder, 'quarantine', 'x.dcm'))).toBe(true)
    expect(room.archive.quarantined()).toMatchObject([{ id: 'x', problem: { code: 'OBJECT-WITHOUT-NOTE' } }])
    expect(saidInBoth(room.archive.quarantined()[0]!.problem)).toContain('隔离区')
  })
})
