import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { coerceElements, type WantedElements } from '../../electron/station/uploads/coerce-copy.ts'
import { dataSetEncodingOf } from '../../shared/dicom/transfer-syntax.ts'
import { innerTexts, readBack } from './read-back.ts'
import { dataSet, imageElements, type Syntax, syntaxes, type TestElement } from './synthetic-data-set.ts'

const wanted: WantedElements = {
  AccessionNumber: 'DR2611210001',
  PatientName: 'Zhang^San=张^三',
  PatientID: 'P26000001',
  PatientBirthDate: '19800229',
  PatientSex: 'M',
}
const stamp = { at: Date.parse('2026-11-21T08:00:00+08:00'), system: 'YINGZHAN' }
const changedTags = ['x00080050', 'x00100010', 'x00100020', 'x00100030', 'x00100040', 'x04000561']

function coerce(bytes: Buffer, syntax: Syntax, want = wanted, whole = true) {
  return coerceElements(bytes, dataSetEncodingOf(syntaxes[syntax]), whole, want, stamp)
}

/** The whole copy, or a failed test. */
function copyOf(bytes: Buffer, syntax: Syntax, want = wanted) {
  const coercion = coerce(bytes, syntax, want)
  if (coercion.kind !== 'coerced') throw new Error(`not coerced: ${coercion.kind}`)
  return { bytes: Buffer.concat([coercion.head, bytes.subarray(coercion.rest)]), changes: coercion.changes }
}

function valueIn(bytes: Buffer, syntax: Syntax, tag: string): Buffer {
  return Buffer.from(readBack(bytes, syntax).get(tag)?.bytes ?? '', 'hex')
}
const textOf = (bytes: Buffer, syntax: Syntax, tag: string) => valueIn(bytes, syntax, tag).toString('latin1').trimEnd()
const inCharacterSet = (term: string, more: readonly TestElement[] = []) =>
  imageElements('explicit', [{ tag: 0x00080005, vr: 'CS', value: term }, ...more])

describe('a copy in any syntax', () => {
  test.each(['explicit', 'implicit', 'bigEndian', 'jpeg'] as const)(
    '%s: says whose exam it is, all else stays',
    (syntax) => {
      const original = dataSet(imageElements(syntax), syntax)
      const copy = copyOf(original, syntax)
      expect(textOf(copy.bytes, syntax, 'x00080050')).toBe('DR2611210001')
      expect(textOf(copy.bytes, syntax, 'x00100020')).toBe('P26000001')
      expect(textOf(copy.bytes, syntax, 'x00100030')).toBe('19800229')
      expect(textOf(copy.bytes, syntax, 'x00100040')).toBe('M')
      const [before, after] = [readBack(original, syntax), readBack(copy.bytes, syntax)]
      for (const [tag, element] of before) if (!changedTags.includes(tag)) expect(after.get(tag)).toEqual(element)
      expect([...after.keys()].filter((tag) => !before.has(tag))).toEqual(['x04000561'])
      expect(copy.changes.map((change) => change.element)).toEqual([
        'AccessionNumber',
        'PatientName',
        'PatientID',
        'PatientBirthDate',
        'PatientSex',
      ])
    },
  )

  test('from the first later element on, the bytes are those of the original', () => {
    const original = dataSet(imageElements('jpeg'), 'jpeg')
    const coercion = coerce(original, 'jpeg')
    const pixels = original.indexOf(Buffer.from('e07f1000', 'hex'))
    expect(coercion).toMatchObject({ kind: 'coerced', rest: pixels })
  })

  test.each(['explicit', 'implicit', 'bigEndian', 'jpeg'] as const)(
    '%s: another StudyInstanceUID is replaced and kept, what the image refers to stays',
    (syntax) => {
      const referenced = { tag: 0x00081110, vr: 'SQ', value: [[{ tag: 0x00081155, vr: 'UI', value: '1.2.3.4.5' }]] }
      const original = dataSet(imageElements(syntax, [referenced]), syntax)
      const copy = copyOf(original, syntax, { StudyInstanceUID: '2.25.77' })
      expect(valueIn(copy.bytes, syntax, 'x0020000d')).toEqual(Buffer.from('2.25.77\0', 'latin1'))
      expect(copy.changes).toEqual([{ element: 'StudyInstanceUID', from: '1.2.3.4.5', to: '2.25.77' }])
      expect(innerTexts(copy.bytes, syntax, 'x04000561', 'x04000550')).toEqual({ x0020000d: '1.2.3.4.5' })
      const [before, after] = [readBack(original, syntax), readBack(copy.bytes, syntax)]
      for (const tag of ['x00081110', 'x0020000e', 'x00080018']) expect(after.get(tag)).toEqual(before.get(tag))
      expect(coerce(copy.bytes, syntax, { StudyInstanceUID: '2.25.77' })).toEqual({ kind: 'same' })
    },
  )

  test('original values are kept in OriginalAttributesSequence', () => {
    const copy = copyOf(dataSet(imageElements('explicit'), 'explicit'), 'explicit')
    expect(innerTexts(copy.bytes, 'explicit', 'x04000561', 'x04000550')).toEqual({
      x00080050: 'OLD1',
      x00100010: 'LI^SI',
      x00100020: 'X9',
      x00100030: '19700101',
      x00100040: 'F',
    })
  })

  test('an item is added to an OriginalAttributesSequence that is there already', () => {
    const history: TestElement = {
      tag: 0x04000561,
      vr: 'SQ',
      value: [[{ tag: 0x04000563, vr: 'LO', value: 'OTHER SYSTEM' }]],
      undefinedLength: true,
    }
    for (const syntax of ['explicit', 'implicit'] as const) {
      for (const undefinedLength of [true, false]) {
        const original = dataSet(imageElements(syntax, [{ ...history, undefinedLength }]), syntax)
        const copy = copyOf(original, syntax)
        expect(innerTexts(copy.bytes, syntax, 'x04000561', 'x04000550')).toMatchObject({ x00080050: 'OLD1' })
        expect(copy.bytes.includes('OTHER SYSTEM')).toBe(true)
      }
    }
  })

  test('a missing AccessionNumber is put in its place', () => {
    const elements = imageElements('explicit').filter((element) => element.tag !== 0x00080050)
    const copy = copyOf(dataSet(elements, 'explicit'), 'explicit')
    const tags = [...readBack(copy.bytes, 'explicit').keys()]
    expect(tags).toEqual([...tags].sort())
    expect(textOf(copy.bytes, 'explicit', 'x00080050')).toBe('DR2611210001')
    expect(copy.changes[0]).toEqual({ element: 'AccessionNumber', from: '', to: 'DR2611210001' })
  })

  test('elements that all agree leave the original byte for byte', () => {
    const original = dataSet(
      imageElements('explicit', [
        { tag: 0x00080005, vr: 'CS', value: 'GB18030' },
        { tag: 0x00080050, vr: 'SH', value: 'DR2611210001' },
        { tag: 0x00100010, vr: 'PN', value: even(iconv.encode('ZHANG^SAN^^=张^三', 'gb18030')) },
        { tag: 0x00100020, vr: 'LO', value: 'P26000001' },
        { tag: 0x00100030, vr: 'DA', value: '19800229' },
        { tag: 0x00100040, vr: 'CS', value: 'M' },
      ]),
      'explicit',
    )
    expect(coerce(original, 'explicit')).toEqual({ kind: 'same' })
  })

  test('group lengths of changed groups go, those of other groups stay', () => {
    const groupLength = (tag: number) => ({ tag, vr: 'UL', value: Buffer.from([99, 0, 0, 0]) })
    const more = [groupLength(0x00080000), groupLength(0x00100000), groupLength(0x00280000), groupLength(0x00080001)]
    const copy = copyOf(dataSet(imageElements('explicit', more), 'explicit'), 'explicit')
    const tags = readBack(copy.bytes, 'explicit')
    expect(tags.has('x00080000') || tags.has('x00080001') || tags.has('x00100000')).toBe(false)
    expect(tags.has('x00280000')).toBe(true)
  })

  test('more bytes are asked for when the header is longer than the bytes at hand', () => {
    const original = dataSet(imageElements('explicit'), 'explicit')
    for (let length = 0; length < original.length - 30; length += 7) {
      expect(coerce(original.subarray(0, length), 'explicit', wanted, false).kind).toBe('needs-more')
    }
  })

  test('a data set that is cut, or whose elements are out of order, is not sent', () => {
    const original = dataSet(imageElements('explicit'), 'explicit')
    expect(coerce(original.subarray(0, 60), 'explicit').kind).toBe('malformed')
    const elements = [...imageElements('explicit')]
    const hidden = [...elements, { tag: 0x00100010, vr: 'PN', value: 'WANG^WU' }].slice(-1)
    expect(
      coerce(dataSet([...elements.slice(0, 15), ...hidden, ...elements.slice(15)], 'explicit'), 'explicit').kind,
    ).toBe('malformed')
  })
})

describe('a Chinese name', () => {
  const nameIn = (term: string, want = wanted) =>
    valueIn(copyOf(dataSet(inCharacterSet(term), 'explicit'), 'explicit', want).bytes, 'explicit', 'x00100010')

  test('is written in the data set’s own character set', () => {
    expect(iconv.decode(nameIn('GB18030'), 'gb18030').trimEnd()).toBe('Zhang^San=张^三')
    expect(iconv.decode(nameIn('GBK'), 'gbk').trimEnd()).toBe('Zhang^San=张^三')
    expect(nameIn('ISO_IR 192').toString('utf8').trimEnd()).toBe('Zhang^San=张^三')
    const escaped = `Zhang^San=\x1b$)A${iconv.encode('张', 'gb2312').toString('latin1')}^\x1b$)A${iconv.encode('三', 'gb2312').toString('latin1')}`
    expect(nameIn('\\ISO 2022 IR 58').toString('latin1').trimEnd()).toBe(escaped)
  })

  test('of rare characters goes whole in GB18030 and UTF-8, and as pinyin where it can’t be carried', () => {
    const rare = { ...wanted, PatientName: 'Zhang^Yan=张^𪚥' }
    expect(iconv.decode(nameIn('GB18030', rare), 'gb18030').trimEnd()).toBe('Zhang^Yan=张^𪚥')
    expect(nameIn('ISO_IR 192', rare).toString('utf8').trimEnd()).toBe('Zhang^Yan=张^𪚥')
    expect(nameIn('GBK', rare).toString('latin1').trimEnd()).toBe('Zhang^Yan')
    expect(nameIn('\\ISO 2022 IR 58', rare).toString('latin1').trimEnd()).toBe('Zhang^Yan')
  })

  test('is written in pinyin alone where the character set has no Chinese, which is never changed', () => {
    for (const term of ['ISO_IR 100', 'ISO_IR 6', '', 'ISO_IR 13', '\\ISO 2022 IR 149']) {
      const copy = copyOf(dataSet(inCharacterSet(term), 'explicit'), 'explicit').bytes
      expect(textOf(copy, 'explicit', 'x00100010')).toBe('Zhang^San')
      expect(textOf(copy, 'explicit', 'x00080005')).toBe(term)
    }
  })

  test('that the device wrote in agreeing pinyin stays as it is', () => {
    const elements = inCharacterSet('ISO_IR 100', [{ tag: 0x00100010, vr: 'PN', value: 'ZHANG SAN' }])
    const copy = copyOf(dataSet(elements, 'explicit'), 'explicit')
    expect(textOf(copy.bytes, 'explicit', 'x00100010')).toBe('ZHANG SAN')
    expect(copy.changes.map((change) => change.element)).not.toContain('PatientName')
  })

  test('half of which is lost is refused, never sent as question marks', () => {
    const damaged = { ...wanted, PatientName: '\ud800' }
    expect(coerce(dataSet(inCharacterSet('GB18030'), 'explicit'), 'explicit', damaged)).toEqual({
      kind: 'cannot-write',
      element: 'PatientName',
    })
  })
})

function even(bytes: Buffer): Buffer {
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from(' ')])
}
