import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImageDescription } from '../../electron/station/archive/image-description.ts'
import { ybrFullToRgb } from '../../electron/station/pictures/color-pixels.ts'
import { unpackBits } from '../../electron/station/pictures/one-bit-pixels.ts'
import { createPixelReader, type FrameImage, type PixelReader } from '../../electron/station/pictures/read-pixels.ts'
import { samplesOf } from '../../electron/station/pictures/sample-range.ts'
import { transferSyntaxOf } from '../../shared/dicom/transfer-syntax.ts'
import { describeWith } from '../peers.ts'
import { dcmtkCannot, pixelKinds } from './pixel-kinds.ts'
import { type ImageKind, run, storedAt, writeImage } from './pixels-for-tests.ts'

// Stored values beside a second decoder: what gdcm compresses is read as it was, and what both decode is the same.

let work: string
let reader: PixelReader
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'yingzhan-gdcm-'))
  reader = createPixelReader({ dataSetOf: storedAt })
})
afterAll(async () => {
  await reader.stop()
  rmSync(work, { recursive: true, force: true })
})

async function frameOf(path: string, frame: number): Promise<FrameImage> {
  const read = await reader.readFrame(path, frame)
  if (read.kind === 'cannot') throw new Error(`${path}: ${read.reason}`)
  return read
}

function furthest(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  let most = 0
  for (let at = 0; at < ours.length; at++) most = Math.max(most, Math.abs(ours[at]! - theirs[at]!))
  return most
}

const lossless = {
  implicit: ['--implicit'],
  deflated: ['--deflated'],
  RLE: ['--rle'],
  'JPEG lossless': ['--jpeg'],
  'JPEG-LS': ['--jpegls'],
  'JPEG 2000': ['--j2k'],
}

/** Each with the furthest that a value may be from what it was, in parts of the whole range; JPEG-LS promises a number of steps. */
const lossy = [
  { name: 'JPEG-LS near lossless', args: ['--jpegls', '--lossy', '-e', '2'], within: (steps: number) => 2 / steps },
  { name: 'JPEG 2000', args: ['--j2k', '--lossy', '--irreversible', '-r', '4'], within: () => 0.02 },
]

describeWith(['gdcm'], 'every way in which gdcm writes pixels', () => {
  const kinds = [
    ...pixelKinds,
    { name: 'grey-8-signed', bitsAllocated: 8, bitsStored: 8, isSigned: true, photometric: 'MONOCHROME2' } as const,
  ]

  test.each<ImageKind>(kinds)(
    '$name: lossless is read as it was, lossy nearly so and never as its opposite',
    async (kind) => {
      const source = join(work, `${kind.name}.dcm`)
      writeImage(source, kind)
      const frame = (kind.frames ?? 1) - 1
      const plain = await frameOf(source, frame)
      const wrong: string[] = []
      let written = 0
      for (const [name, args] of Object.entries(lossless)) {
        const path = join(work, `${kind.name}-${name.replaceAll(' ', '-')}.dcm`)
        if (!run('gdcmconv', [...args, source, path])) continue
        written++
        const most = furthest((await frameOf(path, frame)).pixels, plain.pixels)
        // Its decoder turns YBR into RGB by itself, with its own rounding.
        const isTurned = name === 'JPEG lossless' && kind.photometric.startsWith('YBR')
        if (most > (isTurned ? 1 : 0)) wrong.push(`${name}: ${most}`)
      }
      const isWhole = kind.isSigned && kind.bitsAllocated === 8 // gdcm itself turns its ends round
      for (const { name, args, within } of lossy) {
        const path = join(work, `${kind.name}-${name.replaceAll(' ', '-')}-lossy.dcm`)
        if (isWhole || plain.samplesPerPixel === 3 || !run('gdcmconv', [...args, source, path])) continue
        const steps = 2 ** kind.bitsStored - 1
        const most = furthest(samplesOf((await frameOf(path, frame)).pixels, plain), samplesOf(plain.pixels, plain))
        if (most / steps > within(steps)) wrong.push(`${name}: ${most} of ${steps}`)
      }
      expect(wrong).toEqual([])
      expect(written).toBeGreaterThanOrEqual(5)
    },
  )
})

const corpus = resolve(process.env.CORPUS_DIR ?? '../shared/corpus')
const files = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(corpus, name)).isFile())
  : []

/** The same pixels as another program decodes them: native, in the order of the file, all frames. Undefined: it cannot. */
function decodedByGdcm(path: string): { readonly bytes: Buffer; readonly path: string } | undefined {
  const [raw, values] = [join(work, 'raw.dcm'), join(work, 'raw.bin')]
  for (const old of [raw, values]) rmSync(old, { force: true })
  if (!run('gdcmconv', ['--raw', path, raw]) || !run('gdcmraw', ['-i', raw, '-o', values]) || !existsSync(values))
    return undefined
  return { bytes: readFileSync(values), path: raw }
}

/** Three samples of 16 or 32 bits in RLE, which gdcm puts together in another order; dcmtk has them as we have. */
const gdcmCannot = (image: ImageDescription, codec: string | undefined) =>
  codec === 'rle' && image.bitsAllocated > 8 && image.samplesPerPixel === 3

describe.skipIf(files.length === 0)('the corpus (not in a fresh clone)', () => {
  describeWith(['gdcm'], 'beside gdcm', () => {
    test('has the same values frame by frame: exactly, and within two steps where JPEG turns colours', async () => {
      const counts: Record<string, number> = {}
      const wrong: string[] = []
      for (const name of files) {
        const path = join(corpus, name)
        const stored = storedAt(path)
        const first = stored && (await reader.storedFrame(path, 0))
        if (!stored || !first || first.kind === 'cannot') continue
        const { image } = first
        const { codec } = transferSyntaxOf(stored.transferSyntaxUid)
        if (gdcmCannot(image, codec) || dcmtkCannot.test(name)) continue
        const theirs = decodedByGdcm(path)
        if (!theirs) continue
        const isTurned = codec === 'jpeg' && image.samplesPerPixel === 3 && image.photometricInterpretation !== 'RGB'
        const size = Math.floor(theirs.bytes.length / image.numberOfFrames)
        for (let frame = 0; frame < image.numberOfFrames; frame++) {
          const encoded = frame === 0 ? first : await reader.storedFrame(path, frame)
          const ours = encoded.kind === 'cannot' ? encoded : await reader.decodedFrame(encoded)
          if (ours.kind === 'cannot') {
            wrong.push(`${name}, frame ${frame + 1}: ${ours.reason}`)
            continue
          }
          const bytes = theirs.bytes.subarray(frame * size, (frame + 1) * size)
          const count = image.rows * image.columns
          const same = image.bitsAllocated === 1 ? unpackBits(bytes, 0, count) : isTurned ? ybrFullToRgb(bytes) : bytes
          const most = furthest(ours.bytes, same)
          if (most > (isTurned ? 2 : 0)) wrong.push(`${name}, frame ${frame + 1}: ${most}`)
          const kind = `${stored.transferSyntaxUid.replace('1.2.840.10008.', '')} ${image.photometricInterpretation}`
          counts[kind] = (counts[kind] ?? 0) + 1
        }
      }
      console.info(`corpus beside gdcm, frames: ${JSON.stringify(counts)}`)
      expect(wrong).toEqual([])
      expect(Object.keys(counts).length).toBeGreaterThan(20)
    }, 120_000)

    test('has the same dose in big endian of 32 bits, which neither program reads, as in little endian', async () => {
      const [big, little] = ['rtdose_expb.dcm', 'rtdose.dcm'].map((one) => files.find((name) => name.endsWith(one)))
      if (!big || !little) return
      for (const frame of [0, 7, 14]) {
        const [one, other] = [await frameOf(join(corpus, big), frame), await frameOf(join(corpus, little), frame)]
        expect(Buffer.from(one.pixels).equals(Buffer.from(other.pixels))).toBe(true)
      }
    })
  })
})
