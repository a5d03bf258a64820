import { join } from 'node:path'
import { runProcess } from './run-process.mjs'
import type { TaskContext } from './task-context.ts'

export type Step = Readonly<{ name: string; run: () => Promise<number> }>

function nodeTool(root: string, path: string, args: readonly string[]): Promise<number> {
  return runProcess(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root })
}

export function codeSteps({ root }: TaskContext): readonly Step[] {
  return [
    { name: '类型检查 / type check (tsc)', run: () => nodeTool(root, 'typescript/bin/tsc', ['--noEmit']) },
    {
      name: '代码规范 / lint and format (biome)',
      run: () => nodeTool(root, '@biomejs/biome/bin/biome', ['check', '--error-on-warnings']),
    },
  ]
}

export function runVitest(
  root: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const config = join('build', 'vitest.config.ts')
  return runProcess(process.execPath, [vitest, 'run', '--config', config, ...args], {
    cwd: root,
    env,
    leavesNothing: true,
  })
}

/** Every step runs, so that one look shows all there is to mend. */
export async function runSteps(steps: readonly Step[]): Promise<readonly string[]> {
  const failed: string[] = []
  for (const step of steps) {
    console.log(`\n▸ ${step.name}`)
    if ((await step.run()) !== 0) failed.push(step.name)
  }
  return failed
}

/** The quick look before a commit: types, lint, and the tests that need no other program. */
export async function checkCode(context: TaskContext): Promise<number> {
  const unit = ['--exclude', 'test/e2e/**', '--exclude', 'test/flows/**', '--exclude', 'test/faults/**']
  const failed = await runSteps([
    ...codeSteps(context),
    { name: '单元测试 / unit tests', run: () => runVitest(context.root, [...unit, ...context.flags]) },
  ])
  console.log(failed.length === 0 ? '\n全部通过 / all passed' : `\n未通过 / failed: ${failed.join('; ')}`)
  return failed.length === 0 ? 0 : 1
}

export function formatCode({ root, flags }: TaskContext): Promise<number> {
  return nodeTool(root, '@biomejs/biome/bin/biome', ['check', '--write', ...flags])
}
