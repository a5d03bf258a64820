import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPixelReader, type FrameImage, type PixelReader } from '../../electron/station/pictures/read-pixels.ts'
import { drawFrame } from '../../electron/station/pictures/render-frame.ts'
import { describeWith } from '../peers.ts'
import { dcmtkCannot, pixelKinds } from './pixel-kinds.ts'
import { drawnByDcmtk, run, storedAt, writeImage } from './pixels-for-tests.ts'

let work: string
let reader: PixelReader
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'yingzhan-pixels-'))
  reader = createPixelReader({ dataSetOf: storedAt })
})
afterAll(async () => {
  await reader.stop()
  rmSync(work, { recursive: true, force: true })
})

type Way = {
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
  readonly lossy?: boolean
}
const ways: readonly Way[] = [
  { name: 'implicit', program: 'dcmconv', args: ['+ti'] },
  { name: 'big endian', program: 'dcmconv', args: ['+tb'] },
  { name: 'deflated', program: 'dcmconv', args: ['+td'] },
  { name: 'undefined lengths', program: 'dcmconv', args: ['+te', '-e'] },
  { name: 'RLE', program: 'dcmcrle', args: [] },
  { name: 'JPEG lossless SV1', program: 'dcmcjpeg', args: ['+e1', '+tl'] },
  { name: 'JPEG lossless SV6', program: 'dcmcjpeg', args: ['+el', '+sv', '6', '+tl'] },
  { name: 'JPEG baseline', program: 'dcmcjpeg', args: ['+eb', '+q', '95'], lossy: true },
  { name: 'JPEG baseline, colour shared', program: 'dcmcjpeg', args: ['+eb', '+q', '95', '+s2'], lossy: true },
  { name: 'JPEG extended', program: 'dcmcjpeg', args: ['+ee', '+q', '95'], lossy: true },
  { name: 'JPEG spectral selection', program: 'dcmcjpeg', args: ['+es', '+q', '95'], lossy: true },
  { name: 'JPEG progressive', program: 'dcmcjpeg', args: ['+ep', '+q', '95'], lossy: true },
  { name: 'JPEG-LS, plane after plane', program: 'dcmcjpls', args: ['+el', '+in'] },
  { name: 'JPEG-LS, line by line', program: 'dcmcjpls', args: ['+el', '+il'] },
  { name: 'JPEG-LS, pixel by pixel', program: 'dcmcjpls', args: ['+el', '+is'] },
  { name: 'JPEG-LS near lossless', program: 'dcmcjpls', args: ['+en', '+md', '2'], lossy: true },
]

/** How far ours is from theirs: mean and greatest difference in grey levels of 256. */
function difference(ours: Uint8Array, theirs: Buffer): { readonly mean: number; readonly most: number } {
  let sum = 0
  let most = 0
  for (const [at, value] of ours.entries()) {
    const by = Math.abs(value - theirs[at]!)
    sum += by
    if (by > most) most = by
  }
  return { mean: sum / ours.length, most }
}

async function drawnByUs(path: string, frame: number): Promise<{ image: FrameImage; picture: Uint8Array } | string> {
  const image = await reader.readFrame(path, frame)
  if (image.kind === 'cannot') return image.reason
  // dcmtk draws what a device drew over a picture only over greys.
  const overlays = image.samplesPerPixel === 1 ? image.overlays : []
  return { image, picture: drawFrame({ ...image, overlays }, {}).pixels }
}

/** Of a frame, from 0. undefined: the same to the eye; otherwise what is wrong. */
async function compared(path: string, frame: number, lossy: boolean): Promise<string | undefined> {
  const ours = await drawnByUs(path, frame)
  if (typeof ours === 'string') return ours
  const isWindowed = ours.image.samplesPerPixel === 1 && ours.image.windowWidth !== undefined
  const theirs = drawnByDcmtk(path, frame + 1, isWindowed ? ['+Wi', '1'] : ['+Wm'], work)
  if (!theirs) return 'dcmtk cannot draw it'
  if (theirs.length !== ours.picture.length) return `${ours.picture.length} bytes, theirs ${theirs.length}`
  const { mean, most } = difference(ours.picture, theirs)
  // Each rounds its own way; after a lossy codec inverse transforms and shared colour differ by a little more.
  const isSame = lossy ? mean < 1 && most <= 40 : mean < 1 && most <= 2
  return isSame ? undefined : `mean ${mean.toFixed(2)}, most ${most}`
}

describeWith(['dcmtk'], 'every way in which dcmtk writes pixels', () => {
  test.each(pixelKinds)(
    '$name is drawn as dcmtk draws it, frame by frame, and lossless stays lossless',
    async (kind) => {
      const source = join(work, `${kind.name}.dcm`)
      writeImage(source, kind)
      const frames = kind.frames ?? 1
      const wrong: string[] = []
      const original = await reader.readFrame(source, 0)
      if (original.kind === 'cannot') throw new Error(original.reason)
      let written = 0
      for (const way of [{ name: 'as it is', program: '', args: [] } as Way, ...ways]) {
        const path = way.program === '' ? source : join(work, `${kind.name}-${way.name.replaceAll(' ', '-')}.dcm`)
        if (way.program !== '' && !run(way.program, [...way.args, source, path])) continue
        written++
        for (let frame = 0; frame < frames; frame++) {
          const how = await compared(path, frame, way.lossy === true)
          if (how) wrong.push(`${way.name}, frame ${frame + 1}: ${how}`)
        }
        // dcmcjpeg turns YBR into RGB before it compresses, with its own rounding.
        const isTurned = kind.photometric.startsWith('YBR') && way.program === 'dcmcjpeg'
        const first = way.lossy || isTurned ? undefined : await reader.readFrame(path, 0)
        const isSame = first?.kind !== 'frame' || Buffer.from(first.pixels).equals(Buffer.from(original.pixels))
        if (!isSame) wrong.push(`${way.name}: other pixels than before`)
      }
      expect(wrong).toEqual([])
      expect(written).toBeGreaterThanOrEqual(5)
    },
    120_000,
  )
})

const corpus = resolve(process.env.CORPUS_DIR ?? '../shared/corpus')
const corpusFiles = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(corpus, name)).isFile())
  : []

describe.skipIf(corpusFiles.length === 0)('the corpus (not in a fresh clone)', () => {
  describeWith(['dcmtk'], 'beside dcmtk', () => {
    test('first, middle and last frame of every file that both can draw look the same', async () => {
      const counts = { same: 0, onlyWe: 0, onlyThey: 0, neither: 0 }
      const wrong: string[] = []
      for (const name of corpusFiles) {
        const path = join(corpus, name)
        const stored = storedAt(path)
        if (!stored || dcmtkCannot.test(name)) continue
        const first = await reader.readFrame(path, 0)
        if (first.kind === 'cannot') {
          const theirs = drawnByDcmtk(path, 1, ['+Wm'], work)
          if (theirs) wrong.push(`${name}: ${first.reason}`)
          counts[theirs ? 'onlyThey' : 'neither']++
          continue
        }
        const last = first.numberOfFrames - 1
        for (const frame of new Set([0, Math.floor(last / 2), last])) {
          const how = await compared(path, frame, true)
          if (how === 'dcmtk cannot draw it') counts.onlyWe++
          else if (how) wrong.push(`${name}, frame ${frame + 1}: ${how}`)
          else counts.same++
        }
      }
      console.info(`corpus: ${JSON.stringify(counts)}`)
      expect(wrong).toEqual([])
      expect(counts.same).toBeGreaterThan(50)
    }, 300_000)
  })
})
