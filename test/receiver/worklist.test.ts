import { describe, expect, test } from 'vitest'
import { answerWorklist, readWorklistQuery, scopeOf } from '../../electron/station/receiver/worklist.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { matchesKey } from '../../shared/dicom/match-key.ts'
import { worklistItem } from './receiver-for-tests.ts'

const implicit = '1.2.840.10008.1.2'
const ct1 = { aeTitle: 'CT1', characterSet: 'gb18030' } as const

function ask(
  keys: readonly ElementToWrite[],
  step: readonly ElementToWrite[] = [],
  items = [worklistItem()],
): Buffer[] {
  const bytes = encodeDataSet([...keys, { tag: 0x00400100, vr: 'SQ', value: [step] }], {
    explicitVr: false,
    text: 'gb18030',
  })
  const query = readWorklistQuery(bytes, implicit, 'gb18030')!
  return answerWorklist(query, items, ct1, { explicitVr: false, most: 500 })
}
const found = (tag: number, vr: string, value: string) => ask([{ tag, vr, value }]).length === 1
const foundByStep = (tag: number, vr: string, value: string) => ask([], [{ tag, vr, value }]).length === 1

describe('one key, PS3.4 C.2.2.2', () => {
  test('an empty key matches everything', () => {
    expect(matchesKey('LO', '', 'x')).toBe(true)
    expect(matchesKey('PN', '*', '')).toBe(true)
  })
  test('a single value is exact', () => {
    expect(matchesKey('LO', 'P1', 'P1')).toBe(true)
    expect(matchesKey('LO', 'p1', 'P1')).toBe(false)
    expect(matchesKey('LO', 'P', 'P1')).toBe(false)
  })
  test('wildcards, and the signs of patterns as plain signs', () => {
    expect(matchesKey('LO', 'P*1', 'P26001')).toBe(true)
    expect(matchesKey('LO', 'P?', 'P1')).toBe(true)
    expect(matchesKey('LO', 'P?', 'P12')).toBe(false)
    expect(matchesKey('LO', 'a.c(+', 'a.c(+')).toBe(true)
    expect(matchesKey('LO', 'a.c', 'abc')).toBe(false)
  })
  test('ranges of dates and times', () => {
    expect(matchesKey('DA', '20261120-20261122', '20261121')).toBe(true)
    expect(matchesKey('DA', '-20261120', '20261121')).toBe(false)
    expect(matchesKey('DA', '20261121-', '20261121')).toBe(true)
    expect(matchesKey('DA', '20261120', '20261121')).toBe(false)
    expect(matchesKey('TM', '08-12', '1159')).toBe(true)
    expect(matchesKey('TM', '0800-1200', '120059')).toBe(true)
    expect(matchesKey('TM', '080000.000-115959.999', '120000')).toBe(false)
    for (const key of ['-1200', '0000-1200', '00']) expect([key, matchesKey('TM', key, '')]).toEqual([key, false])
    expect(matchesKey('DA', '-20261120', '')).toBe(false)
  })
  test('a list of UIDs', () => {
    expect(matchesKey('UI', '1.2\\1.3', '1.3')).toBe(true)
    expect(matchesKey('UI', '1.2\\1.3', '1.4')).toBe(false)
  })
  test('names by either group, without regard to case and to what stands between the parts', () => {
    const name = 'ZHANG^SAN=张^三'
    for (const key of [
      'ZHANG^SAN',
      'zhang*',
      'Zhang San',
      '张*',
      '张三',
      '*三',
      '张^三',
      'ZHANG^SAN=张^三',
      '张?',
      'zhang^san^^^',
    ]) {
      expect([key, matchesKey('PN', key, name)]).toEqual([key, true])
    }
    for (const key of ['ZHANG', '李*', 'ZHANG^SAN=李^四', '张'])
      expect([key, matchesKey('PN', key, name)]).toEqual([key, false])
  })
})

describe('a worklist question', () => {
  test('by each key that devices use', () => {
    expect(found(0x00100020, 'LO', 'P26000001')).toBe(true)
    expect(found(0x00100020, 'LO', 'P2')).toBe(false)
    expect(found(0x00080050, 'SH', 'DR2611210001')).toBe(true)
    expect(found(0x0020000d, 'UI', '2.25.4711')).toBe(true)
    expect(found(0x00100010, 'PN', '张*')).toBe(true)
    expect(foundByStep(0x00080060, 'CS', 'DR')).toBe(true)
    expect(foundByStep(0x00080060, 'CS', 'CT')).toBe(false)
    expect(foundByStep(0x00400002, 'DA', '20261121')).toBe(true)
    expect(foundByStep(0x00400002, 'DA', '20261122-')).toBe(false)
  })
  test('finds an exam for any device of its kind under every AE title, and one for a device under its own', () => {
    expect(foundByStep(0x00400001, 'AE', 'CT1')).toBe(true)
    const bound = [worklistItem({}, { scheduledAeTitle: 'DR9' })]
    expect(ask([], [{ tag: 0x00400001, vr: 'AE', value: 'CT1' }], bound)).toHaveLength(0)
    expect(ask([], [{ tag: 0x00400001, vr: 'AE', value: 'DR9' }], bound)).toHaveLength(1)
  })
  test('takes DX and DR for the same devices', () => expect(foundByStep(0x00080060, 'CS', 'DX')).toBe(true))

  test('names the days of its range in China time, so that not every exam there ever was is handed out', () => {
    const keys = (value: string) =>
      scopeOf({ request: new Map(), step: new Map([[0x00400002, value]]), characterSet: '' })
    expect(keys('20261120-20261121')).toEqual({ fromDay: '2026-11-20', toDay: '2026-11-21' })
    expect(keys('20261121')).toEqual({ fromDay: '2026-11-21', toDay: '2026-11-21' })
    expect(keys('-20261121')).toEqual({ fromDay: undefined, toDay: '2026-11-21' })
    expect(keys('')).toEqual({ fromDay: undefined, toDay: undefined })
  })

  test('names the one exam whose whole number it asks for', () => {
    const number = (value: string) =>
      scopeOf({ request: new Map([[0x00080050, value]]), step: undefined, characterSet: '' }).accessionNumber
    expect(['DR1 ', '', 'DR*', 'DR?', 'A\\B'].map(number)).toEqual(['DR1', undefined, undefined, undefined, undefined])
  })
})

test('bytes that are no identifier are said to be none', () => {
  expect(readWorklistQuery(Buffer.from('no identifier at all'), implicit, 'gb18030')).toBeUndefined()
})

describe('a worklist answer', () => {
  test('holds what was asked for and nothing else', () => {
    const [answer] = ask([{ tag: 0x00100020, vr: 'LO', value: '' }], [{ tag: 0x00400009, vr: 'SH', value: '' }])
    expect(answer!.toString('latin1')).toContain('P26000001')
    expect(answer!.toString('latin1')).not.toContain('19880305')
  })
  test('is in GB18030 for one device, in UTF-8 for another, in Latin letters for a third', () => {
    const query = readWorklistQuery(
      encodeDataSet(
        [
          { tag: 0x00100010, vr: 'PN', value: '' },
          { tag: 0x00321060, vr: 'LO', value: '' },
        ],
        {
          explicitVr: false,
          text: 'ascii',
        },
      ),
      implicit,
      'gb18030',
    )!
    const answerFor = (characterSet: 'gb18030' | 'utf-8' | 'pinyin') =>
      answerWorklist(query, [worklistItem()], { aeTitle: 'CT1', characterSet }, { explicitVr: false, most: 9 })[0]!
    const gb = answerFor('gb18030')
    expect(gb.includes(Buffer.from([0xd5, 0xc5, 0x5e, 0xc8, 0xfd]))).toBe(true)
    expect(gb.includes('GB18030')).toBe(true)
    const utf8 = answerFor('utf-8')
    expect(utf8.includes('张^三') && utf8.includes('ISO_IR 192') && utf8.includes('胸部正位')).toBe(true)
    const latin = answerFor('pinyin')
    expect(latin.every((byte) => byte < 0x80)).toBe(true)
    expect(latin.toString('latin1')).toMatch(/ZHANG\^SAN/i)
  })
})
