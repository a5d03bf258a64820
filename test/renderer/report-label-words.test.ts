import { expect, test } from 'vitest'
import { saidIn } from '../../renderer/features/report/use-report-labels.ts'
import { dictionaries } from '../../renderer/text/dictionary.ts'
import { defaultReportLabels } from '../../shared/reports/report-labels.ts'

test('labels that the clinic left as they came are said in the language of the desk', () => {
  for (const labels of Object.values(defaultReportLabels)) {
    expect(saidIn(dictionaries['zh-CN'].report.usualLabels, labels)).toEqual(labels)
    const english = saidIn(dictionaries.en.report.usualLabels, labels)
    expect(`${english.findings} ${english.impression}`).not.toMatch(/\p{Script=Han}/u)
  }
})

test('what the clinic wrote itself stays as it wrote it', () => {
  const own = { findings: '检查所见', impression: '诊断意见' }
  expect(saidIn(dictionaries.en.report.usualLabels, own)).toEqual(own)
})
