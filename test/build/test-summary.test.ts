import { describe, expect, test } from 'vitest'
import { missingPeersIn, skippedSuiteName } from '../../build/peer-list.ts'
import { summaryLines, type TestSummary } from '../../build/test-summary.ts'

const packageOf = (peer: string) => `package of ${peer}`
const clean: TestSummary = { passed: 12, failed: 0, skipped: 0, skippedSuites: [], otherSkipped: [] }

describe('the last lines of npm test', () => {
  test('end with the numbers alone on a line', () => {
    expect(summaryLines(clean, [], packageOf).at(-1)).toBe('12 passed, 0 failed, 0 skipped')
  })

  test('say in both languages how many suites were skipped and for want of what', () => {
    const skippedSuites = [
      { name: 'flows/receive.test.ts: a C-STORE', wants: ['dcmtk'] as const },
      { name: 'e2e/desk.test.ts: the desk', wants: ['chromium', 'dcmtk'] as const },
    ]
    const text = summaryLines({ ...clean, skipped: 5, skippedSuites }, [], packageOf).join('\n')
    expect(text).toContain('跳过了 2 个测试组')
    expect(text).toContain(
      '2 suites were skipped for want of: chromium (package of chromium), dcmtk (package of dcmtk)',
    )
    expect(text.endsWith('\n12 passed, 0 failed, 5 skipped')).toBe(true)
  })

  test('name a test that was skipped on a condition of its own', () => {
    const summary = { ...clean, skipped: 1, otherSkipped: ['uploads/corpus.test.ts: every file of the corpus'] }
    expect(summaryLines(summary, [], packageOf).join('\n')).toContain(
      '\n  – uploads/corpus.test.ts: every file of the corpus\n',
    )
  })

  test('count a failed check as a failure and name it', () => {
    const lines = summaryLines(clean, ['type check'], packageOf)
    expect(lines[0]).toBe('未通过 / failed: type check')
    expect(lines.at(-1)).toBe('12 passed, 1 failed, 0 skipped')
  })
})

test('the name of a skipped suite gives back the peers it wants', () => {
  expect(missingPeersIn(skippedSuiteName('a label', ['zbarimg', 'cjk-font']))).toEqual(['zbarimg', 'cjk-font'])
  expect(missingPeersIn('a label')).toEqual([])
})
