import { describe, expect, test } from 'vitest'
import { builtInTexts } from '../../electron/station/reports/built-in/built-in-texts.ts'
import { misfitsOf } from '../../renderer/features/writing/template-fit.ts'
import { reportLabels } from '../../shared/reports/report-labels.ts'

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
        .filter((one) => misfitsOf(one, { modality: one.modality, sex, age: 50 }).length === 0)
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
