import { createHash, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBlockHash } from '../../electron/station/archive/hash-blocks.ts'
import { createHashThread, type HashThread } from '../../electron/station/archive/hash-thread.ts'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

function block(size = 1000): Buffer<SharedArrayBuffer> {
  const shared = Buffer.from(new SharedArrayBuffer(size))
  randomBytes(size).copy(shared)
  return shared
}

let thread: HashThread
beforeEach(() => {
  thread = createHashThread()
})
afterEach(() => thread.stop())

describe('the SHA-256 of blocks', () => {
  test('of an object without a byte is that of nothing', async () => {
    const released: Buffer[] = []
    const hash = createBlockHash(thread, (one) => released.push(one))
    const empty = block()
    hash.add(empty, 300, 300)
    expect(await hash.digest()).toBe(sha256(Buffer.alloc(0)))
    expect(released).toEqual([empty])
  })

  for (const count of [1, 4, 5, 60]) {
    test(`of ${count} is that of their bytes in order, and each block is given back once`, async () => {
      const released: Buffer[] = []
      const hash = createBlockHash(thread, (one) => released.push(one))
      const blocks = Array.from({ length: count }, () => block())
      for (const one of blocks) await hash.add(one, 100, 900)
      expect(await hash.digest()).toBe(sha256(Buffer.concat(blocks.map((one) => one.subarray(100, 900)))))
      expect(released).toEqual(blocks)
    })
  }

  test('of several objects that come at the same time do not mix', async () => {
    const objects = Array.from({ length: 4 }, () => Array.from({ length: 20 }, () => block()))
    const hashes = objects.map(() => createBlockHash(thread, () => {}))
    for (let at = 0; at < 20; at++)
      for (const [index, hash] of hashes.entries()) await hash.add(objects[index]![at]!, 0, 1000)
    const found = await Promise.all(hashes.map((hash) => hash.digest()))
    expect(found).toEqual(objects.map((blocks) => sha256(Buffer.concat(blocks))))
  })

  test('of an object that broke off keeps nobody from the next', async () => {
    const broken = createBlockHash(thread, () => {})
    for (let at = 0; at < 6; at++) await broken.add(block(), 0, 1000)
    broken.drop()
    const hash = createBlockHash(thread, () => {})
    const blocks = Array.from({ length: 6 }, () => block())
    for (const one of blocks) await hash.add(one, 0, 1000)
    expect(await hash.digest()).toBe(sha256(Buffer.concat(blocks)))
  })

  test('is not known when the thread dies in the middle; no block is kept, nobody waits for ever, and the next object has a thread', async () => {
    const released: Buffer[] = []
    const hash = createBlockHash(thread, (one) => released.push(one))
    const blocks = Array.from({ length: 40 }, () => block())
    for (const one of blocks.slice(0, 20)) await hash.add(one, 0, 1000)
    await thread.stop()
    for (const one of blocks.slice(20)) await hash.add(one, 0, 1000)
    expect(await hash.digest()).toBeUndefined()
    expect(released).toEqual(blocks)
    const next = createBlockHash(thread, () => {})
    for (const one of blocks) await next.add(one, 0, 1000)
    expect(await next.digest()).toBe(sha256(Buffer.concat(blocks)))
  })
})
