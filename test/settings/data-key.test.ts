import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../electron/station/db/open-database.ts'
import { openSecretBox } from '../../electron/station/settings/data-key.ts'

const fromShell = 'ab'.repeat(32)

describe('the key of a data folder', () => {
  let folder: string
  let db: Database
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yingzhan-key-'))
    db = await openDatabase(join(folder, 'station.db'))
  })
  afterEach(() => {
    db.close()
    rmSync(folder, { recursive: true })
  })
  const file = () => join(folder, 'data.key')
  const open = (key?: string) => openSecretBox(db, folder, key)

  test('is made once, for this user only, and stays the same', () => {
    const sealed = open().seal('secret', 'x')
    expect(open().open(sealed, 'x')).toBe('secret')
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600)
  })

  test('comes from the shell where it hands one over, and then touches no file', () => {
    const sealed = open(fromShell).seal('secret', 'x')
    expect(open(fromShell).open(sealed, 'x')).toBe('secret')
    expect(existsSync(file())).toBe(false)
  })

  test('a folder that ran alone first opens under the shell too', () => {
    const sealed = open().seal('secret', 'x')
    expect(open(fromShell).open(sealed, 'x')).toBe('secret')
  })

  test('that is another one, or is gone, stops the station, and no new one is made', () => {
    open(fromShell)
    expect(() => open('cd'.repeat(32))).toThrow(/KEY-WRONG/)
    expect(() => open()).toThrow(/KEY-WRONG/)
    expect(existsSync(file())).toBe(false)
    expect(() => open(fromShell)).not.toThrow()
  })

  test.each(['half a ke', 'abcd', '\n'])('that is broken (%j) stops the station instead of being replaced', (text) => {
    writeFileSync(file(), text)
    expect(() => open()).toThrow(/KEY-WRONG/)
    expect(readFileSync(file(), 'utf8')).toBe(text)
    rmSync(file())
    expect(() => open(text.trim() || 'zz')).toThrow(/KEY-WRONG/)
  })
})
