import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { part10Beginning } from '../../electron/station/archive/part10.ts'
import { readElements } from '../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf } from '../../shared/dicom/transfer-syntax.ts'
import { saidInBoth } from '../problems/said-in-both.ts'
import {
  ctImageStorage,
  give,
  openArchive,
  type SmallObject,
  smallObject,
  type TestArchive,
} from './archive-for-tests.ts'

const rle = '1.2.840.10008.1.2.5'
let room: TestArchive
beforeEach(async () => {
  room = await openArchive()
})
afterEach(() => room.close())

const cut = (object: SmallObject, by: number): SmallObject => ({ ...object, dataSet: object.dataSet.subarray(0, -by) })
const followedBy = (object: SmallObject, bytes: Buffer): SmallObject => ({
  ...object,
  dataSet: Buffer.concat([object.dataSet, bytes]),
})

/** Pixel data in fragments behind an empty offset table, PS3.5 A.4. */
function encapsulated(fragments: readonly Buffer[], hasEnd = true): SmallObject {
  const object = smallObject([{ tag: 0x7fe00010, vr: 'OB', value: Buffer.alloc(0) }])
  const head = (element: number, length: number) => {
    const bytes = Buffer.from([0xfe, 0xff, 0, 0xe0, 0, 0, 0, 0])
    bytes.writeUInt16LE(element, 2)
    bytes.writeUInt32LE(length, 4)
    return bytes
  }
  const dataSet = Buffer.from(object.dataSet)
  dataSet.writeUInt32LE(0xffffffff, dataSet.length - 4)
  const items = fragments.flatMap((fragment) => [head(0xe000, fragment.length), fragment])
  return {
    ...object,
    dataSet: Buffer.concat([dataSet, head(0xe000, 0), ...items, ...(hasEnd ? [head(0xe0dd, 0)] : [])]),
  }
}
/** (FFFC,FFFC) DataSetTrailingPadding. */
const padding = Buffer.from([0xfc, 0xff, 0xfc, 0xff, 0x4f, 0x42, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0])
const bigSequence = {
  tag: 0x00081140,
  vr: 'SQ' as const,
  value: Array.from({ length: 3000 }, () => [
    { tag: 0x00081155, vr: 'UI' as const, value: '2.25.1234567890123456789' },
  ]),
}

async function isKeptCutShort(object: SmallObject, transferSyntaxUid?: string): Promise<boolean> {
  const outcome = await give(room, object, transferSyntaxUid ? { transferSyntaxUid } : {})
  if (outcome.kind === 'refused') throw new Error(outcome.problem.code)
  return outcome.isCutShort === true
}

describe('a data set', () => {
  test('that ends with its pixels is whole; one byte less is cut short', async () => {
    expect(await isKeptCutShort(smallObject())).toBe(false)
    expect(await isKeptCutShort(cut(smallObject(), 1))).toBe(true)
  })

  test('cut anywhere between its StudyInstanceUID and its end is cut short, but where an element ends', async () => {
    const { dataSet } = smallObject()
    const whole = []
    for (let by = 1; by < 120; by++)
      if (!(await isKeptCutShort(cut(smallObject(), by)))) whole.push(dataSet.length - by)
    // Where an element ends, nothing says that more was to come.
    const { elements } = readElements(dataSet, dataSetEncodingOf('1.2.840.10008.1.2.1'))
    const ends = [...elements.values()].map(({ end }) => end).filter((end) => end > dataSet.length - 120)
    expect(ends.length).toBeGreaterThan(4)
    expect(whole).toEqual(ends.reverse())
  })

  test('whose header is longer than the first look is judged by its pixels too', async () => {
    expect(await isKeptCutShort(smallObject([bigSequence]))).toBe(false)
    expect(await isKeptCutShort(cut(smallObject([bigSequence]), 3))).toBe(true)
    const inSequence = smallObject([bigSequence])
    expect(await isKeptCutShort({ ...inSequence, dataSet: inSequence.dataSet.subarray(0, 80_000) })).toBe(true)
  })

  test('with elements, zeros or a stray byte behind its pixels is whole; with half an element there it is not', async () => {
    for (const behind of [padding, Buffer.alloc(2048), Buffer.alloc(1), Buffer.alloc(513)])
      expect(await isKeptCutShort(followedBy(smallObject(), behind)), `${behind.length}`).toBe(false)
    expect(await isKeptCutShort(followedBy(smallObject(), padding.subarray(0, -2)))).toBe(true)
  })

  test('of encapsulated pixels is whole with its delimiter and cut short without, wherever it was cut', async () => {
    const fragments = Array.from({ length: 40 }, () => randomBytes(5000))
    expect(await isKeptCutShort(encapsulated(fragments), rle)).toBe(false)
    expect(await isKeptCutShort(followedBy(encapsulated(fragments), padding), rle)).toBe(false)
    expect(await isKeptCutShort(encapsulated(fragments, false), rle)).toBe(true)
    for (const by of [1, 8, 11, 4000, 60_000, 199_000])
      expect(await isKeptCutShort(cut(encapsulated(fragments), by), rle), `${by}`).toBe(true)
  })

  test('that has no pixels, or is no sequence of elements any more, is not called cut short', async () => {
    const report = smallObject([{ tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(0) }])
    expect(await isKeptCutShort({ ...report, dataSet: report.dataSet.subarray(0, -12) })).toBe(false)
    expect(await isKeptCutShort(encapsulated([randomBytes(7)]), rle)).toBe(false)
  })
})

describe('staff', () => {
  test('see an alarm for what a device sent cut short, until a whole version came', async () => {
    const object = smallObject()
    const short = await give(room, cut(object, 4), { callingAeTitle: 'DR1' })
    expect(short).toMatchObject({ kind: 'stored', isCutShort: true })
    expect(room.archive.alarms()).toMatchObject([{ kind: 'incomplete', problem: { code: 'ARCHIVE-CUT-SHORT' } }])
    expect(saidInBoth(room.archive.alarms()[0]!.problem)).toContain('DR1 发来的一幅影像不完整')
    expect(await give(room, cut(object, 4))).toMatchObject({ kind: 'already-had', isCutShort: true })
    expect(room.archive.alarms()).toHaveLength(1)
    const whole = await give(room, object)
    expect(whole.kind).toBe('new-version')
    expect('isCutShort' in whole).toBe(false)
  })

  test('who bring it keep it: nothing is stored, put aside or contradicted', async () => {
    const object = smallObject()
    await give(room, object)
    const head = part10Beginning({
      callingAeTitle: 'X',
      sopClassUid: ctImageStorage,
      sopInstanceUid: object.sopInstanceUid,
      transferSyntaxUid: '1.2.840.10008.1.2.1',
    })
    const bring = (dataSet: Buffer) =>
      room.archive.importFile(Readable.from([Buffer.concat([head, dataSet])], { objectMode: false }), 'wang')
    expect(await bring(cut(object, 9).dataSet)).toMatchObject({ kind: 'refused', status: 0xc000, isCutShort: true })
    expect(room.archive.counts()).toMatchObject({ instances: 1, versions: 1, quarantined: 0 })
    expect(room.archive.alarms()).toEqual([])
    expect(readdirSync(join(room.folder, 'quarantine'))).toEqual([])
    expect((await bring(object.dataSet)).kind).toBe('already-had')
  })
})
