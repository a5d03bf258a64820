import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createItemMappings } from '../../electron/station/settings/item-mappings.ts'
import { type ItemMappingInput, itemMappingInputSchema } from '../../shared/models/item-mapping.ts'
import type { Outcome } from '../../shared/problems/problem.ts'
import { describeProblem } from '../../shared/problems/problem.ts'
import { codeOf, expectOk, openRooms, type Rooms } from '../db/rooms-for-tests.ts'

let rooms: Rooms
let mappings: ReturnType<typeof createItemMappings>
let first: string
let second: string
const changed: string[] = []

beforeEach(async () => {
  rooms = await openRooms()
  mappings = createItemMappings(rooms.db, rooms.audit, rooms.events, rooms.settings.institutions, (_, itemCode) =>
    changed.push(itemCode),
  )
  const clinic = { hospitalId: '', unionId: '', phone: '' }
  rooms.settings.saveInstitution({ name: '第二门诊部', hospitalCode: '220100002', ...clinic }, 'admin')
  const all = rooms.settings.institutions()
  first = all.find((one) => one.name === '晨光门诊部')!.id
  second = all.find((one) => one.name === '第二门诊部')!.id
  changed.length = 0
})
afterEach(() => rooms.close())

const head = '机构,项目编码,项目名称,检查类型,样本类别,价格,标准项目编码,标准项目名称'
const item = (part: Partial<ItemMappingInput> = {}): ItemMappingInput =>
  itemMappingInputSchema.parse({
    institutionId: first,
    itemCode: 'DR001',
    itemName: '胸部正位',
    type: '3',
    standardItems: [{ code: 'S1', name: '胸部' }],
    ...part,
  })
const save = (part: Partial<ItemMappingInput> = {}) => expectOk(mappings.save(item(part), 'admin'))
const everything = () => mappings.list().map(({ id: _, ...rest }) => rest)
const wordsOf = (outcome: Outcome<unknown>) => (outcome.ok ? '' : describeProblem(outcome.problem).message)

describe('exported and imported again', () => {
  test('every mapping of every institution is the same, whatever its text holds', () => {
    save({
      itemName: '胸部,"正位"',
      price: 80.5,
      standardItems: [
        { code: 'S1', name: '胸,"部"' },
        { code: 'S2', name: '' },
      ],
    })
    save({ itemCode: 'DR002', itemName: '多行\n名称', standardItems: [] })
    save({ itemCode: '007', itemName: '䶮𬭎', type: '99', sampleTypeCode: '01', price: 0 })
    save({ institutionId: second, itemName: '同码不同院', type: '5' })
    const before = everything()
    const csv = mappings.exportCsv()
    for (const one of mappings.list()) expectOk(mappings.remove(one.id, 'admin'))
    expect(mappings.list()).toEqual([])
    expect(expectOk(mappings.importCsv(csv, 'admin'))).toEqual({ saved: 4 })
    expect(everything()).toEqual(before)
    expect(mappings.exportCsv()).toBe(csv)
  })

  test('the file begins with a byte order mark and the head that people know', () => {
    expect(mappings.exportCsv()).toBe(`\uFEFF${head}\r\n`)
  })

  test('text that a spreadsheet would run as a formula is no formula in the file, and itself again afterwards', () => {
    save({ itemName: "=cmd|'/C calc'!A1", itemCode: '@SUM', standardItems: [{ code: '+1', name: '-2+3' }] })
    const csv = mappings.exportCsv()
    for (const cell of csv.split(/[\r\n]+/).flatMap((line) => line.split(',')))
      expect(cell.replace(/^"/, '')).not.toMatch(/^[=+\-@]/)
    const before = everything()
    expectOk(mappings.importCsv(csv, 'admin'))
    expect(everything()).toEqual(before)
  })

  test('imported over what is there, the line’s item is changed and others stay', () => {
    const kept = save({ itemCode: 'DR009' })
    const old = save()
    expectOk(mappings.importCsv(`${head}\n晨光门诊部,DR001,胸片,3,,,S9,新标准`, 'admin'))
    expect(mappings.of(first, 'DR001')).toMatchObject({
      id: old.id,
      itemName: '胸片',
      sampleTypeCode: '99',
      standardItems: [{ code: 'S9', name: '新标准' }],
    })
    expect(mappings.of(first, 'DR009')).toEqual(kept)
    expect(changed).toContain('DR001')
  })
})

describe('a file that is not right changes nothing', () => {
  const refused: readonly [string, string, string][] = [
    ['an empty file', '', 'CSV-HEAD'],
    ['another head', '机构,编码\n晨光门诊部,DR001', 'CSV-HEAD'],
    ['columns in another order', `${head.replace('项目编码,项目名称', '项目名称,项目编码')}\n`, 'CSV-HEAD'],
    ['tabs instead of commas', head.replaceAll(',', '\t'), 'CSV-HEAD'],
    [
      'GBK as Excel saves it, read as UTF-8',
      Buffer.from('bbfab9b92ccfeec4bfb1e0c2eb', 'hex').toString('utf8'),
      'CSV-HEAD',
    ],
    ['an institution that is not here', `${head}\n没有的门诊部,DR001,胸片,3,,,S1,`, 'CSV-LINE'],
    ['no institution where there are two', `${head}\n,DR001,胸片,3,,,S1,`, 'CSV-LINE'],
    ['no code', `${head}\n晨光门诊部,,胸片,3,,,S1,`, 'CSV-LINE'],
    ['an unknown kind', `${head}\n晨光门诊部,DR001,胸片,CT,,,S1,`, 'CSV-LINE'],
    ['a price in words', `${head}\n晨光门诊部,DR001,胸片,3,,八十,S1,`, 'CSV-LINE'],
    ['a price that the platform has no place for', `${head}\n晨光门诊部,DR001,胸片,3,,1000,S1,`, 'CSV-LINE'],
    ['a negative price', `${head}\n晨光门诊部,DR001,胸片,3,,-1,S1,`, 'CSV-LINE'],
    ['a code that is too long', `${head}\n晨光门诊部,${'D'.repeat(51)},胸片,3,,,S1,`, 'CSV-LINE'],
    ['a quote that never ends', `${head}\n晨光门诊部,DR001,"胸片,3,,,S1,\n晨光门诊部,DR002,胸片,3,,,S1,`, 'CSV-LINE'],
  ]
  test.each(refused)('%s', (_what, csv, code) => {
    save({ itemCode: 'KEPT' })
    const before = mappings.exportCsv()
    const outcome = mappings.importCsv(csv, 'admin')
    expect(codeOf(outcome)).toBe(code)
    expect(mappings.exportCsv()).toBe(before)
    // In words that staff read: no English sentence of a library, no name of a field in our program.
    expect(wordsOf(outcome)).toMatch(/\p{Script=Han}/u)
    expect(wordsOf(outcome)).not.toMatch(/invalid|expected|too (big|small)|undefined|NaN/i)
  })

  test('a wrong line among good ones is named by its number in the file, and none is saved', () => {
    const good = (code: string) => `晨光门诊部,${code},胸片,3,,,S1,`
    const wrong = '晨光门诊部,DR003,胸片,8,,,S1,'
    const outcome = mappings.importCsv([head, good('DR001'), good('DR002'), wrong, good('DR004')].join('\r\n'), 'admin')
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'CSV-LINE', with: { line: 4 } } })
    expect(mappings.list()).toEqual([])
    expect(changed).toEqual([])
  })

  test('empty lines, as spreadsheets leave them at the end, are no wrong lines', () => {
    const csv = `${head}\r\n晨光门诊部,DR001,胸片,3,,,S1,\r\n,,,,,,,\r\n\r\n`
    expect(expectOk(mappings.importCsv(csv, 'admin'))).toEqual({ saved: 1 })
  })
})

test('the column of a wrong cell is named as the file’s head names it', () => {
  const cells = {
    项目编码: 'DR001',
    项目名称: '胸片',
    检查类型: '3',
    样本类别: '',
    价格: '',
    标准项目编码: 'S1',
    标准项目名称: '',
  }
  const wrong: readonly [keyof typeof cells, string][] = [
    ['项目编码', ''],
    ['项目名称', '长'.repeat(101)],
    ['检查类型', 'CT'],
    ['样本类别', '9'.repeat(51)],
    ['价格', '八十'],
    ['标准项目编码', 'S'.repeat(21)],
    ['标准项目名称', '长'.repeat(21)],
  ]
  for (const [column, value] of wrong) {
    const line = ['晨光门诊部', ...Object.values({ ...cells, [column]: value })].join(',')
    expect(wordsOf(mappings.importCsv(`${head}\n${line}`, 'admin'))).toContain(`第 2 行不符合要求：${column}：`)
  }
})
