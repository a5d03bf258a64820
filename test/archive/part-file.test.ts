import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createBlockPool } from '../../electron/station/archive/block-pool.ts'
import { createHashThread, type HashThread } from '../../electron/station/archive/hash-thread.ts'
import { createPartFile, type FilledPart } from '../../electron/station/archive/part-file.ts'

const before = Buffer.from('a head of our own')

let folder: string
let thread: HashThread
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingzhan-part-'))
  thread = createHashThread()
})
afterEach(async () => {
  await thread.stop()
  rmSync(folder, { recursive: true, force: true })
})

function begin({ flags = 'wx+', name = 'one.part' } = {}) {
  const path = join(folder, name)
  if (flags === 'r') writeFileSync(path, '')
  const file = { id: name, path, fd: openSync(path, flags), isNamed: Promise.resolve() }
  const beginnings: Buffer[] = []
  const onBeginning = (bytes: Buffer) => beginnings.push(Buffer.from(bytes))
  return { path, beginnings, part: createPartFile({ file, before, blocks: createBlockPool(), thread, onBeginning }) }
}

async function filledOf(part: ReturnType<typeof begin>['part']): Promise<FilledPart> {
  const filled = await part.fill()
  if ('kind' in filled) throw filled.error
  await filled.sync()
  filled.close()
  return filled
}

for (const size of [0, 1, 65_536, 262_144 - before.length, 262_144, 525_000, 3_000_000, 20_000_001]) {
  test(`an object of ${size} bytes lies in the file as it came, and its hash is its own`, async () => {
    const bytes = randomBytes(size)
    const { path, part, beginnings } = begin()
    for (let at = 0; at < size; at += 131_060) await part.write(bytes.subarray(at, at + 131_060))
    const filled = await filledOf(part)
    expect(filled.sizeBytes).toBe(size)
    expect(filled.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(beginnings.map((one) => one.equals(bytes.subarray(0, 65_536)))).toEqual([true])
    expect(readFileSync(path).equals(Buffer.concat([before, bytes]))).toBe(true)
  })
}

test('when the hashing thread dies in the middle of an object, the hash is that of what the file holds', async () => {
  const bytes = randomBytes(5_000_000)
  const { part } = begin()
  for (let at = 0; at < bytes.length; at += 100_000) {
    if (at === 3_000_000) await thread.stop()
    await part.write(bytes.subarray(at, at + 100_000))
  }
  expect((await filledOf(part)).sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('an object whose file cannot be written fails at its end, and not before', async () => {
  const { part } = begin({ flags: 'r' })
  for (let count = 0; count < 20; count++) await part.write(randomBytes(200_000))
  expect(await part.fill()).toMatchObject({ kind: 'failed', error: { code: 'EBADF' } })
})

test('an object whose file could not be made fails at its end, with what was wrong', async () => {
  const failure = Object.assign(new Error('no room'), { code: 'ENOSPC' })
  const file = { id: 'x', path: join(folder, 'x.part'), failure, isNamed: Promise.resolve() }
  const part = createPartFile({ file, before, blocks: createBlockPool(), thread, onBeginning: () => {} })
  await part.write(randomBytes(600_000))
  expect(await part.fill()).toEqual({ kind: 'failed', error: failure })
})
