import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPart10Beginning } from '../../electron/station/archive/part10.ts'
import { tagsOf } from '../../electron/station/pictures/tag-view.ts'
import type { TagView } from '../../shared/api/viewer-routes.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { writeElement } from '../../shared/dicom/write-element.ts'
import { smallObject } from '../archive/archive-for-tests.ts'
import { openStored, type StoredForTests } from './stored-for-tests.ts'

let store: StoredForTests
beforeEach(() => {
  store = openStored()
})
afterEach(() => store.close())

const tagsOfObject = (dataSet: Buffer, transferSyntaxUid?: string, readAs?: readonly string[]) =>
  tagsOf(store.put(dataSet, transferSyntaxUid), readAs)
const named = (tags: readonly TagView[], keyword: string) => tags.find((one) => one.keyword === keyword)

const privates: ElementToWrite[] = [
  { tag: 0x00091001, vr: 'UN', value: Buffer.from('张三的备注', 'utf8') },
  { tag: 0x00090010, vr: 'LO', value: 'ACME 1.1' },
  { tag: 0x00091002, vr: 'OB', value: Buffer.from(Array.from({ length: 40 }, (_, at) => at)) },
]

describe('the tags of an image', () => {
  test('have keyword, VR and a value that a person reads, without pixels', async () => {
    const tags = await tagsOfObject(smallObject().dataSet)
    expect(tags[0]).toEqual({
      tag: '(0002,0010)',
      keyword: 'TransferSyntaxUID',
      vr: 'UI',
      value: '1.2.840.10008.1.2.1',
    })
    expect(named(tags, 'PatientName')).toEqual({
      tag: '(0010,0010)',
      keyword: 'PatientName',
      vr: 'PN',
      value: 'ZHANG^SAN=张^三',
    })
    expect(named(tags, 'Rows')).toMatchObject({ vr: 'US', value: '4' })
    expect(named(tags, 'PixelData')).toBe(undefined)
  })

  test('are read as staff decided for a device that declares the wrong set', async () => {
    const elements = [
      { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 100' },
      { tag: 0x00080018, vr: 'UI', value: '2.25.5' },
      { tag: 0x00100010, vr: 'PN', value: Buffer.from('王芳 ', 'utf8') },
    ]
    const bytes = encodeDataSet(elements, { explicitVr: true, text: 'ascii' })
    expect(named(await tagsOfObject(bytes, undefined, ['ISO_IR 192']), 'PatientName')?.value).toBe('王芳')
  })

  test('nest, and private ones are there without a keyword', async () => {
    const nested = { tag: 0x00400275, vr: 'SQ', value: [[{ tag: 0x00400009, vr: 'SH', value: '步骤1' }], []] }
    const elements = [nested, ...privates, { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' }]
    const tags = await tagsOfObject(
      encodeDataSet([{ tag: 0x00080018, vr: 'UI', value: '2.25.6' }, ...elements] as ElementToWrite[], {
        explicitVr: true,
        text: 'utf-8',
      }),
    )
    expect(named(tags, 'RequestAttributesSequence')?.items).toEqual([
      [{ tag: '(0040,0009)', keyword: 'ScheduledProcedureStepID', vr: 'SH', value: '步骤1' }],
      [],
    ])
    expect(tags.filter((one) => one.tag.startsWith('(0009'))).toEqual([
      { tag: '(0009,0010)', keyword: '', vr: 'LO', value: 'ACME 1.1' },
      { tag: '(0009,1001)', keyword: '', vr: 'UN', value: '张三的备注' },
      {
        tag: '(0009,1002)',
        keyword: '',
        vr: 'OB',
        value: '00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f … (40)',
      },
    ])
  })

  test('are the same from implicit, deflated and big endian', async () => {
    const uid = { tag: 0x00080018, vr: 'UI', value: '2.25.7' }
    const elements: ElementToWrite[] = [
      uid,
      { tag: 0x00280010, vr: 'US', value: 512 },
      { tag: 0x00280106, vr: 'SS', value: [-5] },
    ]
    const implicit = encodeDataSet([...elements, { tag: 0x00280103, vr: 'US', value: 1 }], {
      explicitVr: false,
      text: 'ascii',
    })
    const found = await tagsOfObject(implicit, '1.2.840.10008.1.2')
    expect(named(found, 'SmallestImagePixelValue')).toMatchObject({ vr: 'SS', value: '-5' })
    const explicit = encodeDataSet(elements, { explicitVr: true, text: 'ascii' })
    const deflated = await tagsOfObject(deflateRawSync(explicit), '1.2.840.10008.1.2.1.99')
    expect(named(deflated, 'Rows')?.value).toBe('512')
    const big = { explicitVr: true, littleEndian: false }
    const bytes = Buffer.concat([
      writeElement(0x00080018, 'UI', Buffer.from('2.25.80\0'), big),
      writeElement(0x00280010, 'US', Buffer.from([2, 0]), big),
    ])
    expect(named(await tagsOfObject(bytes, '1.2.840.10008.1.2.2'), 'Rows')?.value).toBe('512')
  })

  test('are cut where nobody would read on, and hide nothing from the reader', async () => {
    const long = '很'.repeat(300)
    const tags = await tagsOfObject(
      encodeDataSet(
        [
          { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' },
          { tag: 0x00080018, vr: 'UI', value: '2.25.8' },
          { tag: 0x00204000, vr: 'LT', value: long },
          { tag: 0x00081030, vr: 'LO', value: 'a\u202egpj.exe\u0007' },
        ],
        { explicitVr: true, text: 'utf-8' },
      ),
    )
    expect(named(tags, 'ImageComments')?.value).toBe(`${'很'.repeat(200)}…`)
    expect(named(tags, 'StudyDescription')?.value).toBe('a\u25a1gpj.exe\u25a1')
  })
})

describe('a hostile file', () => {
  test('of a million empty items ends in a cut list, in bounded memory', async () => {
    const items = Buffer.alloc(8 * 900_000)
    for (let at = 0; at < items.length; at += 8) items.writeUInt32LE(0xe000fffe, at)
    const bytes = Buffer.concat([
      encodeDataSet([{ tag: 0x00080018, vr: 'UI', value: '2.25.9' }], { explicitVr: true, text: 'ascii' }),
      writeElement(0x00081140, 'SQ', items, { explicitVr: true, littleEndian: true }),
    ])
    const found = named(await tagsOfObject(bytes), 'ReferencedImageSequence')
    expect(found?.items?.length).toBeLessThanOrEqual(20_000)
    expect(found?.value).toBe('…')
  })

  test('of sequences in sequences in sequences ends at a depth', async () => {
    let inner: Buffer = Buffer.alloc(0)
    const explicit = { explicitVr: true, littleEndian: true }
    for (let depth = 0; depth < 30; depth++) {
      const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0])
      head.writeUInt32LE(inner.length, 4)
      inner = writeElement(0x00081140, 'SQ', Buffer.concat([head, inner]), explicit)
    }
    const uid = encodeDataSet([{ tag: 0x00080018, vr: 'UI', value: '2.25.10' }], { explicitVr: true, text: 'ascii' })
    let level = named(await tagsOfObject(Buffer.concat([uid, inner])), 'ReferencedImageSequence')
    let depth = 0
    for (; level?.items?.[0]; depth++) level = level.items[0].find(({ vr }) => vr === 'SQ')
    expect([depth, level?.value]).toEqual([16, '…'])
  })
})

const corpus = resolve(process.env.CORPUS_DIR ?? '../shared/corpus')
const files = ((): string[] => {
  try {
    return readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(join(corpus, name)).isFile(),
    )
  } catch {
    return []
  }
})()

describe.skipIf(files.length === 0)('every file of the corpus', () => {
  test('gives its tags or ends, and never throws', async () => {
    let read = 0
    for (const name of files) {
      const bytes = readFileSync(join(corpus, name))
      const beginning = readPart10Beginning(bytes)
      if (!beginning) continue
      const { dataSetOffset: offset, object } = beginning
      const tags = await tagsOf(
        {
          path: join(corpus, name),
          offset,
          length: bytes.length - offset,
          transferSyntaxUid: object.transferSyntaxUid,
        },
        undefined,
      )
      if (tags.length > 5) read++
      expect(JSON.stringify(tags).length).toBeLessThan(20_000_000)
    }
    console.info(`corpus: tags of ${read} files`)
    expect(read).toBeGreaterThan(50)
  })
})
