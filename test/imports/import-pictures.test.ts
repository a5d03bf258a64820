import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { PNG } from 'pngjs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readMoov, videoTransferSyntaxOf } from '../../electron/station/imports/read-mp4.ts'
import { readJpeg } from '../../electron/station/pictures/read-jpeg.ts'
import { turnUpright } from '../../electron/station/pictures/turn-pixels.ts'
import { mp4Of } from '../archive/mp4-for-tests.ts'
import { sampleDossier } from '../documents/sample-dossier.ts'
import { describeWith } from '../peers.ts'
import { openImports, type TestImports, uploaded } from './imports-for-tests.ts'

const examId = sampleDossier.exam.id
let room: TestImports
let folder: string
beforeEach(async () => {
  room = await openImports()
  folder = mkdtempSync(join(tmpdir(), 'yingzhan-pictures-'))
})
afterEach(async () => {
  await room.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A picture without symmetry: red grows to the right, green downwards, the upper left corner is blue. */
function picture(columns = 48, rows = 32): PNG {
  const png = new PNG({ width: columns, height: rows })
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const isCorner = row < rows / 4 && column < columns / 4
      png.data.set(
        [(column * 255) / columns, (row * 255) / rows, isCorner ? 255 : 0, 255],
        (row * columns + column) * 4,
      )
    }
  return png
}

const pngOf = (png: PNG, options = {}) => PNG.sync.write(png, options)

async function importOne(name: string, bytes: Buffer) {
  const job = await room.take([uploaded(name, bytes)], examId)
  return { job, file: job.files[0]! }
}

async function made(name: string, bytes: Buffer): Promise<string> {
  const { file } = await importOne(name, bytes)
  expect([file.outcome, file.code]).toEqual(['made', 'IMPORT-MADE'])
  return room.archive.fileOf(room.archive.instanceByUid(file.sopInstanceUid!)!.id)!
}

const dump = (path: string) => {
  const run = spawnSync('dcmdump', ['-M', '+L', '+U8', path], { encoding: 'utf8' })
  expect(run.stderr).toBe('')
  return run.stdout
}

/** dcmtk's rendering as PPM → its pixels. */
function rendered(path: string): { columns: number; rows: number; pixels: Buffer } {
  const out = join(folder, 'out.pnm')
  const run = spawnSync('dcmj2pnm', ['+op', path, out], { encoding: 'utf8' })
  expect(run.status, run.stderr).toBe(0)
  const bytes = readFileSync(out)
  const head = /^P[56]\s(?:#.*\s)*(\d+)\s(\d+)\s255\s/.exec(bytes.toString('latin1', 0, 200))!
  return { columns: Number(head[1]), rows: Number(head[2]), pixels: bytes.subarray(head[0].length) }
}

function bigEndian16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff])
}

function chunk(type: string, bytes: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(bytes.length)
  head.write(type, 4, 'latin1')
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), bytes])))
  return Buffer.concat([head, bytes, sum])
}

const rgbOf = (png: PNG) => Buffer.from(png.data.filter((_, at) => at % 4 !== 3))
const mostDifferent = (a: Buffer, b: Buffer) => {
  expect(a.length).toBe(b.length)
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0)
}

/** A JPEG as dcmtk writes it, taken out of the object that dcmcjpeg made. */
function jpegOf(source: string, ...options: string[]): Buffer {
  const out = join(folder, 'compressed.dcm')
  const run = spawnSync('dcmcjpeg', [...options, source, out], { encoding: 'utf8' })
  expect(run.status, run.stderr).toBe(0)
  const bytes = readFileSync(out)
  return bytes.subarray(bytes.indexOf('ffd8ff', 0, 'hex'), bytes.lastIndexOf('ffd9', undefined, 'hex') + 2)
}

/** The JPEG with an EXIF segment that says how it is turned. */
function turned(jpeg: Buffer, orientation: number): Buffer {
  const exif = Buffer.from(
    '457869660000' + '4d4d002a00000008' + '0001' + '0112000300000001' + '00000000' + '00000000',
    'hex',
  )
  exif.writeUInt16BE(orientation, 6 + 8 + 2 + 8)
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)])
}

describeWith(['dcmtk'], 'pictures as dcmtk sees them', () => {
  test('a PNG is rendered pixel by pixel as it was, with the exam’s names and numbers', async () => {
    const source = picture()
    const path = await made('内镜/照片.png', pngOf(source))
    expect(spawnSync('dcmftest', [path]).status).toBe(0)
    const text = dump(path)
    for (const words of [
      '张^䶮㛃',
      'P26000012',
      'US2601050001',
      '[ISO_IR 192]',
      '=SecondaryCaptureImageStorage',
      '[2.25.1]',
      '[DI]',
      '肝胆胰脾彩超',
    ])
      expect(text).toContain(words)
    expect(text).not.toContain('LossyImageCompression ')
    const shown = rendered(path)
    expect([shown.columns, shown.rows]).toEqual([48, 32])
    expect(shown.pixels.equals(rgbOf(source))).toBe(true)
  })

  test('transparent parts of a PNG are white paper, a palette is colour, grey stays grey', async () => {
    const half = picture()
    for (let at = 3; at < half.data.length; at += 4) half.data[at] = at % 8 === 3 ? 0 : 255
    const shown = rendered(await made('a.png', pngOf(half)))
    expect([...shown.pixels.subarray(0, 3)]).toEqual([255, 255, 255])
    expect([...shown.pixels.subarray(3, 6)]).toEqual([...half.data.subarray(4, 7)])
    const grey = picture()
    for (let at = 0; at < grey.data.length; at += 4) grey.data.set([at % 251, at % 251, at % 251], at)
    const path = await made('g.png', pngOf(grey, { colorType: 0 }))
    expect(dump(path)).toContain('[MONOCHROME2]')
    const greyShown = rendered(path)
    expect(greyShown.pixels.length).toBe(48 * 32)
  })

  test('a grey PNG of 16 bits keeps them', async () => {
    // Written by hand, PNG 1.2: one filter byte a row, samples most significant byte first.
    const rows = Array.from({ length: 4 }, (_, row) =>
      Buffer.concat([Buffer.from([0]), ...[0, 1, 2, 3].map((column) => bigEndian16((row * 4 + column) * 4097 + 3))]),
    )
    const header = Buffer.from('00000004000000041000000000', 'hex')
    const png = Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.concat(rows))),
      chunk('IEND', Buffer.alloc(0)),
    ])
    const path = await made('deep.png', png)
    const text = dump(path)
    expect(text).toMatch(/US 16 .*BitsStored/)
    const pixels = readFileSync(path).subarray(-32)
    expect(Array.from({ length: 16 }, (_, at) => pixels.readUInt16LE(at * 2))).toEqual(
      Array.from({ length: 16 }, (_, at) => at * 4097 + 3),
    )
  })

  test.each([
    ['4:2:2', ['+eb', '+s2'], 'YBR_FULL_422', '=JPEGBaseline'],
    ['4:4:4', ['+eb', '+s4'], 'YBR_FULL', '=JPEGBaseline'],
    ['extended', ['+ee', '+s2'], 'YBR_FULL_422', '=JPEGExtended'],
    ['grey', ['+eb', '+cm'], 'MONOCHROME2', '=JPEGBaseline'],
    ['of red, green and blue', ['+eb', '+cr'], 'RGB', '=JPEGBaseline'],
  ])(
    'a JPEG %s is kept byte by byte and rendered as dcmtk renders its own',
    async (_, options, photometric, syntax) => {
      const native = await made('a.png', pngOf(picture()))
      const jpeg = jpegOf(native, ...options, '+q', '95')
      const path = await made('照片.jpg', jpeg)
      const text = dump(path)
      expect(text).toContain(`[${photometric}]`)
      expect(text).toContain('[ISO_10918_1]')
      const meta = spawnSync('dcmdump', ['+P', 'TransferSyntaxUID', path], { encoding: 'utf8' }).stdout
      expect(meta).toContain(syntax)
      expect(readFileSync(path).includes(jpeg)).toBe(true)
      expect(mostDifferent(rendered(path).pixels, rendered(join(folder, 'compressed.dcm')).pixels)).toBe(0)
    },
  )

  test('a progressive JPEG is decoded once and stored as it is seen', async () => {
    const source = picture()
    const native = await made('a.png', pngOf(source))
    const jpeg = jpegOf(native, '+ep', '+s4', '+q', '98')
    expect(readJpeg(jpeg)).toMatchObject({ process: 'progressive' })
    const path = await made('p.jpg', jpeg)
    expect(dump(path)).toContain('[RGB]')
    expect(mostDifferent(rendered(path).pixels, rgbOf(source))).toBeLessThan(16)
  })

  test.each([2, 3, 4, 5, 6, 7, 8])('a JPEG turned by EXIF %i is stored upright', async (orientation) => {
    const source = picture()
    const native = await made('a.png', pngOf(source))
    const jpeg = turned(jpegOf(native, '+eb', '+s4', '+q', '98'), orientation)
    const shown = rendered(await made('t.jpg', jpeg))
    const plain = { rows: 32, columns: 48, samplesPerPixel: 3, bitsAllocated: 8, pixels: rgbOf(source) } as const
    const upright = turnUpright(plain, orientation)
    expect([shown.rows, shown.columns]).toEqual([upright.rows, upright.columns])
    expect(mostDifferent(shown.pixels, Buffer.from(upright.pixels))).toBeLessThan(16)
  })

  test('a PDF comes out of its object again', async () => {
    const pdf = Buffer.from('%PDF-1.4\nodd length\n%%EOF')
    const path = await made('报告单.pdf', pdf)
    const text = dump(path)
    expect(text).toContain('报告单.pdf')
    expect(text).toContain('=EncapsulatedPDFStorage')
    const out = join(folder, 'out.pdf')
    expect(spawnSync('dcm2pdf', [path, out]).status).toBe(0)
    expect(readFileSync(out).subarray(0, pdf.length).equals(pdf)).toBe(true)
  })

  test('an MP4 lies in one fragment as it was, described by its boxes', async () => {
    const mp4 = mp4Of({ codec: 'avc1', profile: 100, level: 31, frames: 250, seconds: 10 })
    const path = await made('手术.mp4', mp4)
    const text = dump(path)
    for (const words of [
      '=VideoPhotographicImageStorage',
      '[YBR_PARTIAL_420]',
      '[250]',
      '[40]',
      'US 480',
      'US 640',
      '[ISO_14496_10]',
    ])
      expect(text).toContain(words)
    expect(spawnSync('dcmdump', ['+P', 'TransferSyntaxUID', path], { encoding: 'utf8' }).stdout).toContain(
      'MPEG4HighProfile/Level4.1',
    )
    expect(text.match(/pixel item/g)?.length ?? text.match(/pi /g)?.length).toBeGreaterThan(0)
    expect(readFileSync(path).includes(mp4)).toBe(true)
    expect(room.spooled()).toEqual([])
  })
})

test('a quarter clockwise: EXIF 6 brings the lower left corner to the upper left', () => {
  const plain = {
    rows: 2,
    columns: 3,
    samplesPerPixel: 1,
    bitsAllocated: 8,
    pixels: Uint8Array.from([1, 2, 3, 4, 5, 6]),
  } as const
  const uprights = [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => [...turnUpright(plain, orientation).pixels])
  expect(uprights).toEqual([
    [1, 2, 3, 4, 5, 6],
    [3, 2, 1, 6, 5, 4],
    [6, 5, 4, 3, 2, 1],
    [4, 5, 6, 1, 2, 3],
    [1, 4, 2, 5, 3, 6],
    [4, 1, 5, 2, 6, 3],
    [6, 3, 5, 2, 4, 1],
    [3, 6, 2, 5, 1, 4],
  ])
})

test('the same picture twice is one object; pictures count up in a series of their own', async () => {
  const job = await room.take(
    [
      uploaded('1.png', pngOf(picture())),
      uploaded('2.png', pngOf(picture(20, 20))),
      uploaded('again.png', pngOf(picture())),
      uploaded('a.pdf', Buffer.from('%PDF-1.4 %%EOF')),
    ],
    examId,
  )
  expect(job.files.map((file) => file.outcome)).toEqual(['made', 'made', 'already-had', 'made'])
  const instances = room.archive.instancesOfStudy('2.25.1')
  expect(instances.map((one) => [one.seriesNumber, one.instanceNumber])).toEqual([
    [9101, 1],
    [9101, 2],
    [9102, 1],
  ])
  expect(new Set(instances.map((one) => one.seriesInstanceUid)).size).toBe(2)
  expect(job.studies).toEqual([{ studyInstanceUid: '2.25.1', examId }])
})

test.each([
  ['a JPEG cut short', Buffer.from('ffd8ffe000104a464946', 'hex')],
  [
    'a JPEG for print',
    Buffer.from('ffd8ffc000140800100010040111000211000311000411 00ffda0002ffd9'.replaceAll(' ', ''), 'hex'),
  ],
  ['a JPEG of 12 bits', Buffer.from('ffd8ffc1000b0c00100010010111 00ffda0002ffd9'.replaceAll(' ', ''), 'hex')],
  ['a JPEG of no height', Buffer.from('ffd8ffc0000b0800000010010111 00ffda0002ffd9'.replaceAll(' ', ''), 'hex')],
  [
    'a PNG of 4 billion pixels',
    Buffer.concat([
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      Buffer.from('0000ffff0000ffff0802000000', 'hex'),
      Buffer.alloc(40),
    ]),
  ],
  ['a PNG cut short', Buffer.from('89504e470d0a1a0a00000000', 'hex')],
  ['a PDF cut short', Buffer.from('%PDF-1.4 nothing')],
  ['an MP4 of nothing', Buffer.from('00000008667479700000000000000000', 'hex')],
  ['an MP4 in fragments', mp4Of({ codec: 'avc1', profile: 100, level: 31, frames: 1, seconds: 1, fragmented: true })],
  ['an MP4 of an unknown codec', mp4Of({ codec: 'vp09', profile: 100, level: 31, frames: 1, seconds: 1 })],
  ['an MP4 above the level', mp4Of({ codec: 'avc1', profile: 100, level: 51, frames: 1, seconds: 1 })],
  ['an MP4 of 10 bits in H.264', mp4Of({ codec: 'avc1', profile: 110, level: 31, frames: 1, seconds: 1 })],
])('%s is refused in words and keeps nothing', async (_, bytes) => {
  const { job, file } = await importOne('x', bytes)
  expect(file).toMatchObject({ outcome: 'refused', code: 'IMPORT-UNUSABLE' })
  expect(file.message).toMatch(/\p{Script=Han}/u)
  expect(job.state).toBe('done')
  expect(room.archive.counts().instances).toBe(0)
})

test('an MP4’s boxes cut off or changed anywhere never do more than refuse', () => {
  const mp4 = mp4Of({ codec: 'avc1', profile: 100, level: 31, frames: 250, seconds: 10 })
  const moov = mp4.subarray(mp4.indexOf('moov') - 4)
  expect(readMoov(moov)).toMatchObject({ kind: 'video', frames: 250, seconds: 10, rows: 480, columns: 640 })
  let seed = createHash('sha256').update('boxes').digest()
  for (let round = 0; round < 3000; round++) {
    seed = createHash('sha256').update(seed).digest()
    const bent = Buffer.from(moov.subarray(0, round % 3 === 0 ? seed.readUInt16LE(0) % moov.length : undefined))
    for (let at = 2; at < 8 && bent.length > 0; at += 2) bent[seed.readUInt16LE(at) % bent.length] = seed[at + 8]!
    expect(['video', 'cannot']).toContain(readMoov(bent).kind)
  }
})

test('transfer syntaxes of films follow profile and level', () => {
  const video = {
    kind: 'video',
    codec: 'h264',
    profile: 100,
    level: 41,
    compatibility: 0,
    rows: 1,
    columns: 1,
    frames: 1,
    seconds: 1,
  } as const
  const of = (change: object) => videoTransferSyntaxOf({ ...video, ...change } as typeof video)
  expect(of({})).toMatchObject({ uid: '1.2.840.10008.1.2.4.102' })
  expect(of({ level: 42 })).toMatchObject({ uid: '1.2.840.10008.1.2.4.104' })
  expect(of({ profile: 66, compatibility: 0x40 })).toMatchObject({ uid: '1.2.840.10008.1.2.4.102' })
  expect(of({ profile: 66 }).kind).toBe('cannot')
  expect(of({ codec: 'hevc', profile: 1, level: 153 })).toMatchObject({ uid: '1.2.840.10008.1.2.4.107', bits: 8 })
  expect(of({ codec: 'hevc', profile: 2, level: 120 })).toMatchObject({ uid: '1.2.840.10008.1.2.4.108', bits: 10 })
  expect(of({ codec: 'hevc', profile: 1, level: 156 }).kind).toBe('cannot')
})
