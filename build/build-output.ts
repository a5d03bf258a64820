import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runProcess } from './run-process.mjs'
import { sourceStamp } from './source-stamp.ts'
import { type TaskContext, TaskFailure } from './task-context.ts'

type Part = Readonly<{
  name: string
  config: string
  mode?: string
  /** Without this file there is nothing to build. */
  entry: string
  sources: readonly string[]
  result: string
}>

const always = ['package.json', 'package-lock.json', 'tsconfig.json']

const desk: Part = {
  name: 'renderer',
  config: 'build/vite.renderer.config.ts',
  entry: 'renderer/index.html',
  sources: [...always, 'build/vite.renderer.config.ts', 'renderer', 'shared'],
  result: 'out/renderer/index.html',
}

const shellSources = [...always, 'build/vite.shell.config.ts', 'electron', 'shared']
const shellPart = { config: 'build/vite.shell.config.ts', sources: shellSources } as const
const main: Part = {
  ...shellPart,
  name: 'main',
  mode: 'main',
  entry: 'electron/main/main.ts',
  result: 'out/main/main.js',
}
const preload: Part = {
  ...shellPart,
  name: 'preload',
  mode: 'preload',
  entry: 'electron/preload/preload.ts',
  result: 'out/preload/preload.cjs',
}
const station: Part = {
  ...shellPart,
  name: 'station',
  mode: 'station',
  entry: 'electron/station/station-main.ts',
  result: 'out/station/station-main.js',
}

const training: Part = {
  ...shellPart,
  name: 'training',
  mode: 'training',
  entry: 'electron/training/training-ground.ts',
  result: 'out/training/training-ground.js',
}

async function buildPart(root: string, part: Part, always: boolean): Promise<void> {
  if (!existsSync(join(root, part.entry))) {
    throw new TaskFailure(`构建缺少文件 ${part.entry} / cannot build: ${part.entry} is missing`)
  }
  const stampFile = join(root, 'out', 'stamps', part.name)
  const stamp = sourceStamp(root, part.sources)
  const isFresh =
    existsSync(join(root, part.result)) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
  if (isFresh && !always) return
  rmSync(stampFile, { force: true })
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const mode = part.mode ? ['--mode', part.mode] : []
  // Vite's report goes to stderr: stdout belongs to the program that runs next.
  const code = await runProcess(
    process.execPath,
    [vite, 'build', '--config', part.config, '--logLevel', 'warn', ...mode],
    { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, NODE_ENV: 'production' } },
  )
  if (code !== 0) throw new TaskFailure(`构建 ${part.name} 失败，原因见上 / building ${part.name} failed, see above`)
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp)
}

/** Builds the desk's pages when their sources changed. */
export async function buildRenderer(context: TaskContext, always = false): Promise<void> {
  await buildPart(context.root, desk, always)
}

/** Builds Electron's main process and preload when their sources changed. */
export async function buildShell(context: TaskContext, always = false): Promise<void> {
  await buildPart(context.root, main, always)
  await buildPart(context.root, preload, always)
}

/** Builds the station's program, and the training ground beside it, when their sources changed. */
export async function buildStation(context: TaskContext, always = false): Promise<void> {
  await buildPart(context.root, station, always)
  await buildPart(context.root, training, always)
}

/** Builds everything, as a package needs it. */
export async function buildAll(context: TaskContext): Promise<number> {
  await buildRenderer(context, true)
  await buildShell(context, true)
  await buildStation(context, true)
  console.log('构建完成：out/ / built: out/')
  return 0
}
