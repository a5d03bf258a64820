import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPart10Beginning } from '../../electron/station/archive/part10.ts'
import { type AnonymousObject, anonymise } from '../../electron/station/pictures/anonymise-object.ts'
import { identifyingWords } from '../../electron/station/pictures/identifying-words.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { valuesOf } from '../../shared/dicom/element-values.ts'
import { encodeText } from '../../shared/dicom/encode-text.ts'
import { pixelData, readElements } from '../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf } from '../../shared/dicom/transfer-syntax.ts'
import { smallObject } from '../archive/archive-for-tests.ts'
import { describeWith } from '../peers.ts'
import { openStored, type StoredForTests } from './stored-for-tests.ts'

let store: StoredForTests
beforeEach(() => {
  store = openStored()
})
afterEach(() => store.close())

const pixels = Buffer.from(Array.from({ length: 32 }, (_, at) => at * 7))
const words = [
  'ZHANG^SAN=张^三',
  '张三',
  'P26000001',
  'CT2611210001',
  '19880305',
  '220102198803051235',
  '13900001111',
  '晨光门诊部',
]
const how = (salt = 'one export') => ({ salt, pseudonym: 'ANON0001', words: identifyingWords(words) })

/** Everything that a device, an order or a careless hand writes about a person. */
const identity: ElementToWrite[] = [
  { tag: 0x00080012, vr: 'DA', value: '20261121' },
  { tag: 0x00080014, vr: 'UI', value: '2.25.6661' },
  { tag: 0x00080080, vr: 'LO', value: '晨光门诊部' },
  { tag: 0x00080081, vr: 'ST', value: '吉林省长春市晨光门诊部' },
  { tag: 0x00080090, vr: 'PN', value: '王^医生' },
  { tag: 0x00081010, vr: 'SH', value: 'CT-ROOM-1' },
  { tag: 0x0008103e, vr: 'LO', value: '张三 胸部' },
  { tag: 0x00081070, vr: 'PN', value: 'LI^TECH' },
  { tag: 0x00101000, vr: 'LO', value: '220102198803051235' },
  { tag: 0x00101040, vr: 'LO', value: '人民大街1号' },
  { tag: 0x00102154, vr: 'SH', value: '13900001111' },
  { tag: 0x00104000, vr: 'LT', value: '张三，身份证220102198803051235' },
  { tag: 0x00181000, vr: 'LO', value: 'SN-445566' },
  { tag: 0x00181030, vr: 'LO', value: 'ZHANG SAN CHEST' },
  { tag: 0x00204000, vr: 'LT', value: '备注：张三' },
  { tag: 0x00200052, vr: 'UI', value: '2.25.777' },
  { tag: 0x00281055, vr: 'LO', value: '肺窗\\P26000001' },
  { tag: 0x00281050, vr: 'DS', value: '40\\1' },
  { tag: 0x00281051, vr: 'DS', value: '400\\1' },
  { tag: 0x00290010, vr: 'LO', value: 'ACME' },
  { tag: 0x00291001, vr: 'LO', value: '张三' },
  { tag: 0x60003000, vr: 'OW', value: Buffer.from('ZHANG SAN ') },
  {
    tag: 0x00400275,
    vr: 'SQ',
    value: [[{ tag: 0x00400007, vr: 'LO', value: '张三 加急' }]],
  },
  {
    tag: 0x00081140,
    vr: 'SQ',
    value: [
      [
        { tag: 0x00081150, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' },
        { tag: 0x00081155, vr: 'UI', value: '2.25.777' },
        { tag: 0x00104000, vr: 'LT', value: '张三' },
        { tag: 0x00091001, vr: 'LO', value: '张三' },
        { tag: 0x0040a170, vr: 'SQ', value: [[{ tag: 0x00080104, vr: 'LO', value: '张三' }]] },
      ],
    ],
  },
  { tag: 0xfffcfffc, vr: 'OB', value: Buffer.from('ZHANG SAN ') },
  { tag: 0x7fe00010, vr: 'OW', value: pixels },
]

async function anonymous(dataSet: Buffer, transferSyntaxUid?: string, salt?: string) {
  const made = await anonymise(store.put(dataSet, transferSyntaxUid), how(salt))
  if (made.kind !== 'anonymous') throw new Error(made.reason)
  return made
}

function fileOf({ head, pixels: end }: AnonymousObject): Buffer {
  if (Buffer.isBuffer(end)) return Buffer.concat([head, end])
  return Buffer.concat([head, readFileSync(end.path).subarray(end.start, end.start + end.length)])
}

function read(file: Buffer) {
  const { dataSetOffset, object } = readPart10Beginning(file)!
  const encoding = dataSetEncodingOf(object.transferSyntaxUid)
  const bytes = file.subarray(dataSetOffset)
  const all = readElements(bytes, encoding, { until: 0xffffffff })
  return {
    object,
    values: valuesOf(bytes, all.elements, encoding),
    pixels: bytes.subarray(all.elements.get(pixelData)?.offset),
    elements: all,
  }
}

/** Every identifying word in every encoding, and whatever a component of a name could give away. */
function whoIsIn(file: Buffer): string[] {
  const wanted = [
    ...words,
    ...['张^三', 'ZHANG', '王^医生', 'LI^TECH', '人民大街', 'SN-445566', 'CT-ROOM-1', '20261121'],
  ]
  // A UID as a whole: a new one may by chance begin with the same digits.
  const uids = (file.toString('latin1').match(/[\d.]+/g) ?? []).filter((found) => formerUids.includes(found))
  return [
    ...uids,
    ...wanted.filter((word) =>
      (['utf-8', 'gb18030', 'gbk', 'iso-2022-ir-58'] as const).some((set) => file.includes(encodeText(word, set))),
    ),
  ]
}
const formerUids: readonly string[] = ['2.25.777', '2.25.6661', '2.25.100']

const syntaxes: readonly [string, string, boolean][] = [
  ['explicit', '1.2.840.10008.1.2.1', true],
  ['implicit', '1.2.840.10008.1.2', false],
  ['deflated', '1.2.840.10008.1.2.1.99', true],
]

describe('an anonymised image', () => {
  test.each(syntaxes)(
    'in %s VR holds no word of the person, and the very same pixels',
    async (_, syntax, explicitVr) => {
      const elements = new Map(identity.map((one) => [one.tag, one]))
      const { dataSet } = smallObject([...elements.values()])
      const bare = explicitVr ? dataSet : encodeDataSet(inOrderOf(identity), { explicitVr: false, text: 'gb18030' })
      expect(whoIsIn(bare).length).toBeGreaterThan(5)
      expect(whoIsIn(bare)).toEqual(expect.arrayContaining(['2.25.100', '2.25.777']))
      const file = fileOf(await anonymous(syntax.endsWith('99') ? deflateRawSync(bare) : bare, syntax))
      expect(whoIsIn(file)).toEqual([])
      const found = read(file)
      expect(found.elements.kind).toBe('whole')
      expect(found.pixels.equals(pixels)).toBe(true)
      expect(found.values.text(0x00100020)).toBe('ANON0001')
      expect(found.values.personName(0x00100010)).toBe('ANONYMOUS')
      expect(found.values.text(0x00120062)).toBe('YES')
      expect(found.values.items(0x00120064)[0]?.text(0x00080100)).toBe('113100')
      expect(found.values.text(0x00280303)).toBe('REMOVED')
      expect(found.values.tags().filter((tag) => Math.floor(tag / 0x10000) % 2 === 1)).toEqual([])
      expect(
        [0x00080020, 0x00100030, 0x00080050].map((tag) => [found.values.has(tag), found.values.text(tag)]),
      ).toEqual([
        [true, ''],
        [true, ''],
        [true, ''],
      ])
      expect(found.values.number(0x00281050)).toBe(40)
    },
  )

  test('keeps its references within one export, and nobody finds the way back from another', async () => {
    const bytes = () => smallObject(identity, '2.25.888').dataSet
    const first = read(fileOf(await anonymous(bytes())))
    const again = read(fileOf(await anonymous(bytes())))
    const other = read(fileOf(await anonymous(bytes(), undefined, 'another export')))
    const uids = (of: typeof first) =>
      [0x00080018, 0x0020000d, 0x0020000e, 0x00200052].map((tag) => of.values.text(tag))
    expect(uids(first)).toEqual(uids(again))
    expect(uids(first).filter((uid) => uids(other).includes(uid))).toEqual([])
    expect(new Set(uids(first)).size).toBe(4)
    const reference = first.values.items(0x00081140)[0]!
    expect(reference.text(0x00081155)).toBe(first.values.text(0x00200052))
    expect(reference.text(0x00081150)).toBe('1.2.840.10008.5.1.4.1.1.2')
    expect(first.object.sopInstanceUid).toBe(first.values.text(0x00080018))
  })

  test('says when something may be burned in', async () => {
    const burned = async (value: string) =>
      (await anonymous(smallObject([{ tag: 0x00280301, vr: 'CS', value }]).dataSet)).mayBeBurnedIn
    expect([await burned('NO'), await burned('YES'), await burned('')]).toEqual([false, true, true])
  })

  test('is not made of an object without pixels', async () => {
    const object = smallObject()
    const bare = encodeDataSet([{ tag: 0x00080018, vr: 'UI', value: object.sopInstanceUid }], {
      explicitVr: true,
      text: 'ascii',
    })
    expect(await anonymise(store.put(bare), how())).toMatchObject({ kind: 'cannot' })
  })

  test('is not made of one whose pixels are cut short: half of it would break the whole export', async () => {
    const { dataSet } = smallObject(identity.filter(({ tag }) => tag <= pixelData))
    const cut = dataSet.subarray(0, -5)
    expect(await anonymise(store.put(cut), how())).toMatchObject({ kind: 'cannot' })
    expect(await anonymise(store.put(deflateRawSync(cut), '1.2.840.10008.1.2.1.99'), how())).toMatchObject({
      kind: 'cannot',
    })
  })

  test('keeps compressed fragments byte by byte, and nothing that stood behind them', async () => {
    const fragments = Buffer.concat([
      Buffer.from('feff00e000000000', 'hex'),
      Buffer.from('feff00e004000000', 'hex'),
      Buffer.from([0xff, 0xd8, 0xff, 0xd9]),
      Buffer.from('feffdde000000000', 'hex'),
    ])
    const before = smallObject([...identity.filter(({ tag }) => tag < pixelData)]).dataSet
    const head = before.subarray(0, before.indexOf(Buffer.from('e07f1000', 'hex')))
    const undefinedLength = Buffer.from('e07f10004f420000ffffffff', 'hex')
    const behind = Buffer.from('fcfffcff4f4200000a000000', 'hex')
    const dataSet = Buffer.concat([head, undefinedLength, fragments, behind, Buffer.from('ZHANG SAN ')])
    const file = fileOf(await anonymous(dataSet, '1.2.840.10008.1.2.4.50'))
    expect(file.subarray(-fragments.length).equals(fragments)).toBe(true)
    expect(whoIsIn(file)).toEqual([])
  })
})

const inOrderOf = (elements: readonly ElementToWrite[]): ElementToWrite[] => {
  const own = new Set(elements.map(({ tag }) => tag))
  const base: ElementToWrite[] = [
    { tag: 0x00080005, vr: 'CS', value: 'GB18030' },
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' },
    { tag: 0x00080018, vr: 'UI', value: '2.25.100' },
    { tag: 0x00100010, vr: 'PN', value: 'ZHANG^SAN=张^三' },
    { tag: 0x00100020, vr: 'LO', value: 'P26000001' },
  ]
  return [...base.filter(({ tag }) => !own.has(tag)), ...elements]
}

describeWith(['dcmtk'], 'beside dcmdump', () => {
  test('an anonymised file reads without a word of complaint', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yingzhan-anonymous-'))
    for (const [name, syntax] of syntaxes) {
      const dataSet =
        name === 'implicit'
          ? encodeDataSet(inOrderOf(identity), { explicitVr: false, text: 'gb18030' })
          : smallObject(identity).dataSet
      const path = join(folder, `${name}.dcm`)
      writeFileSync(path, fileOf(await anonymous(name === 'deflated' ? deflateRawSync(dataSet) : dataSet, syntax)))
      const told = spawnSync('dcmdump', ['-q', '+L', path], { encoding: 'utf8' })
      const loud = spawnSync('dcmdump', ['-v', path], { encoding: 'utf8' })
      expect([name, told.status, loud.stderr.split('\n').filter((line) => /^[WE]:/.test(line))]).toEqual([name, 0, []])
      expect(told.stdout).toContain('DeidentificationMethodCodeSequence')
    }
    rmSync(folder, { recursive: true, force: true })
  })
})
