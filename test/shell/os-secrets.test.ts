import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OsVault, readDataKey } from '../../electron/main/os-secrets.ts'
import { openRotatingLog } from '../../electron/main/rotating-log.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'))
  file = join(folder, 'user-data', 'data-key.enc')
})

afterEach(() => rmSync(folder, { recursive: true }))

const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a))

const vault: OsVault = {
  isEncryptionAvailable: () => true,
  encryptString: (text) => flip(Buffer.from(text)),
  decryptString: (bytes) => flip(bytes).toString(),
  getSelectedStorageBackend: () => 'gnome_libsecret',
}

describe('the data key', () => {
  test('is made once, kept sealed, and given again', async () => {
    const first = await readDataKey(vault, file, 'linux')
    expect(first).toEqual({ kind: 'kept', hex: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(await readDataKey(vault, file, 'linux')).toEqual(first)
    expect(readFileSync(file, 'latin1')).not.toContain(first.kind === 'kept' ? first.hex : '')
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  test('is sealed by the newer asynchronous calls where they are there', async () => {
    const newer: OsVault = {
      ...vault,
      encryptString: () => {
        throw new Error('the old call')
      },
      isAsyncEncryptionAvailable: async () => true,
      encryptStringAsync: async (text) => flip(Buffer.from(text)),
      decryptStringAsync: async (bytes) => ({ result: flip(bytes).toString(), shouldReEncrypt: true }),
    }
    const first = await readDataKey(newer, file, 'win32')
    expect(first.kind).toBe('kept')
    expect(await readDataKey(newer, file, 'win32')).toEqual(first)
  })

  test('is left to the station where the system has no vault, and where Linux only pretends to have one', async () => {
    expect(await readDataKey({ ...vault, isEncryptionAvailable: () => false }, file, 'win32')).toEqual({
      kind: 'no-vault',
    })
    const pretending = { ...vault, getSelectedStorageBackend: () => 'basic_text' }
    expect(await readDataKey(pretending, file, 'linux')).toEqual({ kind: 'no-vault' })
    expect(existsSync(file)).toBe(false)
  })

  test('that no longer opens is said to be unreadable and never replaced', async () => {
    await readDataKey(vault, file, 'linux')
    writeFileSync(file, 'sealed by another')
    expect(await readDataKey(vault, file, 'linux')).toEqual({ kind: 'unreadable', file })
    expect(readFileSync(file, 'utf8')).toBe('sealed by another')
  })
})

test('the log turns over at its size and drops the oldest', () => {
  const log = openRotatingLog(join(folder, 'logs', 'station.log'), 30, 2)
  for (let number = 0; number < 10; number++) log.write(`line ${number} 0123456789`)
  expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['station.log', 'station.log.1', 'station.log.2'])
  expect(readFileSync(log.file, 'utf8')).toContain('line 9')
})
