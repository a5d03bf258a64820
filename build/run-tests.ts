import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildRenderer, buildShell } from './build-output.ts'
import { codeSteps, runSteps, runVitest, type Step } from './check-code.ts'
import { prepareElectronForTests } from './electron-runtime.ts'
import { packagesOf } from './peer-list.ts'
import { prepareSystem } from './system.ts'
import type { TaskContext } from './task-context.ts'
import { brokenRun, summaryLines, type TestSummary } from './test-summary.ts'

async function outcome(action: () => Promise<void>): Promise<number> {
  try {
    await action()
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
}

/** Everything that the build server runs. Flags after `--` choose test files. */
export async function runTests(context: TaskContext): Promise<number> {
  const { root, flags } = context
  const summaryFile = join(root, 'out', 'test-summary.json')
  prepareElectronForTests(root)
  prepareSystem()
  rmSync(summaryFile, { force: true })
  const steps: readonly Step[] = [
    ...codeSteps(context),
    { name: '构建界面 / build the desk', run: () => outcome(() => buildRenderer(context)) },
    { name: '构建外壳 / build the shell', run: () => outcome(() => buildShell(context)) },
  ]
  const failedSteps = await runSteps(steps)
  console.log('\n▸ 测试 / tests')
  const code = await runVitest(root, flags)
  const counted = existsSync(summaryFile) ? (JSON.parse(readFileSync(summaryFile, 'utf8')) as TestSummary) : brokenRun
  const summary = code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted
  console.log(`\n${summaryLines(summary, failedSteps, packagesOf).join('\n')}`)
  return code === 0 && failedSteps.length === 0 ? 0 : 1
}
