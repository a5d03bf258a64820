import { buildStation } from './build-output.ts'
import { runProcess } from './run-process.mjs'
import type { TaskContext } from './task-context.ts'

/** Measures the station as it is installed: the built program. */
export async function runBench(context: TaskContext): Promise<number> {
  await buildStation(context)
  return runProcess(process.execPath, ['test/bench/bench.ts', ...context.flags], { cwd: context.root })
}
