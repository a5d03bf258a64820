import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Reporter, TestCase, TestModule } from 'vitest/node'
import { missingPeersIn } from './peer-list.ts'
import type { SkippedSuite, TestSummary } from './test-summary.ts'

/** Counts the tests and leaves the numbers in a file for `npm test`, which has the last word after vitest's own report. */
export class SummaryReporter implements Reporter {
  private readonly file: string

  constructor(file: string) {
    this.file = file
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    // A file that does not load, or a hook that throws, has no failed test of its own.
    const brokenModules = modules.filter(
      (module) => module.state() === 'failed' && ![...module.children.allTests('failed')].length,
    )
    const skippedSuites = modules.flatMap((module) =>
      [...module.children.allSuites()].flatMap((suite): SkippedSuite[] => {
        const wants = missingPeersIn(suite.name)
        return wants.length ? [{ name: `${module.relativeModuleId}: ${suite.name}`, wants }] : []
      }),
    )
    const otherSkipped = tests
      .filter((test) => test.result().state === 'skipped' && !wantsPeer(test))
      .map((test) => `${test.module.relativeModuleId}: ${test.fullName}`)
    const summary: TestSummary = {
      passed: count('passed'),
      failed: count('failed') + brokenModules.length + unhandledErrors.length,
      skipped: count('skipped') + count('pending'),
      skippedSuites,
      otherSkipped,
    }
    mkdirSync(dirname(this.file), { recursive: true })
    writeFileSync(this.file, JSON.stringify(summary, null, 2))
  }
}

function wantsPeer(test: TestCase): boolean {
  for (let parent = test.parent; parent.type === 'suite'; parent = parent.parent) {
    if (missingPeersIn(parent.name).length > 0) return true
  }
  return false
}
