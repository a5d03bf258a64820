import { expect, test } from 'vitest'
import { comparisonSentence, dayOfPrior, lastReportFor } from '../../renderer/features/writing/prior-reports.ts'
import { readTemplateFile } from '../../renderer/features/writing/template-file.ts'
import { misfitsOf, occasionOf } from '../../renderer/features/writing/template-fit.ts'
import { foundIn, matchesTemplate, quickTemplates } from '../../renderer/features/writing/template-search.ts'
import { copyName, folderKeys, foldersAbout, templateTree } from '../../renderer/features/writing/template-tree.ts'
import { type LocalPrior, type Template, templateInputSchema } from '../../shared/models/writing.ts'

let given = 0
const next = () => {
  given += 1
  return given
}
const template = (facts: Partial<Template>): Template => ({
  ...templateInputSchema.parse({ name: '正常', ...facts }),
  owner: 'li',
  isFavourite: false,
  uses: 0,
  ...facts,
  id: `t${next()}`,
})

test('a template for women, for children or for ultrasound is not offered to a man of 36 with an X-ray', () => {
  const occasion = occasionOf(
    { modality: 'DR', scheduledAt: Date.parse('2026-11-22T10:00:00+08:00') },
    { sex: 'M', birthDate: '1990-03-07' },
  )
  expect(occasion.age).toBe(36)
  expect(misfitsOf(template({ sex: 'F' }), occasion)).toEqual(['sex'])
  expect(misfitsOf(template({ toAge: 14 }), occasion)).toEqual(['age'])
  expect(misfitsOf(template({ modality: 'US', fromAge: 37 }), occasion)).toEqual(['modality', 'age'])
  expect(misfitsOf(template({ modality: 'DX', sex: 'M', fromAge: 36, toAge: 36 }), occasion)).toEqual([])
})

test('an unknown sex or birth date rules no template out', () => {
  const occasion = occasionOf({ modality: 'US', scheduledAt: 0 }, { sex: 'O', birthDate: '' })
  expect(misfitsOf(template({ sex: 'F', fromAge: 18 }), occasion)).toEqual([])
})

test('templates are found by name, folder, pinyin and initials', () => {
  const chest = template({ name: '胸部正常', folder: '胸部/正位' })
  for (const search of ['胸', 'xbzc', 'XIONGBU', '正位 正常', 'zhengchang'])
    expect([search, matchesTemplate(chest, search)]).toEqual([search, true])
  expect(matchesTemplate(chest, 'fb')).toBe(false)
  expect(foundIn('建议CT复查', 'ct')).toBe(true)
})

test('Alt and a digit put in favourites first, then what is used most, nine at most', () => {
  const often = template({ name: '常用', uses: 9 })
  const star = template({ name: '收藏', isFavourite: true })
  const seldom = Array.from({ length: 12 }, (_, n) => template({ name: `少用${n}`, uses: 1 }))
  const quick = quickTemplates([template({}), often, ...seldom, star])
  expect(quick.slice(0, 2)).toEqual([star, often])
  expect(quick.length).toBe(9)
})

test('the tree has folders before templates, each by name, and shows every template once', () => {
  const list = [
    template({ name: '乙', folder: '' }),
    template({ name: '正常', folder: '胸部/正位' }),
    template({ name: '肋骨', folder: '胸部' }),
    template({ name: '手', folder: ' 四肢 / ' }),
  ]
  const tree = templateTree(list)
  expect(tree.map((node) => (node.kind === 'folder' ? node.name : node.template.name))).toEqual(['四肢', '胸部', '乙'])
  expect(folderKeys(tree)).toEqual(['folder:四肢', 'folder:胸部', 'folder:胸部/正位'])
  expect(JSON.stringify(tree).match(/"kind":"template"/g)?.length).toBe(list.length)
})

test('the folders that lead to the body part in hand stand open', () => {
  const tree = templateTree([
    template({ name: '膝关节正常', folder: 'DR/四肢/下肢' }),
    template({ name: '正常', folder: 'DR/腹部' }),
    template({ name: '正常', folder: 'US' }),
  ])
  const open = foldersAbout(tree, '左膝关节 左膝关节正侧位')
  expect([...open].sort()).toEqual(['folder:DR', 'folder:DR/四肢', 'folder:DR/四肢/下肢', 'folder:US'])
})

test('a copy gets a name of its own that is not too long', () => {
  expect(copyName('正常', [])).toBe('正常 - 副本')
  expect(copyName('正常', ['正常 - 副本'])).toBe('正常 - 副本 2')
  expect(copyName('长'.repeat(60), []).length).toBe(60)
})

test('only a file of templates is taken, and it is read with a byte order mark too', () => {
  const file = JSON.stringify({ templates: [{ name: '正常', findings: '双肺清。', id: 'x', owner: 'y' }] })
  expect(readTemplateFile(`\ufeff${file}`)?.templates[0]).toMatchObject({ name: '正常', isShared: false })
  for (const text of ['', '[]', '{}', '{"templates":[{"name":""}]}', '<html>'])
    expect(readTemplateFile(text)).toBeUndefined()
})

const prior = (facts: Partial<LocalPrior>): LocalPrior => ({
  examId: `e${next()}`,
  accessionNumber: 'DR1',
  itemName: '胸部正位',
  modality: 'DR',
  bodyPart: '胸部',
  examinedAt: Date.parse('2026-03-02T00:30:00+08:00'),
  registeredAt: Date.parse('2026-03-01T23:50:00+08:00'),
  imageCount: 1,
  report: { version: 1, findings: '双肺清。', impression: '未见异常。', releasedAt: null },
  ...facts,
})

test('the last report is the newest of the same item, else of the same part, and never of another modality', () => {
  const exam = { itemName: '胸部正位', modality: 'DR', bodyPart: '胸部' }
  const side = prior({ itemName: '胸部侧位' })
  const same = prior({})
  expect(lastReportFor([prior({ report: null }), side, same], exam)).toBe(same)
  expect(lastReportFor([prior({ itemName: '手', bodyPart: '手' }), side], exam)).toBe(side)
  expect(lastReportFor([prior({ modality: 'US' })], exam)).toBeUndefined()
})

test('the comparison names the day on which the earlier pictures were taken, in China', () => {
  expect(dayOfPrior(prior({}))).toBe('2026-03-02')
  expect(dayOfPrior(prior({ examinedAt: null }))).toBe('2026-03-01')
  expect(comparisonSentence('与 {date} 旧片（{item}）比较，', prior({}))).toBe('与 2026-03-02 旧片（胸部正位）比较，')
})
