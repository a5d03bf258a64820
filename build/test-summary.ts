import type { PeerName } from './peer-list.ts'

/** A suite that could not run, and the peers it wanted. */
export type SkippedSuite = Readonly<{ name: string; wants: readonly PeerName[] }>

export type TestSummary = Readonly<{
  passed: number
  failed: number
  skipped: number
  skippedSuites: readonly SkippedSuite[]
  /** Tests that were skipped for a reason of their own, not for want of a program. */
  otherSkipped: readonly string[]
}>

/** A run that ended before it could count. */
export const brokenRun: TestSummary = { passed: 0, failed: 1, skipped: 0, skippedSuites: [], otherSkipped: [] }

/** The last lines of `npm test`. The very last one is read by scripts: keep its form. */
export function summaryLines(
  summary: TestSummary,
  failedSteps: readonly string[],
  packageOf: (peer: PeerName) => string,
): readonly string[] {
  const lines = failedSteps.map((step) => `未通过 / failed: ${step}`)
  const { skippedSuites } = summary
  if (skippedSuites.length === 0) {
    lines.push('没有因缺少程序而跳过的测试组。 / No suite was skipped for want of a program.')
  } else {
    const wants = [...new Set(skippedSuites.flatMap((suite) => suite.wants))].sort()
    const packages = wants.map((peer) => `${peer} (${packageOf(peer)})`).join(', ')
    lines.push(
      ...skippedSuites.map((suite) => `  – ${suite.name}`),
      `跳过了 ${skippedSuites.length} 个测试组，因为缺少：${packages}`,
      `${skippedSuites.length} suites were skipped for want of: ${packages}`,
    )
  }
  if (summary.otherSkipped.length > 0) {
    lines.push(
      '另有测试按自己的条件跳过 / other tests skipped on conditions of their own:',
      ...summary.otherSkipped.map((name) => `  – ${name}`),
    )
  }
  lines.push(`${summary.passed} passed, ${summary.failed + failedSteps.length} failed, ${summary.skipped} skipped`)
  return lines
}
