import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encapsulatedFrame } from '../../electron/station/archive/frame-bytes.ts'
import { createPixelReader } from '../../electron/station/pictures/read-pixels.ts'
import { createTurns } from '../../electron/station/pictures/turns.ts'
import { dataSetIn, type FilmShape, writeFilm } from './film-files.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingzhan-cine-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const player = fileURLToPath(new URL('./cine-player.ts', import.meta.url))

describe('a film of 200 MB', () => {
  const shapes: readonly FilmShape[] = [
    { rows: 600, columns: 800, frames: 440, as: 'native' },
    { rows: 600, columns: 800, frames: 220, as: 'no-table' },
  ]
  test.each(shapes)(
    'is played frame by frame without being read whole: $as',
    (shape) => {
      const path = join(folder, `${shape.as}.dcm`)
      writeFilm(path, shape)
      expect(statSync(path).size).toBeGreaterThan(200e6)
      const played = spawnSync(process.execPath, [player, path, String(shape.frames), '150', '30'], {
        encoding: 'utf8',
      })
      const told = JSON.parse(played.stdout) as {
        wrong: number[]
        first: string
        peakMegabytes: number
        startMegabytes: number
      }
      rmSync(path)
      console.info(
        `cine, ${shape.as}: ${told.startMegabytes.toFixed(0)} MB before, at most ${told.peakMegabytes.toFixed(0)} MB`,
      )
      expect(told.wrong).toEqual([])
      expect(told.first).toBe(
        createHash('sha256')
          .update(Buffer.alloc(600 * 800))
          .digest('hex'),
      )
      // Less than the film: it was never in memory. Most of it is the program itself, and what the collector has not taken yet.
      expect(told.peakMegabytes - told.startMegabytes).toBeLessThan(150)
    },
    120_000,
  )
})

describe('frames are found', () => {
  test.each(['table', 'no-table', 'extended', 'native'] as const)('with %s, in any order', async (as) => {
    const path = join(folder, `small-${as}.dcm`)
    writeFilm(path, { rows: 8, columns: 8, frames: 40, as })
    const reader = createPixelReader({ dataSetOf: () => dataSetIn(path) })
    for (const frame of [39, 0, 17, 38, 1, 17]) {
      const read = await reader.readFrame('film', frame)
      expect([frame, read.kind === 'frame' && read.pixels[0]]).toEqual([frame, frame])
    }
    expect(await reader.readFrame('film', 40)).toMatchObject({ kind: 'cannot' })
    await reader.stop()
  })

  test('of several fragments each by the extended table, or by where pictures begin, looked for once', async () => {
    // Two fragments a frame, JPEG-like: a start, then a rest.
    const items = [Buffer.alloc(0)]
    for (let frame = 0; frame < 5; frame++) items.push(Buffer.from([0xff, 0xd8, frame, 0]), Buffer.from([1, frame]))
    const bytes = Buffer.concat(
      items.map((value) => {
        const head = Buffer.from('feff00e000000000', 'hex')
        head.writeUInt32LE(value.length, 4)
        return Buffer.concat([head, value])
      }),
    )
    let reads = 0
    const source = {
      async read(offset: number, length: number) {
        reads++
        return bytes.subarray(offset, offset + length)
      },
    }
    let kept: Parameters<typeof memory.keep>[0] | undefined
    const memory: NonNullable<Parameters<typeof encapsulatedFrame>[4]> = {
      read: () => kept,
      keep(found) {
        kept = found
      },
    }
    const third = Buffer.from([0xff, 0xd8, 3, 0, 1, 3])
    expect(await encapsulatedFrame(source, 0, 5, 3, memory)).toEqual({ kind: 'bytes', bytes: third })
    reads = 0
    expect(await encapsulatedFrame(source, 0, 5, 3, memory)).toEqual({ kind: 'bytes', bytes: third })
    expect(reads).toBe(2)
    kept = undefined
    const extended = Array.from({ length: 5 }, (_, frame) => frame * 22)
    expect(await encapsulatedFrame(source, 0, 5, 3, undefined, extended)).toEqual({ kind: 'bytes', bytes: third })
  })
})

describe('a few frames at a time', () => {
  test('the others wait in the order in which they came, also when one fails', async () => {
    const turns = createTurns(2)
    let running = 0
    let most = 0
    const order: number[] = []
    const work = (number: number) =>
      turns.take(async () => {
        most = Math.max(most, ++running)
        order.push(number)
        await new Promise((resolve) => setImmediate(resolve))
        running--
        if (number === 2) throw new Error('broken')
        return number
      })
    const done = await Promise.allSettled(Array.from({ length: 9 }, (_, number) => work(number)))
    expect(most).toBe(2)
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(done.filter((one) => one.status === 'rejected')).toHaveLength(1)
    expect(await work(10)).toBe(10)
  })

  test('who asked and has gone on gets nothing read', async () => {
    let asked = 0
    const reader = createPixelReader({
      dataSetOf() {
        asked++
        return undefined
      },
    })
    expect(await reader.readFrame('film', 0, () => false)).toMatchObject({ kind: 'cannot' })
    expect(asked).toBe(0)
    await reader.stop()
  })
})
