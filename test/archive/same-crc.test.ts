import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { saidInBoth } from '../problems/said-in-both.ts'
import {
  give,
  openArchive,
  type SmallObject,
  smallObject,
  storedDataSet,
  type TestArchive,
} from './archive-for-tests.ts'

let room: TestArchive
beforeEach(async () => {
  room = await openArchive()
})
afterEach(() => room.close())

/** The generator polynomial of CRC-32, as its bits lie in bytes: what it is added to keeps its CRC-32. */
const polynomial = [0x41, 0x06, 0x71, 0xdb, 0x01]

/** Other pixels under the same UID, with the same length and the same CRC-32. */
function twinOf({ sopInstanceUid, dataSet }: SmallObject, at = dataSet.length - 8): SmallObject {
  const twin = Buffer.from(dataSet)
  for (const [index, bits] of polynomial.entries()) twin.writeUInt8(twin.readUInt8(at + index) ^ bits, at + index)
  expect([crc32(twin), twin.equals(dataSet)]).toEqual([crc32(dataSet), false])
  return { sopInstanceUid, dataSet: twin }
}

async function heldOf({ sopInstanceUid }: SmallObject): Promise<string[]> {
  const versions = room.archive.versionsOf(sopInstanceUid)
  return Promise.all(versions.map(async ({ id }) => (await storedDataSet(room.archive, id)).toString('hex')))
}
const hex = (...objects: SmallObject[]) => objects.map(({ dataSet }) => dataSet.toString('hex'))
const storedFiles = () =>
  readdirSync(join(room.folder, 'store'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.dcm'))

function damage(object: SmallObject): void {
  const { path } = room.archive.dataSetOf(room.archive.versionsOf(object.sopInstanceUid)[0]!.id)!
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
  writeFileSync(path, bytes)
}

test('other bytes with the same length and the same CRC-32 are another version, and come again they are nothing new', async () => {
  const first = smallObject()
  const twin = twinOf(first)
  expect((await give(room, first)).kind).toBe('stored')
  expect((await give(room, twin)).kind).toBe('new-version')
  expect(await heldOf(first)).toEqual(hex(first, twin))
  expect(room.archive.alarms()).toMatchObject([{ kind: 'other-bytes' }])
  for (const again of [twin, first]) expect((await give(room, again)).kind).toBe('already-had')
  expect(storedFiles()).toHaveLength(2)
})

test('such twins and their copies at the same moment over many associations: each is kept once', async () => {
  const first = smallObject()
  const twin = twinOf(first)
  const third = twinOf(first, first.dataSet.length - 20)
  const outcomes = await Promise.all(
    [first, twin, third, first, twin, third, third, twin].map((one) => give(room, one)),
  )
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
    ...Array(5).fill('already-had'),
    'new-version',
    'new-version',
    'stored',
  ])
  expect((await heldOf(first)).sort()).toEqual(hex(first, twin, third).sort())
  expect(storedFiles()).toHaveLength(3)
})

test('what was damaged on the disk is whole again when the device sends it again, and the alarm is gone', async () => {
  const object = smallObject()
  await give(room, object)
  damage(object)
  room.archive.alarmUnusable(room.archive.versionsOf(object.sopInstanceUid)[0]!.id, 'altered')
  expect(room.archive.alarms()).toMatchObject([{ kind: 'damaged', problem: { code: 'ARCHIVE-FILE-ALTERED' } }])
  expect(saidInBoth(room.archive.alarms()[0]!.problem)).toContain('与接收时不一致')
  expect((await give(room, object)).kind).toBe('already-had')
  expect(await heldOf(object)).toEqual(hex(object))
  expect(room.archive.alarms()).toEqual([])
  expect(storedFiles()).toHaveLength(1)
})

test('other bytes that come while the first are damaged stay another version', async () => {
  const first = smallObject()
  const second = smallObject([{ tag: 0x00081030, vr: 'LO', value: '头颅平扫' }], first.sopInstanceUid)
  await give(room, first)
  damage(first)
  expect((await give(room, second)).kind).toBe('new-version')
  expect((await heldOf(first))[1]).toBe(hex(second)[0])
})

for (const [what, spoil] of [
  ['gone', (path: string) => rmSync(path)],
  ['damaged', () => {}],
] as const)
  test(`a file without a row, whose twin with a row is ${what}, takes its place at start`, async () => {
    const object = smallObject()
    await give(room, object)
    const { path } = room.archive.dataSetOf(room.archive.versionsOf(object.sopInstanceUid)[0]!.id)!
    copyFileSync(path, join(dirname(path), '11111111-1111-4111-8111-111111111111.dcm'))
    damage(object)
    spoil(path)
    await room.archive.sweep()
    expect(await heldOf(object)).toEqual(hex(object))
    expect(storedFiles()).toHaveLength(1)
    expect(room.archive.alarms()).toEqual([])
  })
