import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lockDataFolder } from '../../electron/station/lock-data-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingzhan-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Another process that takes the lock, forgets the way to release it, and goes on. */
async function otherHolder() {
  const module = JSON.stringify(new URL('../../electron/station/lock-data-folder.ts', import.meta.url).href)
  const program = `import(${module}).then(async (m) => { await m.lockDataFolder(process.argv[1]); setTimeout(() => { gc(); console.log('held') }, 20); setInterval(() => {}, 1000) })`
  const child = spawn(process.execPath, ['--expose-gc', '-e', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

describe('the lock of a data folder', () => {
  test('can be taken again after it was released', async () => {
    const first = await lockDataFolder(folder)
    first.release()
    const second = await lockDataFolder(folder)
    second.release()
  })

  test('is refused while another process holds it, and free at once when that was killed', async () => {
    const other = await otherHolder()
    try {
      await expect(lockDataFolder(folder)).rejects.toThrow(/DATA-IN-USE/)
    } finally {
      other.kill('SIGKILL')
      await once(other, 'exit')
    }
    const mine = await lockDataFolder(folder)
    mine.release()
  })

  test('is held by one of many that start at once', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataFolder(folder)))
    const held = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(held).toHaveLength(1)
    for (const lock of held) lock.release()
  })
})
