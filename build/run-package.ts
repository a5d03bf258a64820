import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildAll } from './build-output.ts'
import { fetchElectron } from './fetch-electron.ts'
import { findRealElectron } from './find-electron.ts'
import { runProcess } from './run-process.mjs'
import { type TaskContext, TaskFailure } from './task-context.ts'

/**
 * The installer for this platform, in out/package. `-- --dir`: the program's folder only, not packed. `-- --electron DIR`: made from the
 * Electron in that folder, for computers that cannot fetch one; its version is read from its own `version` file, or given: `--electron-version`.
 */
export async function runPackage(context: TaskContext): Promise<number> {
  const { root, flags } = context
  const { values } = parseArgs({
    args: flags.filter((flag) => flag !== '--'),
    options: {
      dir: { type: 'boolean', default: false },
      electron: { type: 'string' },
      'electron-version': { type: 'string' },
    },
  })
  const electron = values.electron
    ? existingFolder(values.electron, values['electron-version'])
    : electronOfPackage(root)
  await buildAll(context)
  const result = join(root, 'out', 'package')
  rmSync(result, { recursive: true, force: true })
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js')
  const code = await runProcess(
    process.execPath,
    [
      cli,
      ...['--config', 'build/electron-builder.yml', '--publish', 'never'],
      ...(values.dir ? ['--dir'] : []),
      ...(electron ? [`-c.electronDist=${electron.folder}`, `-c.electronVersion=${electron.version}`] : []),
    ],
    { cwd: root },
  )
  if (code !== 0) throw new TaskFailure('打包失败，原因见上 / packaging failed, see above')
  console.log(`打包完成 / packaged: out/package/${readdirSync(result).join('  out/package/')}`)
  return 0
}

type Electron = { readonly folder: string; readonly version: string }

/** electron-builder fetches Electron by itself; where that does not work it would try for a minute and say less. */
function electronOfPackage(root: string): Electron | undefined {
  const program = findRealElectron() ?? fetchElectron(root)
  if (program) return existingFolder(dirname(program))
  throw new TaskFailure(
    [
      '没有 Electron，打不了包：请设置 ELECTRON_MIRROR 后重试，或用 -- --electron 目录 指定已解压的 Electron',
      'no Electron to package: set ELECTRON_MIRROR and try again, or name an unpacked one: -- --electron DIR',
    ].join('\n'),
  )
}

function existingFolder(folder: string, version?: string): Electron {
  const file = join(folder, 'version')
  if (version) return { folder, version }
  if (existsSync(file)) return { folder, version: readFileSync(file, 'utf8').trim().replace(/^v/, '') }
  throw new TaskFailure(
    `${folder} 里没有 Electron（缺少 version 文件） / holds no Electron: its version file is missing`,
  )
}
