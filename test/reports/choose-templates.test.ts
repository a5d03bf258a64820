import { describe, expect, test } from 'vitest'
import { builtInTexts } from '../../electron/station/reports/built-in/built-in-texts.ts'
import { type Template, templateInputSchema } from '../../shared/models/writing.ts'
import { chooseTemplates, fitsPerson, templateMatches, templateTree } from '../../shared/reports/choose-templates.ts'
import { reportLabels } from '../../shared/reports/report-labels.ts'

const template = (name: string, more: Partial<Template> = {}): Template => ({
  ...templateInputSchema.parse({ name }),
  id: name,
  owner: '',
  isFavourite: false,
  uses: 0,
  ...more,
})
const man = { modality: 'DR', sex: 'M', years: 40 } as const
const namesOf = (list: readonly Template[]) => list.map(({ name }) => name)

describe('the templates that are offered', () => {
  test('fit the sex, and everybody where the sex is neither', () => {
    const uterus = template('子宫', { sex: 'F' })
    expect(fitsPerson(uterus, man)).toBe(false)
    expect(fitsPerson(uterus, { sex: 'F', years: 40 })).toBe(true)
    expect(fitsPerson(uterus, { sex: 'O', years: 40 })).toBe(true)
  })
  test('fit the age, both ends included, and every unknown age', () => {
    const child = template('儿童', { fromAge: 1, toAge: 13 })
    expect([0, 1, 13, 14, undefined].map((years) => fitsPerson(child, { sex: 'M', years }))).toEqual([
      false,
      true,
      true,
      false,
      true,
    ])
  })
  test('fit the modality: radiographs are of one kind, and one without a modality is for all', () => {
    const all = [template('DR', { modality: 'DR' }), template('US', { modality: 'US' }), template('any')]
    expect(namesOf(chooseTemplates(all, { ...man, modality: 'CR' }))).toEqual(['DR', 'any'])
    expect(namesOf(chooseTemplates(all, { ...man, modality: 'US' }))).toEqual(['US', 'any'])
  })
  test('begin with favourites, then what is used most, and otherwise keep their order', () => {
    const all = [template('a'), template('b', { uses: 2 }), template('c'), template('d', { isFavourite: true })]
    expect(namesOf(chooseTemplates(all, man))).toEqual(['d', 'b', 'a', 'c'])
  })
  test('are found by several words anywhere in them', () => {
    const rib = template('肋骨骨折', { folder: 'DR/胸部/胸廓', findings: '骨皮质不连续' })
    expect(templateMatches(rib, ' dr 皮质 ')).toBe(true)
    expect(templateMatches(rib, 'DR 肝')).toBe(false)
  })
})

test('folders make a tree in the order in which they come', () => {
  const tree = templateTree([
    template('a', { folder: 'DR/胸部/正常' }),
    template('b', { folder: 'DR/胸部' }),
    template('c'),
    template('d', { folder: 'CT/头颅' }),
  ])
  expect(namesOf(tree.templates)).toEqual(['c'])
  expect(tree.folders.map(({ path }) => path)).toEqual(['DR', 'CT'])
  expect(tree.folders[0]!.folders[0]).toMatchObject({ name: '胸部', path: 'DR/胸部', templates: [{ name: 'b' }] })
  expect(tree.folders[0]!.folders[0]!.folders[0]).toMatchObject({ path: 'DR/胸部/正常', templates: [{ name: 'a' }] })
})

describe('what comes with the program', () => {
  test('has each template once, in a folder, with both texts', () => {
    const places = builtInTexts.templates.map(({ folder, name }) => `${folder}/${name}`)
    expect(new Set(places).size).toBe(places.length)
    expect(builtInTexts.templates.filter((one) => !one.folder || !one.findings || !one.impression)).toEqual([])
    expect(builtInTexts.templates.length).toBeGreaterThan(120)
  })
  test('offers a man nothing of a woman, and the other way round', () => {
    const offered = (sex: 'M' | 'F') =>
      builtInTexts.templates
        .filter((one) => fitsPerson(one, { sex, years: 50 }))
        .map((one) => one.findings + one.impression)
    expect(offered('M').filter((text) => /子宫|卵巢|胎/.test(text))).toEqual([])
    expect(offered('F').filter((text) => /前列腺|睾丸/.test(text))).toEqual([])
  })
  test('has a normal one for what clinics examine', () => {
    const normal = builtInTexts.templates.filter(({ name }) => name.includes('正常') || name.includes('胸部正位'))
    const wanted = ['胸部', '膝关节', '腰椎', '肝胆胰脾', '甲状腺', '乳腺', '心脏', '头颅', '胸部平扫', '窦性心律']
    expect(wanted.filter((word) => !normal.some(({ folder, name }) => `${folder}/${name}`.includes(word)))).toEqual([])
  })
})

test('the two texts are called as their modality calls them, as everybody does otherwise', () => {
  const labels = { '*': { findings: '所见', impression: '诊断' }, US: { findings: '超声所见', impression: '超声提示' } }
  expect(reportLabels(labels, 'US').impression).toBe('超声提示')
  expect(reportLabels(labels, 'DR').impression).toBe('诊断')
  expect(reportLabels({}, 'DR')).toEqual({ findings: '影像所见', impression: '影像诊断' })
})
