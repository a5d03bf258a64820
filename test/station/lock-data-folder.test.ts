import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lockDataFolder } from '../../electron/station/lock-data-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingzhan-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const lockFile = () => join(folder, 'station.lock')

describe('the lock of a data folder', () => {
  test('is gone after it was released, and can be taken again', () => {
    lockDataFolder(folder).release()
    expect(existsSync(lockFile())).toBe(false)
    lockDataFolder(folder).release()
  })

  test('of a process that is gone is taken over', () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid
    writeFileSync(lockFile(), String(gone))
    lockDataFolder(folder).release()
  })

  test.each(['', 'nonsense', '-1', '0'])('that says %j (a power cut while it was written) is taken over', (text) => {
    writeFileSync(lockFile(), text)
    lockDataFolder(folder).release()
  })

  test('of a process that runs is respected', () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'])
    try {
      writeFileSync(lockFile(), String(other.pid))
      expect(() => lockDataFolder(folder)).toThrow(/DATA-IN-USE/)
    } finally {
      other.kill()
    }
  })
})
