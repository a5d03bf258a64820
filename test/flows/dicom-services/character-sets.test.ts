import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWith } from '../../peers.ts'
import { callArguments, dcmtk, findWith, textOf } from '../../stand-ins/dcmtk.ts'
import { type StationForTests, startStation } from '../../stand-ins/station-for-tests.ts'

const names = ['张伟', '欧阳修', '买买提·艾力', '㐱䶮', '李小龙'] as const
const itemName = '胸部CT平扫'

/** What a device of each set is told, and how its bytes are to be read by what they declare (PS3.3 C.12.1.1.2, PS3.5 6.1). */
const sets = {
  'utf-8': { declared: 'ISO_IR 192', encoding: 'utf-8', shows: [...names] },
  gb18030: { declared: 'GB18030', encoding: 'gb18030', shows: [...names] },
  gbk: { declared: 'GBK', encoding: 'gbk', shows: ['张伟', '欧阳修', '买买提·艾力', undefined, '李小龙'] },
  'iso-2022-ir-58': {
    declared: '\\ISO 2022 IR 58',
    encoding: 'gbk',
    shows: ['张伟', '欧阳修', '买买提·艾力', undefined, '李小龙'],
  },
  'latin-1': { declared: 'ISO_IR 100', encoding: 'latin1', shows: names.map(() => undefined) },
  pinyin: { declared: '', encoding: 'latin1', shows: names.map(() => undefined) },
} as const
type Set = keyof typeof sets

/** One value of dcmdump's lines, its bytes. */
function bytesOf(dump: Buffer, tag: string): Buffer {
  const line = dump
    .toString('latin1')
    .split('\n')
    .find((one) => one.trimStart().startsWith(`(${tag})`))
  return Buffer.from(/\[(.*)\]/s.exec(line ?? '')?.[1] ?? '', 'latin1')
}

/** Code extensions of ISO 2022 IR 58: ESC $ ) A puts GB 2312 into G1, PS3.5 6.1.2.5. */
function decoded(bytes: Buffer, { encoding, declared }: (typeof sets)[Set]): string {
  if (encoding === 'latin1') return bytes.toString('latin1')
  const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
  return declared.endsWith('IR 58') ? text.replaceAll('\x1b$)A', '') : text
}

describeWith(['dcmtk'], 'what a device is told in its own character set', () => {
  let station: StationForTests
  beforeAll(async () => {
    station = await startStation()
    for (const characterSet of Object.keys(sets) as Set[])
      await station.api.deviceCreate({
        body: { name: characterSet, aeTitle: characterSet.toUpperCase().slice(0, 16), characterSet },
      })
    for (const name of names)
      await station.api.examRegister({
        body: {
          patient: { name, sex: 'M', birthDate: '1980-01-01' },
          exam: { modality: 'CT', itemCode: 'C1', itemName, applyDoctor: { code: '1', name: '李医生' } },
        },
      })
  })
  afterAll(() => station.stop())

  const keys = ['0008,0005', '0010,0010', '0008,0050', '0008,0090', '0032,1060', '0040,0100']

  test.each(Object.keys(sets) as Set[])('%s: the bytes say the name, and dcmtk reads the same', async (name) => {
    const set = sets[name]
    const folderless = await dcmtk('findscu', [
      '-v',
      '-W',
      ...callArguments(name.toUpperCase(), station.dicom),
      ...keys.flatMap((key) => ['-k', key]),
    ])
    // findscu prints the bytes as they came: one block an answer.
    const blocks = folderless.output.split('Find Response').slice(1)
    expect(blocks).toHaveLength(names.length + 1)
    const read = await findWith('-W', name.toUpperCase(), station.dicom, keys)
    const seen = blocks.slice(0, names.length).map((block, index) => {
      const lines = Buffer.from(block.replaceAll('I: ', ''), 'latin1')
      expect(bytesOf(lines, '0008,0005').toString('latin1').trim()).toBe(set.declared)
      const whole = decoded(bytesOf(lines, '0010,0010'), set).trim()
      const procedure = decoded(bytesOf(lines, '0032,1060'), set).trim()
      expect(procedure.length).toBeGreaterThan(0)
      if (set.encoding === 'latin1') expect(procedure).toMatch(/^[A-Z ]+$/)
      else expect(procedure).toBe(itemName)
      const byDcmtk = read.answers[index]!.json
      // dcmtk's table of GB 2312 has the katakana dot where the clinic writes the middle one; both are A1 A4.
      expect(textOf(byDcmtk, '00100010').replace('・', '·')).toBe(whole)
      expect(whole).not.toMatch(/[?\ufffd]/)
      expect(whole.split('=')[0]).toMatch(/^[A-Za-z]+[\^ ]?[A-Za-z]*$/)
      return whole.split('=')[1]?.replaceAll('^', '')
    })
    expect(seen).toEqual(set.shows)
  })
})
