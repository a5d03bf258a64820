// The first file of every npm command. It runs on any Node from 18 on with nothing installed, so it uses Node's own modules only.
// In order: install the packages if they changed, go on under the project's own Node 24 if this Node is too old, run the task.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installStamp, isInstalled, stampFile } from './install-stamp.mjs'
import { npmCommand } from './npm-command.mjs'
import { runProcess } from './run-process.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [task, ...flags] = process.argv.slice(2)

function fail(...lines) {
  console.error(['', ...lines, ''].join('\n'))
  process.exit(1)
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** One installation at a time: npm empties node_modules first, and a second one would pull it away under the first. */
async function withInstallLock(install) {
  const lock = join(root, 'out', '.install-lock')
  mkdirSync(dirname(lock), { recursive: true })
  for (let told = false; ; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 300))
    const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0
    if (owner && !isAlive(owner)) rmSync(lock, { force: true })
    else if (!told) {
      console.error(
        `另一个命令（进程 ${owner}）正在安装依赖，等待它完成… / process ${owner} is installing, waiting for it…`,
      )
      console.error(`如果没有这样的命令，请删除 / if there is none, delete ${lock}`)
    }
    told = true
  }
  try {
    await install()
  } finally {
    rmSync(lock, { force: true })
  }
}

async function install() {
  if (isInstalled(root)) return
  const npm = npmCommand()
  if (!npm)
    fail(
      '找不到 npm。请用 npm 运行，例如：npm start',
      'npm was not found. Run this through npm, for example: npm start',
    )
  const installed = existsSync(join(root, 'node_modules'))
  console.error(
    installed
      ? '依赖有变化：正在重新安装，约一分钟… / the packages changed: installing again, about a minute…'
      : '首次运行：正在安装依赖，约一分钟… / first run: installing dependencies, about a minute…',
  )
  // Windows cannot delete the node.exe of a running station, so there the packages are renewed in place.
  const verb = process.platform === 'win32' && installed ? 'install' : 'ci'
  const code = await runProcess(
    process.execPath,
    [npm, verb, '--loglevel=error', '--include=dev', '--include=optional'],
    { cwd: root, stdio: ['ignore', 2, 2] },
  )
  if (code !== 0) {
    fail(
      `安装依赖失败（npm ${verb}，退出码 ${code}），原因见上面 npm 的输出。`,
      '请检查网络、npm 镜像设置（npm config get registry）和磁盘空间，然后重新运行同一命令。',
      `Installing the packages failed (npm ${verb}, exit code ${code}); npm says why above.`,
      'Check the network, the npm registry setting (npm config get registry) and the disk space, then run the same command again.',
    )
  }
  writeFileSync(stampFile(root), installStamp(root))
}

/** The program is TypeScript that Node runs as it is, and its database driver wants N-API 10. */
function isNodeNewEnough() {
  return Boolean(process.features.typescript) && Number(process.versions.napi) >= 10
}

function ownNode() {
  const folder = join(
    root,
    'node_modules',
    `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
  )
  return [join(folder, 'bin', 'node'), join(folder, 'bin', 'node.exe'), join(folder, 'node.exe')].find(existsSync)
}

if (!isInstalled(root)) await withInstallLock(install)

if (isNodeNewEnough()) {
  const { runTask } = await import('./tasks.mjs')
  process.exitCode = await runTask(root, task, flags)
} else {
  const node = ownNode()
  if (!node) {
    fail(
      `这台电脑的 Node.js 版本是 ${process.version}，本程序需要 22.18 或更高版本（建议 24）。请安装新版 Node.js 后重试。`,
      `This computer has Node.js ${process.version}; the program needs 22.18 or newer (24 is best). Install it and run the command again.`,
    )
  }
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
  process.exitCode = await runProcess(node, process.argv.slice(1), { env: { ...process.env, PATH: path } })
}
