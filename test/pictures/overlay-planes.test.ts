import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawOverlays } from '../../electron/station/pictures/draw-overlays.ts'
import { packBits } from '../../electron/station/pictures/one-bit-pixels.ts'
import { createPixelReader, type FrameImage } from '../../electron/station/pictures/read-pixels.ts'
import { drawFrame } from '../../electron/station/pictures/render-frame.ts'
import { describeWith } from '../peers.ts'
import { dataSetIn } from './film-files.ts'
import { columns, type ImageWithOverlays, rows, writeImageWithOverlays } from './overlay-files.ts'

let folder: string
let count = 0
const reader = createPixelReader({ dataSetOf: (path) => dataSetIn(path) })
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingzhan-overlays-'))
})
afterAll(async () => {
  await reader.stop()
  rmSync(folder, { recursive: true, force: true })
})

const window = { windowCenter: 2048, windowWidth: 4096 }
const usual = { windowCenter: 128, windowWidth: 256 }

/** A name of its own each time: a stored file never changes. */
function written(image: ImageWithOverlays): string {
  const file = join(folder, `${++count}.dcm`)
  writeImageWithOverlays(file, image)
  return file
}

async function read(path: string, frame = 0): Promise<FrameImage> {
  const image = await reader.readFrame(path, frame)
  if (image.kind === 'cannot') throw new Error(image.reason)
  return image
}

const cross = (row: number, column: number) => row === 3 || column === 4
const ring = (row: number, column: number) => row % 5 === 0 || column % 7 === 0
const whole = () => true

describeWith(['dcmtk'], 'what a device drew over an image is drawn as dcmj2pnm draws it', () => {
  function theirs(path: string, frame: number, { windowCenter, windowWidth }: typeof window): Buffer {
    const out = join(folder, 'picture.pnm')
    const options = ['+F', String(frame + 1), '+Ww', String(windowCenter), String(windowWidth)]
    const run = spawnSync('dcmj2pnm', [...options, path, out], { encoding: 'utf8' })
    if (run.status !== 0) throw new Error(run.stderr)
    const bytes = readFileSync(out)
    return bytes.subarray(/^P[56]\s+(?:#[^\n]*\n)?\d+\s+\d+\s+\d+\s/.exec(bytes.toString('latin1', 0, 200))![0].length)
  }

  const images: readonly (ImageWithOverlays & { readonly what: string })[] = [
    { what: 'one plane', overlays: [{ rows: 10, columns: 20, origin: [5, 7], frames: [cross] }] },
    {
      what: 'planes that reach over every edge',
      overlays: [
        { rows: 20, columns: 20, origin: [-5, -8], frames: [ring] },
        { number: 1, rows: 31, columns: 33, origin: [40, 50], frames: [ring] },
        { number: 15, rows: 5, columns: 5, origin: [1, 64], frames: [whole] },
      ],
    },
    {
      what: 'a plane of its own for each frame',
      frames: 3,
      overlays: [{ rows: 7, columns: 9, isMultiframe: true, frames: [cross, ring, whole] }],
    },
    {
      what: 'planes for the later frames only',
      frames: 4,
      overlays: [{ rows: 7, columns: 9, isMultiframe: true, imageFrameOrigin: 3, frames: [cross, ring] }],
    },
    { what: 'one plane over a film', frames: 3, overlays: [{ rows: 7, columns: 9, frames: [ring] }] },
    { what: 'MONOCHROME1', photometric: 'MONOCHROME1', overlays: [{ rows: 48, columns: 64, frames: [ring] }] },
    {
      what: 'planes in the bits of the pixels',
      embedded: [
        { number: 0, bit: 12 },
        { number: 1, bit: 15 },
      ],
    },
  ]
  test.each(images)('$what', async (image) => {
    const file = written(image)
    const how = image.embedded ? window : usual
    await look(file, image, how)
  })

  async function look(file: string, image: ImageWithOverlays, how: typeof window): Promise<void> {
    for (let frame = 0; frame < (image.frames ?? 1); frame++) {
      const ours = Buffer.from(drawFrame(await read(file, frame), how).pixels)
      const other = theirs(file, frame, how)
      expect([frame, ours.length]).toEqual([frame, other.length])
      const unlike = [...ours].filter((level, at) => Math.abs(level - other[at]!) > 1).length
      expect([frame, unlike]).toEqual([frame, 0])
    }
  }

  const rewritten = [
    ['dcmconv', '+ti'],
    ['dcmconv', '+tb'],
    ['dcmcrle', '+un'],
  ] as const
  test.each(rewritten)('written anew by %s %s', async (program, option) => {
    for (const image of [images[1]!, images.at(-1)!]) {
      const from = written(image)
      const file = `${from}.again.dcm`
      const run = spawnSync(program, [option, from, file], { encoding: 'utf8' })
      expect([run.status, run.stderr]).toEqual([0, ''])
      await look(file, image, image.embedded ? window : usual)
    }
  })
})

describe('what a device drew', () => {
  test('as a region is drawn as its outline, so that the image in it is seen', async () => {
    const file = written({ overlays: [{ rows: 6, columns: 8, origin: [11, 21], type: 'R', frames: [whole] }] })
    const image = await read(file)
    const without = drawFrame({ ...image, overlays: [] }, usual).pixels
    const { pixels } = drawFrame(image, usual)
    const changed = [...pixels].flatMap((level, at) => (level === without[at] ? [] : [at]))
    const outline = Array.from({ length: rows * columns }, (_, at) => at).filter((at) => {
      const [row, column] = [Math.floor(at / columns) - 10, (at % columns) - 20]
      const isIn = row >= 0 && row < 6 && column >= 0 && column < 8
      return isIn && (row === 0 || row === 5 || column === 0 || column === 7)
    })
    expect(changed).toEqual(outline)
  })

  test('is left out where it is empty, cut off, without size, or beyond the image', async () => {
    const nothing = written({ overlays: [{ rows: 10, columns: 10, frames: [() => false] }] })
    expect((await read(nothing)).overlays).toEqual([])
    const outside = await read(written({ overlays: [{ rows: 2, columns: 2, origin: [500, -400], frames: [whole] }] }))
    expect(drawFrame(outside, usual)).toEqual(drawFrame({ ...outside, overlays: [] }, usual))
    for (const wrong of [
      { rows: 0, columns: 9 },
      { rows: 60_000, columns: 60_000 },
      { rows: 9, columns: 1000 },
    ]) {
      const file = written({ overlays: [{ rows: 4, columns: 4, frames: [whole] }] })
      const bytes = readFileSync(file)
      for (const [at, value] of [
        [0x10, wrong.rows],
        [0x11, wrong.columns],
      ] as const) {
        const place = bytes.indexOf(Buffer.from([0x00, 0x60, at, 0x00, 0x55, 0x53]))
        bytes.writeUInt16LE(value, place + 8)
      }
      writeFileSync(file, bytes)
      expect((await read(file)).overlays).toEqual([])
    }
  })

  test('names bits of the pixels that are grey values and is not believed', async () => {
    expect((await read(written({ embedded: [{ number: 0, bit: 5 }] }))).overlays).toEqual([])
    const file = written({ embedded: [{ number: 0, bit: 12 }] })
    const image = await read(file)
    expect(image.overlays).toHaveLength(1)
    expect(image.maximum).toBeLessThan(4096)
  })

  test('over a picture in colours is white too', async () => {
    const file = written({ photometric: 'RGB', overlays: [{ rows: 2, columns: 3, origin: [9, 5], frames: [whole] }] })
    const { pixels } = drawFrame(await read(file), {})
    const whites = Array.from({ length: rows * columns }, (_, at) => at).filter((at) =>
      pixels.subarray(at * 3, at * 3 + 3).every((level) => level === 255),
    )
    expect(whites).toEqual([8, 9].flatMap((row) => [4, 5, 6].map((column) => row * columns + column)))
  })

  test('stays one pixel wide and white in a smaller picture', () => {
    const line = Uint8Array.from({ length: 80 * 60 }, (_, at) => (Math.floor(at / 80) === 20 ? 1 : 0))
    const plane = { rows: 60, columns: 80, top: 0, left: 0, bits: packBits(line) }
    const small = { rows: 30, columns: 40, samplesPerPixel: 1, pixels: new Uint8Array(30 * 40) } as const
    const { pixels } = drawOverlays(small, [plane], { rows: 60, columns: 80 })
    expect([...pixels].flatMap((level, at) => (level > 0 ? [[Math.floor(at / 40), level]] : []))).toEqual(
      Array.from({ length: 40 }, () => [10, 255]),
    )
  })
})
