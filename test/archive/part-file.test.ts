import { randomBytes } from 'node:crypto'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPartFile, type FilledPart } from '../../electron/station/archive/part-file.ts'

const before = Buffer.from('a head of our own')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingzhan-part-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function begin({ flags = 'wx+', name = 'one.part' } = {}) {
  const path = join(folder, name)
  if (flags === 'r') writeFileSync(path, '')
  const file = { id: name, path, fd: openSync(path, flags), isNamed: Promise.resolve() }
  const beginnings: Buffer[] = []
  const onBeginning = (bytes: Buffer) => beginnings.push(Buffer.from(bytes))
  return { path, beginnings, part: createPartFile({ file, before, onBeginning }) }
}

async function filledOf(part: ReturnType<typeof begin>['part']): Promise<FilledPart> {
  const filled = await part.fill()
  if ('kind' in filled) throw filled.error
  await filled.sync()
  filled.close()
  return filled
}

for (const size of [0, 1, 65_536, 262_144 - before.length, 262_144, 525_000, 3_000_000, 20_000_001]) {
  test(`an object of ${size} bytes lies in the file as it came, and its CRC-32 is its own`, async () => {
    const bytes = randomBytes(size)
    const { path, part, beginnings } = begin()
    for (let at = 0; at < size; at += 131_060) await part.write(bytes.subarray(at, at + 131_060))
    const filled = await filledOf(part)
    expect(filled.sizeBytes).toBe(size)
    expect(filled.crc32).toBe(crc32(bytes))
    expect(beginnings.map((one) => one.equals(bytes.subarray(0, 65_536)))).toEqual([true])
    expect(readFileSync(path).equals(Buffer.concat([before, bytes]))).toBe(true)
  })
}

for (const piece of [1_000, 30_000, 65_536]) {
  test(`a beginning that comes in pieces of ${piece} bytes is told once, and whole`, async () => {
    const bytes = randomBytes(200_000)
    const { part, beginnings } = begin()
    for (let at = 0; at < bytes.length; at += piece) await part.write(bytes.subarray(at, at + piece))
    expect((await filledOf(part)).crc32).toBe(crc32(bytes))
    expect(beginnings.map((one) => one.equals(bytes.subarray(0, 65_536)))).toEqual([true])
  })
}

test('the memory that is lent may be used again at once', async () => {
  const bytes = randomBytes(300_000)
  const { path, part, beginnings } = begin()
  const lent = Buffer.alloc(20_000)
  for (let at = 0; at < bytes.length; at += lent.length) {
    const length = bytes.copy(lent, 0, at)
    await part.write(lent.subarray(0, length))
    lent.fill(0xee)
  }
  await filledOf(part)
  expect(beginnings[0]!.equals(bytes.subarray(0, 65_536))).toBe(true)
  expect(readFileSync(path).equals(Buffer.concat([before, bytes]))).toBe(true)
})

test('a sender that is faster than the disk is asked to wait', async () => {
  const { part } = begin()
  const waits: boolean[] = []
  const piece = randomBytes(1024 * 1024)
  for (let count = 0; count < 64; count++) waits.push(part.write(piece) !== undefined)
  expect(waits.slice(0, 30)).not.toContain(true)
  expect(waits.at(-1)).toBe(true)
  expect((await filledOf(part)).sizeBytes).toBe(64 * 1024 * 1024)
})

test('an object whose file cannot be written fails at its end, and not before', async () => {
  const { part } = begin({ flags: 'r' })
  for (let count = 0; count < 20; count++) await part.write(randomBytes(200_000))
  expect(await part.fill()).toMatchObject({ kind: 'failed', error: { code: 'EBADF' } })
})

test('an object whose file could not be made fails at its end, with what was wrong', async () => {
  const failure = Object.assign(new Error('no room'), { code: 'ENOSPC' })
  const file = { id: 'x', path: join(folder, 'x.part'), failure, isNamed: Promise.resolve() }
  const part = createPartFile({ file, before, onBeginning: () => {} })
  await part.write(randomBytes(600_000))
  expect(await part.fill()).toEqual({ kind: 'failed', error: failure })
})
