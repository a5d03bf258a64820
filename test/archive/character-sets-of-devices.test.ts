import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readPart10Beginning } from '../../electron/station/archive/part10.ts'
import { readHeader } from '../../electron/station/archive/read-header.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import type { TextEncoding } from '../../shared/dicom/encode-text.ts'
import type { ReadAs } from '../../shared/models/settings.ts'
import type { StudyHeader } from '../../shared/models/study.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import {
  ctImageStorage,
  give,
  openArchive,
  type SmallObject,
  storedDataSet,
  type TestArchive,
} from './archive-for-tests.ts'

const explicit = '1.2.840.10008.1.2.1'
const implicit = '1.2.840.10008.1.2'

/** An image whose text is written in one set and declared as another. */
function lying(
  written: TextEncoding,
  declared: string,
  given: { name?: string; study?: string; explicitVr?: boolean; more?: readonly ElementToWrite[] } = {},
): SmallObject {
  const sopInstanceUid = newUid()
  const elements: ElementToWrite[] = [
    ...(declared === '' ? [] : [{ tag: 0x00080005, vr: 'CS', value: declared }]),
    { tag: 0x00080016, vr: 'UI', value: ctImageStorage },
    { tag: 0x00080018, vr: 'UI', value: sopInstanceUid },
    { tag: 0x00080060, vr: 'CS', value: 'CT' },
    { tag: 0x00080080, vr: 'LO', value: '晨光门诊部' },
    { tag: 0x00081030, vr: 'LO', value: '胸部平扫' },
    { tag: 0x0008103e, vr: 'LO', value: '肺窗' },
    { tag: 0x00100010, vr: 'PN', value: given.name ?? 'Zhang^San=张^三' },
    { tag: 0x00100020, vr: 'LO', value: 'P26000001' },
    { tag: 0x0020000d, vr: 'UI', value: given.study ?? '2.25.100' },
    { tag: 0x0020000e, vr: 'UI', value: '2.25.101' },
    {
      tag: 0x00400275,
      vr: 'SQ',
      value: [
        [
          { tag: 0x00400007, vr: 'LO', value: '胸部正位，卧位' },
          { tag: 0x00401001, vr: 'SH', value: '申请甲1号' },
        ],
      ],
    },
    ...(given.more ?? []),
  ]
  return { sopInstanceUid, dataSet: encodeDataSet(elements, { explicitVr: given.explicitVr ?? true, text: written }) }
}

describe('a device that lies about its text', () => {
  let room: TestArchive | undefined
  afterEach(async () => {
    await room?.archive.headers.stop()
    room?.close()
    room = undefined
  })
  const openWith = async (readAs: Map<string, ReadAs>, again: StudyHeader[] = []) => {
    room = await openArchive({
      readAsOf: (aeTitle) => readAs.get(aeTitle) ?? 'declared',
      onReadAgain: (study) => again.push(study),
    })
    return room
  }

  test('is found out, shown with samples, read again when staff accept, and read right from then on; its files stay', async () => {
    const readAs = new Map<string, ReadAs>()
    const again: StudyHeader[] = []
    const here = await openWith(readAs, again)
    const objects = Array.from({ length: 60 }, (_, at) =>
      lying('gb18030', 'ISO_IR 192', { study: `2.25.${100 + (at % 3)}` }),
    )
    for (const object of objects) await give(here, object)
    await give(here, lying('utf-8', 'ISO_IR 192', { study: '2.25.900' }), { callingAeTitle: 'HONEST' })
    expect(here.archive.studyHeader('2.25.100')!.patientName).toContain('\ufffd')

    const [finding, ...others] = here.archive.characterSets.open()
    expect(others).toEqual([])
    expect(finding).toMatchObject({ callingAeTitle: 'CT1', declared: 'ISO_IR 192', readAs: 'gb18030', images: 60 })
    expect(finding!.confidence).toBeGreaterThan(0.9)
    expect(finding!.samples[0]!.asProposed).toBe('Zhang^San=张^三')
    expect(finding!.samples[0]!.asDeclared).toContain('\ufffd')
    const before = await Promise.all(objects.map((object) => storedBytes(here, object)))

    readAs.set('CT1', 'gb18030')
    expect(here.archive.characterSets.decide('CT1', 'accepted', 'admin')).toBe(true)
    here.archive.headers.request('CT1', 'admin')
    expect(here.archive.headers.pending()).toEqual(['CT1'])
    await here.archive.headers.idle()
    expect(here.archive.headers.pending()).toEqual([])

    for (const uid of ['2.25.100', '2.25.101', '2.25.102']) {
      expect(here.archive.studyHeader(uid)).toMatchObject({
        patientName: 'Zhang^San=张^三',
        studyDescription: '胸部平扫',
        requestedProcedureId: '申请甲1号',
        callingAeTitle: 'CT1',
        studyInstanceUid: uid,
      })
      for (const instance of here.archive.instancesOfStudy(uid)) expect(instance.seriesDescription).toBe('肺窗')
    }
    expect(again.map((study) => study.patientName)).toEqual(Array(3).fill('Zhang^San=张^三'))
    expect(await Promise.all(objects.map((object) => storedBytes(here, object)))).toEqual(before)
    expect(here.archive.characterSets.open()).toEqual([])
    expect(here.told).toContainEqual({ topic: 'tray', id: '2.25.101' })
    const actions = here.audit.newest(20).map((row) => row.action)
    expect(actions).toContain('accept-character-set')
    expect(actions).toContain('read-headers-again')

    await give(here, lying('gb18030', 'ISO_IR 192', { study: '2.25.777' }))
    expect(here.archive.studyHeader('2.25.777')!.patientName).toBe('Zhang^San=张^三')
    expect(here.archive.characterSets.open()).toEqual([])
  })

  test('what staff dismissed does not come again', async () => {
    const here = await openWith(new Map())
    await give(here, lying('gb18030', ''))
    expect(here.archive.characterSets.open()).toHaveLength(1)
    expect(here.archive.characterSets.decide('CT1', 'dismissed', 'admin')).toBe(true)
    await give(here, lying('gb18030', ''))
    expect(here.archive.characterSets.open()).toEqual([])
    expect(here.archive.characterSets.decide('NOBODY', 'dismissed', 'admin')).toBe(false)
  })

  test('the same object twice counts once', async () => {
    const here = await openWith(new Map())
    const object = lying('utf-8', 'GB18030')
    await give(here, object)
    await give(here, object)
    expect(here.archive.characterSets.open()).toMatchObject([{ readAs: 'utf-8', images: 1 }])
  })

  test('reading again goes on after a stop, and UIDs that were made here stay', async () => {
    const readAs = new Map<string, ReadAs>()
    const here = await openWith(readAs)
    const bare = lying('gb18030', '', { study: '' })
    await give(here, bare)
    const made = here.archive.instanceByUid(bare.sopInstanceUid)!
    await here.archive.headers.stop()
    readAs.set('CT1', 'gb18030')
    here.archive.headers.request('CT1', 'admin')
    await here.archive.headers.idle()
    expect(here.archive.headers.pending()).toEqual(['CT1'])
    const next = await openArchive({ keepFolder: here.folder, readAsOf: () => 'gb18030' })
    try {
      await next.archive.sweep()
      await next.archive.headers.idle()
      expect(next.archive.headers.pending()).toEqual([])
      expect(next.archive.instanceByUid(bare.sopInstanceUid)).toMatchObject({
        seriesDescription: '肺窗',
        studyInstanceUid: made.studyInstanceUid,
        seriesInstanceUid: made.seriesInstanceUid,
      })
      expect(next.archive.studyHeader(made.studyInstanceUid)!.patientName).toBe('Zhang^San=张^三')
    } finally {
      next.close()
    }
  })

  test('while stored headers wait to be read again, a misread name is no other person', async () => {
    const readAs = new Map<string, ReadAs>()
    const here = await openWith(readAs)
    await give(here, lying('utf-8', 'GB18030'))
    const misread = here.archive.studyHeader('2.25.100')!.patientName
    expect(misread).not.toContain('张')
    await give(here, lying('utf-8', 'GB18030'))
    expect(here.claimed.at(-1)!.study.patientName).toBe(misread)
    await here.archive.headers.stop()
    readAs.set('CT1', 'utf-8')
    here.archive.headers.request('CT1', 'admin')
    await give(here, lying('utf-8', 'GB18030'))
    expect(here.claimed.at(-1)!.study.patientName).toBe('Zhang^San=张^三')
  })

  test('an object whose file is gone keeps its header, the others are read', async () => {
    const readAs = new Map<string, ReadAs>()
    const here = await openWith(readAs)
    const [lost, kept] = [lying('gb18030', '', { study: '2.25.1' }), lying('gb18030', '', { study: '2.25.2' })]
    await give(here, lost)
    await give(here, kept)
    rmSync(here.archive.fileOf(here.archive.instanceByUid(lost.sopInstanceUid)!.id)!)
    readAs.set('CT1', 'gb18030')
    here.archive.headers.request('CT1', 'admin')
    await here.archive.headers.idle()
    expect(here.archive.studyHeader('2.25.1')!.patientName).not.toContain('张')
    expect(here.archive.studyHeader('2.25.2')!.patientName).toContain('张^三')
  })
})

const storedBytes = async (here: TestArchive, object: SmallObject) =>
  (await storedDataSet(here.archive, here.archive.instanceByUid(object.sopInstanceUid)!.id)).toString('base64')

describe('text inside sequences', () => {
  const study = async (object: SmallObject, syntax: string, readAs?: ReadAs) => {
    const read = await readHeader(object.dataSet, syntax, undefined, readAs)
    if (read.kind !== 'header') throw new Error(read.code)
    return read
  }
  test.each([
    ['explicit', explicit],
    ['implicit', implicit],
  ])('in %s VR an item has the character set of the level above, or its own', async (_, syntax) => {
    const explicitVr = syntax === explicit
    for (const written of ['gb18030', 'gbk', 'iso-2022-ir-58', 'utf-8'] as const) {
      const declared = { gb18030: 'GB18030', gbk: 'GBK', 'iso-2022-ir-58': '\\ISO 2022 IR 58', 'utf-8': 'ISO_IR 192' }[
        written
      ]
      const { header, suspicion } = await study(lying(written, declared, { explicitVr }), syntax)
      expect(header.study.requestedProcedureId).toBe('申请甲1号')
      expect(suspicion).toBeUndefined()
    }
    const own = encodeDataSet([{ tag: 0x00401001, vr: 'SH', value: '申请乙2号' }], { explicitVr, text: 'utf-8' })
    const item = Buffer.concat([
      encodeDataSet([{ tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' }], { explicitVr, text: 'ascii' }),
      own,
    ])
    const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0])
    head.writeUInt32LE(item.length, 4)
    const sequence = { tag: 0x00400275, vr: 'SQ', value: Buffer.concat([head, item]) }
    const top = lying('gb18030', 'GB18030', { explicitVr })
    const elements: ElementToWrite[] = [
      { tag: 0x00080005, vr: 'CS', value: 'GB18030' },
      { tag: 0x00080018, vr: 'UI', value: top.sopInstanceUid },
      { tag: 0x00100010, vr: 'PN', value: '张^三' },
      sequence,
    ]
    const dataSet = encodeDataSet(elements, { explicitVr, text: 'gb18030' })
    const { header } = await study({ sopInstanceUid: top.sopInstanceUid, dataSet }, syntax)
    expect(header.study).toMatchObject({ patientName: '张^三', requestedProcedureId: '申请乙2号' })
  })

  test.each<[TextEncoding, string, ReadAs]>([
    ['gb18030', 'ISO_IR 192', 'gb18030'],
    ['gbk', 'ISO_IR 100', 'gbk'],
    ['utf-8', 'GB18030', 'utf-8'],
    ['iso-2022-ir-58', 'ISO_IR 192', 'iso-2022-ir-58'],
  ])('%s declared as %s is read as %s at every level', async (written, declared, readAs) => {
    for (const syntax of [explicit, implicit]) {
      const object = lying(written, declared, { explicitVr: syntax === explicit })
      expect((await study(object, syntax)).suspicion?.readAs).toBe(readAs === 'gbk' ? 'gb18030' : readAs)
      const { header, suspicion } = await study(object, syntax, readAs)
      expect(header.study).toMatchObject({ patientName: 'Zhang^San=张^三', requestedProcedureId: '申请甲1号' })
      expect(suspicion).toBeUndefined()
    }
  })
})

const corpus = resolve(process.env.CORPUS_DIR ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus'))
describe.skipIf(!existsSync(corpus))('real files of other makers (skipped where there is no corpus)', () => {
  test('none of them is suspected, whatever language it is in', async () => {
    let read = 0
    const suspected: string[] = []
    for (const name of readdirSync(corpus, { recursive: true, encoding: 'utf8' })) {
      const path = join(corpus, name)
      if (!statSync(path).isFile()) continue
      const bytes = readFileSync(path)
      const found = readPart10Beginning(bytes)
      if (!found) continue
      const header = await readHeader(bytes.subarray(found.dataSetOffset), found.object.transferSyntaxUid)
      if (header.kind !== 'header') continue
      read++
      if (header.suspicion) suspected.push(`${name}: ${JSON.stringify(header.suspicion)}`)
    }
    console.info(`corpus: ${read} headers read, ${suspected.length} suspected`)
    expect(suspected).toEqual([])
    expect(read).toBeGreaterThan(50)
  })
})
