import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { part10Beginning } from '../../electron/station/archive/part10.ts'
import { answerWorklist, readWorklistQuery } from '../../electron/station/receiver/worklist.ts'
import { worklistAttributes } from '../../electron/station/receiver/worklist-attributes.ts'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { valuesOf } from '../../shared/dicom/element-values.ts'
import { specificCharacterSetOf, type TextEncoding } from '../../shared/dicom/encode-text.ts'
import { readElements } from '../../shared/dicom/read-elements.ts'
import { sayPersonName } from '../../shared/dicom/sayable-text.ts'
import { dataSetEncodingOf } from '../../shared/dicom/transfer-syntax.ts'
import type { Device } from '../../shared/models/settings.ts'
import { personNameValue } from '../../shared/text/person-name.ts'
import { ctImageStorage, explicitLittle } from '../archive/archive-for-tests.ts'
import { describeWith } from '../peers.ts'
import { namesForTests } from '../text/names-for-tests.ts'
import { run, worklistItem } from './receiver-for-tests.ts'

const implicit = '1.2.840.10008.1.2'
const sets: readonly Device['characterSet'][] = ['gb18030', 'gbk', 'iso-2022-ir-58', 'utf-8', 'latin-1', 'pinyin']

const everything = encodeDataSet(
  [
    ...[0x00080005, 0x00080050, 0x00100010, 0x00100020, 0x00321060, 0x00401400].map((tag) => ({
      tag,
      vr: 'LO',
      value: '',
    })),
    { tag: 0x00400100, vr: 'SQ', value: [] },
  ],
  { explicitVr: false, text: 'ascii' },
)

function answered(characterSet: Device['characterSet'], item = worklistItem(), keys = everything) {
  const query = readWorklistQuery(keys, implicit, characterSet)!
  const device = { aeTitle: 'CT1', characterSet }
  const [answer] = answerWorklist(query, [item], device, { explicitVr: false, most: 5 })
  if (!answer) return undefined
  const encoding = dataSetEncodingOf(implicit)
  const values = valuesOf(answer, readElements(answer, encoding).elements, encoding)
  return { values, step: values.items(0x00400100)[0]! }
}

describe('a worklist answer in the device’s own character set', () => {
  test.each(sets)('%s: name, item and the text inside the step are read as they were meant', (set) => {
    const item = worklistItem(
      { name: '王䶮', namePinyin: 'WANG YAN' },
      { itemName: '胸部CT平扫', requirement: '重点看右肺。' },
    )
    const { values, step } = answered(set, item)!
    const showsChinese = set !== 'latin-1' && set !== 'pinyin'
    const showsRare = set === 'gb18030' || set === 'utf-8'
    expect(values.personName(0x00100010)).toBe(showsRare ? 'Wang^Yan=王^䶮' : 'Wang^Yan')
    expect(values.text(0x00321060)).toBe(showsChinese ? '胸部CT平扫' : 'XIONG BU CT PING SAO')
    expect(step.text(0x00400007)).toBe(showsChinese ? '胸部CT平扫 胸部' : 'XIONG BU CT PING SAO XIONG BU')
    expect(values.has(0x00080005)).toBe(set !== 'pinyin')
    expect(values.text(0x00080050)).toBe('DR2611210001')
  })

  test('keeps é and ü for a device that has them', () => {
    const item = worklistItem({ name: 'José Müller', namePinyin: '' })
    expect(answered('latin-1', item)!.values.personName(0x00100010)).toBe('José^Müller')
    expect(answered('gb18030', item)!.values.personName(0x00100010)).toBe('Jose^Muller')
    expect(answered('pinyin', item)!.values.personName(0x00100010)).toBe('Jose^Muller')
  })

  test('an exam is found by a name in Chinese that the device’s set cannot show whole', () => {
    const keys = encodeDataSet([{ tag: 0x00100010, vr: 'PN', value: '王*' }], { explicitVr: false, text: 'gbk' })
    const item = worklistItem({ name: '王䶮', namePinyin: 'WANG YAN' })
    expect(answered('gbk', item, keys)!.values.personName(0x00100010)).toBe('Wang^Yan')
  })

  test.each(['gb18030', 'gbk', 'utf-8', 'iso-2022-ir-58'] as const)(
    'a question in %s that declares nothing is read in the device’s set',
    (set) => {
      const name = set === 'iso-2022-ir-58' ? 'gbk' : set
      const keys = encodeDataSet([{ tag: 0x00100010, vr: 'PN', value: '张*' }], { explicitVr: false, text: name })
      expect(answered(set, worklistItem(), keys)).toBeDefined()
      expect(answered(set, worklistItem({ name: '李四', namePinyin: 'LI SI' }), keys)).toBeUndefined()
    },
  )

  test.each(sets)('%s: no text is longer than its VR allows, in characters, and none is cut within one', (set) => {
    const long = '𬭊重庆（胸部）'.repeat(40)
    const item = worklistItem(
      { name: '阿'.repeat(90), namePinyin: `A${'a'.repeat(90)}` },
      { itemName: long, equipment: long, requirement: long.repeat(40), examDepartment: { code: '1', name: long } },
    )
    const { request, step } = worklistAttributes(item, set, 'CT1')
    const limits: Readonly<Record<string, number>> = { SH: 16, LO: 64, ST: 1024, LT: 10240 }
    for (const { vr, value } of [...request.values(), ...step.values()]) {
      const parts = vr === 'PN' ? value.split('=') : [value]
      for (const part of parts) expect([...part].length).toBeLessThanOrEqual(vr === 'PN' ? 64 : (limits[vr] ?? 64))
      expect(value.isWellFormed()).toBe(true)
    }
    const { values, step: read } = answered(set, item)!
    expect(values.text(0x00321060)).toBe(request.get(0x00321060)!.value)
    expect(values.text(0x00401400)).toBe(request.get(0x00401400)!.value)
    expect(read.text(0x00400007)).toBe(step.get(0x00400007)!.value)
    expect([...values.text(0x00321060)].length).toBeGreaterThan(60)
  })
})

describeWith(['dcmtk'], 'what DCMTK reads of it', () => {
  const names = namesForTests(150, 7)
  test.each<TextEncoding>(['gb18030', 'gbk', 'iso-2022-ir-58', 'utf-8', 'latin-1', 'ascii'])(
    'names in %s, at the top and inside a sequence, explicit and implicit VR',
    async (text) => {
      const folder = mkdtempSync(join(tmpdir(), 'yingzhan-text-'))
      try {
        for (const transferSyntaxUid of [explicitLittle, implicit]) {
          const values = names.map(({ name }) =>
            sayPersonName(personNameValue({ name }, text === 'latin-1' ? 'latin-1' : 'ascii'), text),
          )
          const dataSet = encodeDataSet(
            [
              { tag: 0x00080005, vr: 'CS', value: specificCharacterSetOf[text] },
              { tag: 0x00080016, vr: 'UI', value: ctImageStorage },
              { tag: 0x00080018, vr: 'UI', value: '2.25.1' },
              { tag: 0x00100010, vr: 'PN', value: values[0]! },
              { tag: 0x00101002, vr: 'SQ', value: values.map((value) => [{ tag: 0x00100010, vr: 'PN', value }]) },
            ],
            { explicitVr: transferSyntaxUid === explicitLittle, text },
          )
          const head = part10Beginning({
            callingAeTitle: 'X',
            sopClassUid: ctImageStorage,
            sopInstanceUid: '2.25.1',
            transferSyntaxUid,
          })
          const path = join(folder, 'names.dcm')
          writeFileSync(path, Buffer.concat([head, dataSet]))
          const { code, bytes } = await run('dcmdump', '+U8', '+L', path)
          expect(code).toBe(0)
          const read = [...bytes.toString('utf8').matchAll(/\(0010,0010\) PN \[(.*?)\s*\]/gu)].map((found) => found[1])
          // GB 2312 has one middle dot; libraries call it U+00B7 or U+30FB.
          const oneDot = (value: string | undefined) =>
            text === 'iso-2022-ir-58' ? value?.replaceAll('・', '·') : value
          expect(read.map(oneDot)).toEqual([values[0], ...values])
        }
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})
