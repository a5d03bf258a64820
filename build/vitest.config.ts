import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { SummaryReporter } from './summary-reporter.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

if (!process.features.typescript) {
  throw new Error(
    `请运行 npm test：测试需要项目自带的 Node 24，当前是 ${process.version}。 / Run npm test: the tests need the project's own Node 24.`,
  )
}

export default defineConfig({
  root,
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/bench/**', '**/node_modules/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    reporters: ['default', new SummaryReporter(`${root}out/test-summary.json`)],
  },
})
