import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { installStamp } from '../../build/install-stamp.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stamp-'))
  writeFileSync(join(folder, 'package.json'), '{"version":"1.0.0"}')
  writeFileSync(join(folder, 'package-lock.json'), '{}')
})

afterEach(() => rmSync(folder, { recursive: true }))

test('the same packages on the same platform give the same stamp', () => {
  expect(installStamp(folder, 'linux', 'x64')).toBe(installStamp(folder, 'linux', 'x64'))
})

test('another lock file, another npm setting and another platform each give another stamp', () => {
  const before = installStamp(folder, 'linux', 'x64')
  expect(installStamp(folder, 'win32', 'x64')).not.toBe(before)
  expect(installStamp(folder, 'linux', 'arm64')).not.toBe(before)
  writeFileSync(join(folder, '.npmrc'), 'fund=false\n')
  const withSetting = installStamp(folder, 'linux', 'x64')
  expect(withSetting).not.toBe(before)
  writeFileSync(join(folder, 'package-lock.json'), '{"lockfileVersion":3}')
  expect(installStamp(folder, 'linux', 'x64')).not.toBe(withSetting)
})
