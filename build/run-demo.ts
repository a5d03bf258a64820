import { buildRenderer } from './build-output.ts'
import { runProcess } from './run-process.mjs'
import type { TaskContext } from './task-context.ts'

/** The main job from register to both clouds, unattended, in a temporary folder. */
export async function runDemo(context: TaskContext): Promise<number> {
  await buildRenderer(context)
  return runProcess(process.execPath, ['electron/training/demo.ts', ...context.flags], { cwd: context.root })
}
