import { PNG } from 'pngjs'
import { afterAll, describe, expect, test } from 'vitest'
import { createDocuments } from '../../electron/station/documents/documents.ts'
import { inkOf, logoWishes, type PlainPicture, signatureWishes } from '../../electron/station/documents/ink-picture.ts'
import { lookBy } from '../../electron/station/documents/report-look.ts'
import { perRowFor } from '../../electron/station/documents/report-pictures.ts'
import { createFrameDecoder } from '../../electron/station/pictures/frame-decoder.ts'
import { shrinkJpeg } from '../../electron/station/pictures/shrink-jpeg.ts'
import type { KeyPicture } from '../../shared/models/key-picture.ts'
import { describeWith } from '../peers.ts'
import { imagesOn, pagesOf } from './read-paper.ts'
import { sampleDossier, withReport } from './sample-dossier.ts'

const codec = createFrameDecoder()
const pixels = {
  encodeJpeg: codec.encodeJpeg,
  decodeJpeg: (image: Parameters<typeof codec.decode>[1], bytes: Uint8Array) => codec.decode('jpeg', image, bytes),
}
afterAll(() => codec.stop())

/** Noise: what compresses worst. The same for the same seed. */
async function noise(width: number, height: number, seed = 1): Promise<KeyPicture> {
  let state = seed
  const grey = Uint8Array.from({ length: width * height }, () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return (state >> 16) & 255
  })
  const picture = { rows: height, columns: width, samplesPerPixel: 1, pixels: grey } as const
  const encoded = await codec.encodeJpeg(picture, 95)
  if (encoded.kind === 'cannot') throw new Error(encoded.reason)
  return { caption: `胆囊切面${seed}`, jpeg: encoded.pixels, width, height }
}

async function printed(
  documents: ReturnType<typeof createDocuments>,
  ...parameters: Parameters<typeof documents.reportPdf>
) {
  const outcome = await documents.reportPdf(...parameters)
  if (outcome.kind !== 'printed') throw new Error(`printed expected, got ${outcome.kind}`)
  return outcome.pdf
}

/** A blue stroke across a sheet that a phone photographed: grey, and darker to the right. */
function photographed(): PlainPicture {
  const [columns, rows] = [600, 300]
  const data = new Uint8Array(columns * rows * 3)
  for (let at = 0; at < columns * rows; at += 1) {
    const [x, y] = [at % columns, Math.floor(at / columns)]
    const isInk = Math.abs(y - 150) < 8 && x > 100 && x < 500
    data.set(isInk ? [20, 30, 120] : [215 - x / 30, 212 - x / 30, 208 - x / 30], at * 3)
  }
  return { columns, rows, samplesPerPixel: 3, pixels: data }
}

describe('key images in a report', () => {
  test.each([
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 2],
    [5, 3],
    [6, 3],
    [7, 4],
    [8, 4],
  ])('%d stand %d in a row when nobody said otherwise', (count, perRow) => {
    expect(perRowFor(count, 'auto')).toBe(perRow)
  })

  test('of eight noisy ones that would make 4 MB the report stays below 2 MiB, the same bytes each time', async () => {
    const pictures = await Promise.all(Array.from({ length: 8 }, (_, index) => noise(900, 700, index + 1)))
    expect(pictures.reduce((sum, one) => sum + one.jpeg.length, 0)).toBeGreaterThan(3_000_000)
    const documents = createDocuments({
      picturesOf: () => pictures,
      shrink: (picture, bytes) => shrinkJpeg(pixels, picture, bytes),
    })
    const first = await printed(documents, sampleDossier)
    expect(first.length).toBeLessThan(2 * 1024 * 1024)
    expect(first.length).toBeGreaterThan(500_000)
    expect((await printed(documents, sampleDossier)).equals(first)).toBe(true)
  })
})

describeWith(['pdftotext'], 'key images read back', () => {
  test.each([1, 2, 3, 5, 8])('%d are all there, with their captions', async (count) => {
    const pictures = await Promise.all(Array.from({ length: count }, (_, index) => noise(64, 48, index + 1)))
    const pdf = await printed(createDocuments({ picturesOf: () => pictures }), sampleDossier)
    expect(imagesOn(pdf)).toBe(count)
    for (const { caption } of pictures) expect(pagesOf(pdf).join('')).toContain(caption)
  })
})

describe('ink', () => {
  test('of a photographed signature is cut out, the sheet becomes transparent', () => {
    const png = inkOf(photographed(), signatureWishes)
    if (!png) throw new Error('ink expected')
    const { width, height, data } = PNG.sync.read(png)
    expect(width / height).toBeGreaterThan(15)
    const middle = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4
    expect(data[middle + 3]).toBeGreaterThan(200)
    expect(data[middle + 2]! - data[middle]!).toBeGreaterThan(50)
  })

  test.each([
    ['an empty sheet', 255],
    ['a black one', 0],
  ])('there is none on %s', (_name, level) => {
    const pixelsOfOne = new Uint8Array(100 * 100).fill(level)
    expect(inkOf({ columns: 100, rows: 100, samplesPerPixel: 1, pixels: pixelsOfOne }, signatureWishes)).toBeUndefined()
  })
})

describeWith(['pdftotext'], 'signatures and letterhead', () => {
  const ink = inkOf(photographed(), signatureWishes)
  const letterhead = { name: '惠民影像中心', secondLine: '人民大街一号', footer: '不作为法律依据' }
  const documents = createDocuments({
    lookOf: (dossier) => {
      const look = lookBy(undefined, dossier)
      return { ...look, paper: { ...look.paper, letterhead } }
    },
    inkOf: () => ({ logo: inkOf(photographed(), logoWishes), reportSignature: ink, auditSignature: ink }),
  })

  test.each([
    ['A4', 'portrait'],
    ['A4', 'landscape'],
    ['A5', 'portrait'],
    ['A5', 'landscape'],
  ] as const)('stand on %s %s', async (report, reportTurn) => {
    const pdf = await printed(documents, withReport({ advice: undefined }), {
      paper: { report, reportTurn, letterhead },
    })
    const text = pagesOf(pdf).join('')
    for (const words of [...Object.values(letterhead), '王𬭎', '赵明', '2026-01-05 10:20'])
      expect(text).toContain(words)
    expect(imagesOn(pdf)).toBe(3)
    expect(pagesOf(pdf)).toHaveLength(1)
  })

  test('make the same bytes each time, also when many are made at once', async () => {
    const [first, ...others] = await Promise.all(Array.from({ length: 24 }, () => printed(documents, sampleDossier)))
    expect(others.filter((one) => !one.equals(first!))).toEqual([])
  })
})
