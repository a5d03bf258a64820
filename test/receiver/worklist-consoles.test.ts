import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerWorklist, readWorklistQuery } from '../../electron/station/receiver/worklist.ts'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { type ElementValues, valuesOf } from '../../shared/dicom/element-values.ts'
import { readElements } from '../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf } from '../../shared/dicom/transfer-syntax.ts'
import { describeWith } from '../peers.ts'
import { device, openReceiver, run, type TestReceiver, worklistItem } from './receiver-for-tests.ts'

const implicit = '1.2.840.10008.1.2'
const asDevice = { aeTitle: 'CT1', characterSet: 'gb18030' } as const

/** Bytes as they stand on the line: group, element, length, value, all implicit VR little endian. */
function element(tag: number, value: string | Buffer, length?: number): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value
  const head = Buffer.alloc(8)
  head.writeUInt16LE(tag >>> 16, 0)
  head.writeUInt16LE(tag & 0xffff, 2)
  head.writeUInt32LE(length ?? bytes.length, 4)
  return Buffer.concat([head, bytes])
}
const undefinedLength = 0xffffffff
const itemEnd = element(0xfffee00d, '')
const sequenceEnd = element(0xfffee0dd, '')
const openItem = (...inner: Buffer[]) => Buffer.concat([element(0xfffee000, '', undefinedLength), ...inner, itemEnd])
const openSequence = (tag: number, ...items: Buffer[]) =>
  Buffer.concat([element(tag, '', undefinedLength), ...items, sequenceEnd])

function answersTo(identifier: Buffer, items = [worklistItem()]): ElementValues[] {
  const query = readWorklistQuery(identifier, implicit, 'gb18030')!
  return answerWorklist(query, items, asDevice, { explicitVr: false, most: 500 }).map((bytes) => {
    const encoding = dataSetEncodingOf(implicit)
    const read = readElements(bytes, encoding)
    expect(read.kind).toBe('whole')
    return valuesOf(bytes, read.elements, encoding)
  })
}

describe('questions as consoles write them', () => {
  test('sequences and items of undefined length, group lengths, and blanks at the end', () => {
    const identifier = Buffer.concat([
      element(0x00080000, Buffer.from([20, 0, 0, 0])),
      element(0x00080005, 'ISO_IR 100'),
      element(0x00080050, ''),
      element(0x00100010, '* '),
      element(0x00100020, 'P26000001   '),
      openSequence(
        0x00400100,
        openItem(
          element(0x00080060, 'DR'),
          element(0x00400001, 'CT1   '),
          element(0x00400002, '20261120-20261122 '),
          openSequence(0x00400008, openItem(element(0x00080100, ''), element(0x00080104, ''))),
        ),
      ),
    ])
    const [answer] = answersTo(identifier)
    expect(answer?.text(0x00080050)).toBe('DR2611210001')
    const [step] = answer!.items(0x00400100)
    expect(step?.text(0x00400001)).toBe('CT1')
    expect(step?.items(0x00400008)[0]?.text(0x00080100)).toBe('DR001')
  })

  test('an empty step sequence, and one with an empty item, ask for the whole step', () => {
    for (const sequence of [element(0x00400100, ''), openSequence(0x00400100, openItem()), openSequence(0x00400100)]) {
      const [answer] = answersTo(Buffer.concat([element(0x00100020, ''), sequence]))
      const [step] = answer!.items(0x00400100)
      expect(step?.text(0x00400002)).toBe('20261121')
      expect(step?.text(0x00400020)).toBe('SCHEDULED')
      expect(step?.text(0x00400001)).toBe('CT1')
    }
  })

  test('every key that was asked for comes back: known ones with their value, the others empty', () => {
    const wanted = [
      0x00080051, 0x00080080, 0x00081110, 0x00081120, 0x00100021, 0x00101000, 0x00101001, 0x00101010, 0x00102000,
      0x00102110, 0x001021b0, 0x001021c0, 0x00104000, 0x00321064, 0x00380010, 0x00380050, 0x00380300, 0x00380500,
      0x00401003, 0x00401004, 0x00401005, 0x0040100a, 0x00402016, 0x00402017, 0x00403001,
    ]
    const [answer] = answersTo(Buffer.concat(wanted.map((tag) => element(tag, ''))))
    expect(answer?.tags().filter((tag) => tag !== 0x00080005)).toEqual(wanted)
    expect(answer?.text(0x00101010)).toBe('038Y')
    expect(answer?.text(0x00402017)).toBe('DR2611210001')
    expect(answer?.items(0x00321064)[0]?.text(0x00080104)).toBe('胸部正位')
    for (const tag of [0x00081110, 0x00100021, 0x001021c0, 0x00380050]) expect(answer?.text(tag)).toBe('')
  })

  test('a private key is no reason to find nothing, and is not answered', () => {
    const [answer] = answersTo(Buffer.concat([element(0x00090010, 'GEMS_IDEN_01'), element(0x00100020, '')]))
    expect(answer?.text(0x00100020)).toBe('P26000001')
    expect(answer?.has(0x00090010)).toBe(false)
  })

  test('an item code that is no code of DICOM leaves its sequence empty', () => {
    const items = [worklistItem({}, { itemCode: '胸部正位项目' })]
    const [answer] = answersTo(element(0x00321064, ''), items)
    expect(answer?.has(0x00321064)).toBe(true)
    expect(answer?.items(0x00321064)).toEqual([])
  })

  describe('the state of the step', () => {
    const items = [worklistItem(), { ...worklistItem({}, { accessionNumber: 'DR2' }), isStarted: true }]
    const stateKey = (value: string) => openSequence(0x00400100, openItem(element(0x00400020, value)))
    const ask = (value: string) =>
      answersTo(Buffer.concat([element(0x00080050, ''), stateKey(value)]), items).map((answer) => [
        answer.text(0x00080050),
        answer.items(0x00400100)[0]?.text(0x00400020),
      ])
    test('is matched: what is begun is STARTED, the rest SCHEDULED', () => {
      expect(ask('SCHEDULED ')).toEqual([['DR2611210001', 'SCHEDULED']])
      expect(ask('STARTED ')).toEqual([['DR2', 'STARTED']])
      expect(ask('')).toHaveLength(2)
    })
    test('is answered by ARRIVED or READY to a device that looks for these', () => {
      expect(ask('ARRIVED ')).toEqual([['DR2611210001', 'ARRIVED']])
      expect(ask('READY ')).toEqual([['DR2611210001', 'READY']])
      expect(ask('DEPARTED')).toEqual([])
    })
  })
})

/** Query files of dcmtk, each in the manner of a maker's console; `finds`: accession numbers. */
const consoles: readonly { readonly maker: string; readonly dump: string; readonly finds: readonly string[] }[] = [
  {
    maker: 'GE: its own AE title, modality, today as a range, codes within the step',
    finds: ['CT2611220001'],
    dump: `(0008,0005) CS [ISO_IR 100]
(0008,0050) SH
(0008,0090) PN
(0008,1110) SQ
(fffe,e000) -
(0008,1150) UI
(0008,1155) UI
(fffe,e00d) -
(fffe,e0dd) -
(0010,0010) PN [*]
(0010,0020) LO
(0010,0030) DA
(0010,0040) CS
(0010,1030) DS
(0010,2000) LO
(0010,21c0) US
(0020,000d) UI
(0032,1060) LO
(0032,1064) SQ
(fffe,e000) -
(0008,0100) SH
(0008,0102) SH
(0008,0104) LO
(fffe,e00d) -
(fffe,e0dd) -
(0040,0100) SQ
(fffe,e000) -
(0008,0060) CS [CT]
(0040,0001) AE [CT1]
(0040,0002) DA [20261122-20261122]
(0040,0003) TM
(0040,0006) PN
(0040,0007) LO
(0040,0008) SQ
(fffe,e000) -
(0008,0100) SH
(0008,0102) SH
(0008,0104) LO
(fffe,e00d) -
(fffe,e0dd) -
(0040,0009) SH
(fffe,e00d) -
(fffe,e0dd) -
(0040,1001) SH
(0040,1003) SH
`,
  },
  {
    maker: 'Siemens: only the modality, everything of the patient and the visit',
    finds: ['DR2611210001'],
    dump: `(0008,0050) SH
(0008,0080) LO
(0008,1120) SQ
(fffe,e0dd) -
(0010,0010) PN
(0010,0020) LO
(0010,0021) LO
(0010,1000) LO
(0010,1010) AS
(0010,1020) DS
(0010,2110) LO
(0010,4000) LT
(0020,000d) UI
(0032,1032) PN
(0032,1033) LO
(0038,0010) LO
(0038,0050) LO
(0038,0300) LO
(0038,0500) LO
(0040,0100) SQ
(fffe,e000) -
(0008,0060) CS [DX]
(0040,0001) AE
(0040,0002) DA
(0040,0010) SH
(0040,0020) CS
(fffe,e00d) -
(fffe,e0dd) -
(0040,1004) LO
(0040,2016) LO
(0040,2017) LO
(0040,3001) LO
`,
  },
  {
    maker: 'Philips: a step with an empty item, an accession number with a wildcard',
    finds: ['CT2611220001'],
    dump: `(0008,0005) CS [GB18030]
(0008,0050) SH [CT26*]
(0010,0010) PN
(0040,0100) SQ
(fffe,e000) -
(fffe,e00d) -
(fffe,e0dd) -
`,
  },
  {
    maker: 'a domestic DR: nothing but a range of days',
    finds: ['CT2611220001', 'DR2611210001'],
    dump: `(0010,0010) PN
(0010,0020) LO
(0008,0050) SH
(0040,0100) SQ
(fffe,e000) -
(0040,0002) DA [20261101-20261130]
(0008,0060) CS
(fffe,e00d) -
(fffe,e0dd) -
`,
  },
]

describeWith(['dcmtk'], 'findscu with the query files of consoles', () => {
  let station: TestReceiver
  let folder: string
  beforeAll(async () => {
    const ct = worklistItem(
      { name: '李四', namePinyin: 'LI SI', patientId: 'P26000002' },
      { accessionNumber: 'CT2611220001', modality: 'CT', scheduledAt: Date.parse('2026-11-22T08:00:00+08:00') },
    )
    station = await openReceiver({ items: [worklistItem(), ct], devices: [device('CT1')] })
    folder = mkdtempSync(join(tmpdir(), 'yingzhan-consoles-'))
  })
  afterAll(async () => {
    await station.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test.each(consoles)('$maker', async ({ dump, finds }) => {
    const [text, file] = [join(folder, 'query.txt'), join(folder, 'query.dcm')]
    writeFileSync(text, dump)
    for (const lengths of ['+e', '-e']) {
      const made = await run('dump2dcm', '-F', lengths, text, file)
      expect(made.output).not.toMatch(/^E:/m)
      const address = ['-aet', 'CT1', '-aec', 'YINGZHAN', station.station.host, String(station.station.port)]
      const { code, output } = await run('findscu', '-W', ...address, file)
      expect(code).toBe(0)
      expect([...output.matchAll(/\(0008,0050\) SH \[([^\]]+?) *\]/g)].map((found) => found[1]).sort()).toEqual(finds)
      const asked = [...dump.matchAll(/^\((\w{4},\w{4})\)/gm)]
        .map((line) => line[1]!)
        .filter((tag) => !tag.startsWith('fffe'))
      for (const tag of asked.filter((one) => one !== '0008,1150' && one !== '0008,1155'))
        expect(output).toContain(`(${tag})`)
    }
  })
})

test('a question in explicit VR is answered in explicit VR, empty keys in the VR of the standard', () => {
  const explicit = '1.2.840.10008.1.2.1'
  const identifier = encodeDataSet(
    [
      { tag: 0x001021c0, vr: 'US', value: [] },
      { tag: 0x00081110, vr: 'SQ', value: [] },
      { tag: 0x00380050, vr: 'LO', value: '' },
    ],
    { explicitVr: true, text: 'ascii' },
  )
  const query = readWorklistQuery(identifier, explicit, 'gb18030')!
  const [answer] = answerWorklist(query, [worklistItem()], asDevice, { explicitVr: true, most: 9 })
  const read = readElements(answer!, dataSetEncodingOf(explicit))
  expect(read.kind).toBe('whole')
  expect([...read.elements].map(([tag, { vr }]) => [tag, vr])).toEqual([
    [0x00080005, 'CS'],
    [0x00081110, 'SQ'],
    [0x001021c0, 'US'],
    [0x00380050, 'LO'],
  ])
})
