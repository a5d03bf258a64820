import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** The part of Electron's safeStorage that is used here. The asynchronous calls came with later versions. */
export type OsVault = Readonly<{
  isEncryptionAvailable: () => boolean
  encryptString: (text: string) => Buffer
  decryptString: (bytes: Buffer) => string
  isAsyncEncryptionAvailable?: () => Promise<boolean>
  encryptStringAsync?: (text: string) => Promise<Buffer>
  decryptStringAsync?: (bytes: Buffer) => Promise<{ shouldReEncrypt: boolean; result: string }>
  getSelectedStorageBackend?: () => string
}>

export type DataKey =
  | Readonly<{ kind: 'kept'; hex: string }>
  /** This system keeps no secrets for programs; the station keeps its key in a file of its own. */
  | Readonly<{ kind: 'no-vault' }>
  /** The key is there, but the system no longer opens it: another account, or its vault was made anew. */
  | Readonly<{ kind: 'unreadable'; file: string }>

async function hasVault(vault: OsVault, platform: string): Promise<boolean> {
  // On Linux `basic_text` is encryption with a password that stands in Chromium's sources: worse than a 0600 file, for it looks safe.
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(vault.getSelectedStorageBackend?.() ?? 'unknown')) {
    return false
  }
  return vault.isAsyncEncryptionAvailable ? vault.isAsyncEncryptionAvailable() : vault.isEncryptionAvailable()
}

async function seal(vault: OsVault, file: string, hex: string): Promise<void> {
  const sealed = vault.encryptStringAsync ? await vault.encryptStringAsync(hex) : vault.encryptString(hex)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, sealed, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

/** The station's 32-byte data key, sealed by the operating system in `file`; made when it is first asked for. */
export async function readDataKey(vault: OsVault, file: string, platform = process.platform): Promise<DataKey> {
  if (!(await hasVault(vault, platform))) return existsSync(file) ? { kind: 'unreadable', file } : { kind: 'no-vault' }
  if (!existsSync(file)) {
    const hex = randomBytes(32).toString('hex')
    await seal(vault, file, hex)
    return { kind: 'kept', hex }
  }
  try {
    const sealed = readFileSync(file)
    const opened = vault.decryptStringAsync
      ? await vault.decryptStringAsync(sealed)
      : { result: vault.decryptString(sealed), shouldReEncrypt: false }
    if (!/^[0-9a-f]{64}$/.test(opened.result)) return { kind: 'unreadable', file }
    if (opened.shouldReEncrypt) await seal(vault, file, opened.result)
    return { kind: 'kept', hex: opened.result }
  } catch {
    return { kind: 'unreadable', file }
  }
}
