import { spawnSync } from 'node:child_process'
import { findCommand, type PeerName, peerList } from './peer-list.ts'

/** Ubuntu 24.04 and Debian 13 renamed these when time_t grew to 64 bits. */
const renamed: Readonly<Record<string, string>> = {
  'libgtk-3-0': 'libgtk-3-0t64',
  libasound2: 'libasound2t64',
  'libatk-bridge2.0-0': 'libatk-bridge2.0-0t64',
}

function missingPeers(): readonly PeerName[] {
  return (Object.keys(peerList) as PeerName[]).filter((name) => !peerList[name].isPresent())
}

function apt(...args: readonly string[]): boolean {
  console.log(`$ apt-get ${args.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', [...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
}

function todaysName(name: string): string {
  const candidate = renamed[name]
  if (!candidate) return name
  return spawnSync('apt-cache', ['show', '--no-all-versions', candidate], { stdio: 'ignore' }).status === 0
    ? candidate
    : name
}

/**
 * Sees to the programs by other hands that the tests talk to. Where it may (Debian, root) it installs them; elsewhere it prints
 * the one command that does. Suites whose peer is still missing are skipped by name.
 */
export function prepareSystem(): void {
  const missing = missingPeers()
  if (missing.length === 0) return
  const packages = [...new Set(missing.flatMap((name) => peerList[name].packages))]
  console.log(`测试用到的程序不全 / programs that the tests need are missing: ${missing.join(', ')}`)
  if (process.platform !== 'linux' || !findCommand('apt-get')) {
    console.log(`请自行安装 / please install: ${packages.join(' ')}`)
    return
  }
  if (process.getuid?.() !== 0) {
    console.log(`请运行 / please run:\n  sudo apt-get install --no-install-recommends ${packages.join(' ')}`)
    return
  }
  console.log('正在用 apt-get 安装，可能需要几分钟… / installing with apt-get, this may take some minutes…')
  apt('update', '-qq')
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages.map(todaysName)]
  if (apt(...install)) return
  apt('update', '-qq')
  if (!apt(...install)) {
    console.log(
      `apt-get 没有成功，请稍后自己运行 / apt-get did not succeed, please run later:\n  apt-get ${install.join(' ')}`,
    )
  }
}
