import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCommand } from '../../build/peer-list.ts'
import { createFrameDecoder } from '../../electron/station/pictures/frame-decoder.ts'
import { createPixelReader } from '../../electron/station/pictures/read-pixels.ts'
import { type ImageKind, storedAt, writeImage } from '../flows/pixels-for-tests.ts'
import { describeWith } from '../peers.ts'
import { dataSetIn } from './film-files.ts'

// JPEG 2000 beside decoders by other hands. Few computers have them: where one is missing its suite is skipped and says what it wants.

let folder: string
const reader = createPixelReader({ dataSetOf: (path) => dataSetIn(path) })
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingzhan-jpeg-2000-'))
})
afterAll(async () => {
  await reader.stop()
  rmSync(folder, { recursive: true, force: true })
})

function suiteWith(program: string, packageName: string, name: string, suite: () => void): void {
  if (findCommand(program)) describe(name, suite)
  else describe.skip(`${name} 【缺 ${program} needs ${packageName}】`, suite)
}

const kinds: readonly ImageKind[] = [
  { name: 'grey 8', bitsAllocated: 8, bitsStored: 8, photometric: 'MONOCHROME2' },
  { name: 'grey 12', bitsAllocated: 16, bitsStored: 12, photometric: 'MONOCHROME2' },
  { name: 'grey 16', bitsAllocated: 16, bitsStored: 16, photometric: 'MONOCHROME1' },
  { name: 'signed 16', bitsAllocated: 16, bitsStored: 16, isSigned: true, photometric: 'MONOCHROME2' },
  { name: 'colour', bitsAllocated: 8, bitsStored: 8, photometric: 'RGB' },
  { name: 'film', bitsAllocated: 16, bitsStored: 12, photometric: 'MONOCHROME2', frames: 3 },
]

async function samplesOf(path: string, frame = 0) {
  const read = await reader.readFrame(path, frame)
  if (read.kind === 'cannot') throw new Error(`${path}: ${read.reason}`)
  return read.bitsAllocated === 16
    ? Array.from(new Uint16Array(Uint8Array.from(read.pixels).buffer))
    : Array.from(read.pixels)
}

const mostBetween = (ours: readonly number[], theirs: readonly number[]) =>
  ours.reduce((most, value, at) => Math.max(most, Math.abs(value - theirs[at]!)), 0)

describeWith(['gdcm'], 'JPEG 2000 beside gdcm', () => {
  const gdcm = (...args: readonly string[]) => {
    const run = spawnSync('gdcmconv', args, { encoding: 'utf8' })
    expect([args.join(' '), run.status]).toEqual([args.join(' '), 0])
  }

  test.each(kinds)('written by it from $name is read as it was', async (kind) => {
    const [plain, packed] = [join(folder, `${kind.name}.dcm`), join(folder, `${kind.name}-j2k.dcm`)]
    writeImage(plain, kind)
    gdcm('--j2k', plain, packed)
    expect(storedAt(packed)?.transferSyntaxUid).toBe('1.2.840.10008.1.2.4.90')
    for (let frame = 0; frame < (kind.frames ?? 1); frame++)
      expect(mostBetween(await samplesOf(packed, frame), await samplesOf(plain, frame))).toBe(0)
  })

  const corpus = resolve(process.env.CORPUS_DIR ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus'))
  test.skipIf(!existsSync(corpus))('of the corpus is read by both alike', async () => {
    let compared = 0
    for (const name of readdirSync(corpus, { recursive: true, encoding: 'utf8' })) {
      const path = join(corpus, name)
      if (!/(J2K|jp2k|JPEG-?2000|jpeg2k)/i.test(name) || !/\.4\.9[01]$/.test(storedAt(path)?.transferSyntaxUid ?? ''))
        continue
      const raw = join(folder, 'raw.dcm')
      if (spawnSync('gdcmconv', ['--raw', path, raw]).status !== 0) continue
      const ours = await reader.readFrame(path, 0)
      expect([name, ours.kind]).toEqual([name, 'frame'])
      const again = createPixelReader({ dataSetOf: () => dataSetIn(raw) })
      const theirs = await again.readFrame(raw, 0)
      await again.stop()
      if (ours.kind === 'cannot' || theirs.kind === 'cannot') continue
      expect([name, mostBetween([...ours.pixels], [...theirs.pixels]) <= 1]).toEqual([name, true])
      compared++
    }
    expect(compared).toBeGreaterThan(3)
  })
})

/** The library that the station decodes with; it can write High-Throughput JPEG 2000 too, which Debian's programs can only read. */
async function encodeHighThroughput(
  kind: ImageKind,
  pixels: Uint8Array,
): Promise<{ image: object; bytes: Uint8Array }> {
  const dimse = createRequire(import.meta.url).resolve('dcmjs-dimse')
  const { Context, NativeCodecs, log } = createRequire(dimse)('dcmjs-codecs')
  log.setLevel('silent')
  await NativeCodecs.initializeAsync()
  const image = {
    width: 64,
    height: 48,
    bitsAllocated: kind.bitsAllocated,
    bitsStored: kind.bitsStored,
    samplesPerPixel: kind.photometric === 'RGB' ? 3 : 1,
    pixelRepresentation: kind.isSigned ? 1 : 0,
    planarConfiguration: 0,
    photometricInterpretation: kind.photometric,
  }
  const context = NativeCodecs.encodeHtJpeg2000(new Context({ ...image, decodedBuffer: pixels }), { lossy: false })
  return { image, bytes: new Uint8Array(context.getEncodedBuffer()) }
}

suiteWith('opj_decompress', 'libopenjp2-tools', 'High-Throughput JPEG 2000 beside OpenJPEG', () => {
  test.each(kinds.filter(({ frames, isSigned }) => !frames && !isSigned))(
    'of $name is read by both as it was',
    async (kind) => {
      const plain = join(folder, `${kind.name}.dcm`)
      writeImage(plain, kind)
      const read = await reader.readFrame(plain, 0)
      if (read.kind === 'cannot') throw new Error(read.reason)
      const { image, bytes } = await encodeHighThroughput(kind, read.pixels)
      const [stream, raw] = [join(folder, `${kind.name}.jhc`), join(folder, `${kind.name}.rawl`)]
      writeFileSync(stream, bytes)
      const run = spawnSync('opj_decompress', ['-i', stream, '-o', raw], { encoding: 'utf8' })
      expect([run.status, run.stderr.trim()]).toEqual([0, ''])
      const theirs = readFileSync(raw)
      const decoder = createFrameDecoder()
      const ours = await decoder.decode('ht-jpeg-2000', { ...image, rows: 48, columns: 64 } as never, bytes)
      await decoder.stop()
      expect(ours.kind === 'decoded' && Buffer.from(ours.pixels).equals(Buffer.from(read.pixels))).toBe(true)
      // OpenJPEG writes colours plane after plane.
      const wanted =
        kind.photometric === 'RGB'
          ? [0, 1, 2].flatMap((plane) => [...read.pixels].filter((_, at) => at % 3 === plane))
          : [...read.pixels]
      expect(mostBetween(wanted, [...theirs])).toBe(0)
    },
  )
})
