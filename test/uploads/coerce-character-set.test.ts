import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, test } from 'vitest'
import { coerceElements, type WantedElements } from '../../electron/station/uploads/coerce-copy.ts'
import { declarationOf } from '../../electron/station/uploads/specific-character-set.ts'
import { dataSetEncodingOf } from '../../shared/dicom/transfer-syntax.ts'
import { readAsSchema } from '../../shared/models/settings.ts'
import { describeWith } from '../peers.ts'
import { asFile, innerTexts, readBack } from './read-back.ts'
import { dataSet, imageElements, type Syntax, syntaxes, type TestElement } from './synthetic-data-set.ts'

// A device that declares one character set and writes another: the copy says what is true.

const folder = mkdtempSync(join(tmpdir(), 'declared-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const stamp = { at: Date.parse('2026-11-21T08:00:00+08:00'), system: 'YINGZHAN' }
const uncompressed = ['explicit', 'implicit', 'bigEndian'] as const
const sameOtherwise = { PatientID: 'X9' }

const even = (bytes: Buffer) => (bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from(' ')]))
const inSet = (text: string, set: string) => even(iconv.encode(text, set))
const charset = (value: string): TestElement => ({ tag: 0x00080005, vr: 'CS', value })

/** What such a device sends: the top declares `declared`, one item another set, one within it a third, one inherits; all is `set`. */
function lying(syntax: Syntax, set: string, declared = 'ISO_IR 100', undefinedLength = false) {
  const meaning = (text: string): TestElement => ({ tag: 0x00080104, vr: 'LO', value: inSet(text, set) })
  const codes: TestElement = {
    tag: 0x00400008,
    vr: 'SQ',
    value: [[charset('ISO_IR 13'), meaning('扫描')], [meaning('继承')]],
    undefinedLength,
  }
  return imageElements(syntax, [
    ...(declared === '' ? [] : [charset(declared)]),
    { tag: 0x00081030, vr: 'LO', value: inSet('胸部正位', set) },
    { tag: 0x00100010, vr: 'PN', value: inSet('张^三', set) },
    {
      tag: 0x00400275,
      vr: 'SQ',
      value: [[charset('ISO_IR 101'), { tag: 0x00321060, vr: 'LO', value: inSet('申请', set) }, codes]],
      undefinedLength,
    },
  ]).filter(({ tag }) => declared !== '' || tag !== 0x00080005)
}

function copyOf(original: Buffer, syntax: Syntax, want: WantedElements) {
  const coercion = coerceElements(original, dataSetEncodingOf(syntaxes[syntax]), true, want, stamp)
  if (coercion.kind !== 'coerced') throw new Error(coercion.kind)
  return { bytes: Buffer.concat([coercion.head, original.subarray(coercion.rest)]), changes: coercion.changes }
}
const valueIn = (bytes: Buffer, syntax: Syntax, tag: string) =>
  Buffer.from(readBack(bytes, syntax).get(tag)?.bytes ?? '', 'hex')

describe('the copy of an image whose declaration is wrong', () => {
  test.each([
    ['gb18030', 'GB18030', 'gb18030'],
    ['gbk', 'GBK', 'gbk'],
    ['utf-8', 'ISO_IR 192', 'utf8'],
  ] as const)('read as %s it declares %s, and the wanted name is written in that set', (readAs, term, set) => {
    for (const syntax of uncompressed) {
      const original = dataSet(lying(syntax, set), syntax)
      const want = { SpecificCharacterSet: declarationOf(readAs)!, PatientName: 'Li^Si=李^四' }
      const { bytes, changes } = copyOf(original, syntax, want)
      expect(valueIn(bytes, syntax, 'x00080005').toString('latin1').trim()).toBe(term)
      expect(iconv.decode(valueIn(bytes, syntax, 'x00100010'), set).trim()).toBe('Li^Si=李^四')
      expect(changes).toEqual([
        { element: 'SpecificCharacterSet', from: 'ISO_IR 100', to: term },
        { element: 'SpecificCharacterSet', from: 'ISO_IR 101', to: term },
        { element: 'SpecificCharacterSet', from: 'ISO_IR 13', to: term },
        { element: 'PatientName', from: '张^三', to: 'Li^Si=李^四' },
      ])
    }
  })

  test('keeps the former declaration in OriginalAttributesSequence, and all text stays the same bytes', () => {
    for (const syntax of uncompressed) {
      const original = dataSet(lying(syntax, 'gb18030'), syntax)
      const { bytes } = copyOf(original, syntax, { ...sameOtherwise, SpecificCharacterSet: 'GB18030' })
      expect(innerTexts(bytes, syntax, 'x04000561', 'x04000550')).toEqual({ x00080005: 'ISO_IR 100' })
      const [before, after] = [readBack(original, syntax), readBack(bytes, syntax)]
      const changed = ['x00080005', 'x00400275', 'x04000561']
      for (const [tag, element] of before) if (!changed.includes(tag)) expect(after.get(tag)).toEqual(element)
      for (const text of ['申请', '扫描', '继承']) expect(bytes.includes(inSet(text, 'gb18030'))).toBe(true)
    }
  })

  test('says the same set in every item that declares one, however deep and however its length is written', () => {
    for (const syntax of uncompressed) {
      for (const undefinedLength of [false, true]) {
        const original = dataSet(lying(syntax, 'gb18030', 'ISO_IR 100', undefinedLength), syntax)
        const { bytes } = copyOf(original, syntax, { ...sameOtherwise, SpecificCharacterSet: 'GB18030' })
        expect(bytes.includes('ISO_IR 13')).toBe(false)
        expect(bytes.includes('ISO_IR 101')).toBe(false)
        expect(innerTexts(bytes, syntax, 'x00400275', 'x00400008').x00080005).toBe('GB18030')
      }
    }
  })

  test('of a device that declares nothing gets its declaration in its place', () => {
    const { bytes, changes } = copyOf(dataSet(lying('explicit', 'gb18030', ''), 'explicit'), 'explicit', {
      SpecificCharacterSet: 'GB18030',
    })
    expect([...readBack(bytes, 'explicit').keys()][0]).toBe('x00080005')
    expect(changes[0]).toEqual({ element: 'SpecificCharacterSet', from: '', to: 'GB18030' })
    expect(innerTexts(bytes, 'explicit', 'x04000561', 'x04000550')).toEqual({ x00080005: '' })
  })

  test('is not changed twice: what was kept of the past stays as it was', () => {
    for (const syntax of uncompressed) {
      const want = { SpecificCharacterSet: 'GB18030', PatientName: 'Li^Si=李^四' }
      const once = copyOf(dataSet(lying(syntax, 'gb18030'), syntax), syntax, want).bytes
      expect(coerceElements(once, dataSetEncodingOf(syntaxes[syntax]), true, want, stamp)).toEqual({ kind: 'same' })
    }
  })

  test('of GB 2312 says ISO 2022 IR 58 where the escape sequences are there, and GBK where they are not', () => {
    const wanted = { SpecificCharacterSet: declarationOf('iso-2022-ir-58')! }
    const term = (elements: readonly TestElement[]) =>
      valueIn(copyOf(dataSet(elements, 'explicit'), 'explicit', wanted).bytes, 'explicit', 'x00080005')
        .toString('latin1')
        .trim()
    const escaped = Buffer.concat([Buffer.from('Zhang=\x1b$)A', 'latin1'), iconv.encode('张三', 'gb2312')])
    expect(term(imageElements('explicit', [{ tag: 0x00100010, vr: 'PN', value: even(escaped) }]))).toBe(
      '\\ISO 2022 IR 58',
    )
    expect(term(lying('explicit', 'gb2312'))).toBe('GBK')
  })

  test('is made even where something behind the patient can’t be read', () => {
    const good = dataSet(lying('explicit', 'gb18030'), 'explicit')
    const pixels = good.indexOf(Buffer.from('e07f1000', 'hex'))
    const shape = { tag: 0x20500020, vr: 'CS', value: 'IDENTITY' }
    const stray = dataSet([shape, { tag: 0x00281050, vr: 'DS', value: '40' }], 'explicit')
    const damaged = Buffer.concat([good.subarray(0, pixels), stray, good.subarray(pixels)])
    const { bytes, changes } = copyOf(damaged, 'explicit', { SpecificCharacterSet: 'GB18030' })
    expect(changes.map(({ from }) => from)).toEqual(['ISO_IR 100', 'ISO_IR 101', 'ISO_IR 13'])
    expect(bytes.subarray(bytes.length - 20).equals(damaged.subarray(damaged.length - 20))).toBe(true)
  })

  test('asks for more of the header until the last sequence is at hand', () => {
    const original = dataSet(lying('explicit', 'gb18030'), 'explicit')
    const pixels = original.indexOf(Buffer.from('e07f1000', 'hex'))
    for (let length = 0; length < pixels; length += 11) {
      const asked = { SpecificCharacterSet: 'GB18030' }
      const made = coerceElements(
        original.subarray(0, length),
        dataSetEncodingOf(syntaxes.explicit),
        false,
        asked,
        stamp,
      )
      expect(made.kind).toBe('needs-more')
    }
  })
})

test('every set that staff can choose has a declaration, and only the declared one has none', () => {
  const none = readAsSchema.options.filter((readAs) => declarationOf(readAs) === undefined)
  expect(none).toEqual(['declared'])
})

describeWith(['dcmtk'], 'dcmtk', () => {
  test.each(uncompressed)('%s: reads the names and the text of items as the device meant them', (syntax) => {
    const original = dataSet(lying(syntax, 'gb18030'), syntax)
    const want = { SpecificCharacterSet: 'GB18030', PatientName: 'Li^Si=李^四' }
    const path = join(folder, `${syntax}.dcm`)
    writeFileSync(path, asFile(copyOf(original, syntax, want).bytes, syntax))
    const dump = spawnSync('dcmdump', ['+U8', '+L', '-q', path], { encoding: 'utf8' })
    expect(dump.stderr).toBe('')
    for (const text of ['Li^Si=李^四', '胸部正位', '申请', '扫描', '继承']) expect(dump.stdout).toContain(`[${text}]`)
  })
})
