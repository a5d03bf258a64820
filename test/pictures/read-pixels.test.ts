import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPart10Beginning } from '../../electron/station/archive/part10.ts'
import { createPixelReader, type FrameImage, type PixelReader } from '../../electron/station/pictures/read-pixels.ts'
import { drawFrame } from '../../electron/station/pictures/render-frame.ts'
import { sampleImage } from '../../electron/training/sample-images.ts'
import { sampleInstance } from '../../electron/training/sample-instance.ts'
import type { ElementToWrite } from '../../shared/dicom/data-set-writer.ts'
import { give, openArchive, smallObject, type TestArchive } from '../archive/archive-for-tests.ts'
import { describeWith } from '../peers.ts'

let room: TestArchive
let reader: PixelReader
beforeEach(async () => {
  room = await openArchive()
  reader = createPixelReader(room.archive)
})
afterEach(async () => {
  await reader.stop()
  room.close()
})

const jpegBaseline = '1.2.840.10008.1.2.4.50'

async function stored(elements: readonly ElementToWrite[], transferSyntaxUid?: string): Promise<string> {
  const object = smallObject(elements)
  const outcome = await give(room, object, transferSyntaxUid ? { transferSyntaxUid } : {})
  if (outcome.kind !== 'stored') throw new Error(outcome.kind)
  return outcome.instance.id
}

const grey = (
  rows: number,
  columns: number,
  pixels: Buffer,
  more: readonly ElementToWrite[] = [],
): ElementToWrite[] => [
  { tag: 0x00280002, vr: 'US', value: 1 },
  { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
  { tag: 0x00280010, vr: 'US', value: rows },
  { tag: 0x00280011, vr: 'US', value: columns },
  { tag: 0x00280100, vr: 'US', value: 16 },
  { tag: 0x00280101, vr: 'US', value: 16 },
  { tag: 0x00280103, vr: 'US', value: 1 },
  { tag: 0x7fe00010, vr: 'OW', value: pixels },
  ...more,
]

describe('a frame for the viewer', () => {
  test('of a sample image is its pixels with window, spacing and range', async () => {
    const image = sampleImage('CT', 0.5, 1)
    const instance = sampleInstance(
      {
        studyInstanceUid: '2.25.1',
        seriesInstanceUid: '2.25.2',
        accessionNumber: '',
        requestedProcedureId: '',
        patientName: '',
        patientId: '',
        patientSex: '',
        patientBirthDate: '',
        modality: 'CT',
        description: '',
        bodyPart: '',
        stationName: 'CT1',
        studyDate: '20261121',
        studyTime: '093000',
        characterSet: 'gb18030',
      },
      1,
      1,
    )
    const outcome = await give(room, instance, { sopClassUid: instance.sopClassUid })
    const frame = await reader.readFrame((outcome as { instance: { id: string } }).instance.id, 0)
    expect(frame).toMatchObject({
      kind: 'frame',
      rows: 512,
      columns: 512,
      bitsAllocated: 16,
      pixelRepresentation: 0,
      photometricInterpretation: 'MONOCHROME2',
      slope: 1,
      intercept: -1024,
      windowCenter: 40,
      windowWidth: 400,
      pixelSpacing: { row: 0.7, column: 0.7, at: 'patient' },
      minimum: Math.min(...new Set(image.pixels)),
      maximum: Math.max(...new Set(image.pixels)),
    })
    expect(Buffer.from((frame as FrameImage).pixels).equals(Buffer.from(image.pixels.buffer))).toBe(true)
  })

  test('of several frames is the one asked for, signed values signed', async () => {
    const pixels = Buffer.alloc(2 * 2 * 2 * 3)
    for (let at = 0; at < 12; at++) pixels.writeInt16LE(at - 6, at * 2)
    const id = await stored(grey(2, 2, pixels, [{ tag: 0x00280008, vr: 'IS', value: '3' }]))
    expect(await reader.readFrame(id, 0)).toMatchObject({ minimum: -6, maximum: -3 })
    expect(await reader.readFrame(id, 2)).toMatchObject({ minimum: 2, maximum: 5, frameIndex: 2 })
    expect(await reader.readFrame(id, 3)).toMatchObject({ kind: 'cannot' })
  })

  test('of enhanced objects takes window and slope from the functional groups', async () => {
    const id = await stored(
      grey(2, 2, Buffer.alloc(8), [
        {
          tag: 0x52009229,
          vr: 'SQ',
          value: [
            [
              {
                tag: 0x00289145,
                vr: 'SQ',
                value: [
                  [
                    { tag: 0x00281052, vr: 'DS', value: '-1000' },
                    { tag: 0x00281053, vr: 'DS', value: '2' },
                  ],
                ],
              },
            ],
          ],
        },
        {
          tag: 0x52009230,
          vr: 'SQ',
          value: [
            [
              {
                tag: 0x00289132,
                vr: 'SQ',
                value: [
                  [
                    { tag: 0x00281050, vr: 'DS', value: '50' },
                    { tag: 0x00281051, vr: 'DS', value: '350' },
                  ],
                ],
              },
            ],
          ],
        },
      ]),
    )
    expect(await reader.readFrame(id, 0)).toMatchObject({
      intercept: -1000,
      slope: 2,
      windowCenter: 50,
      windowWidth: 350,
    })
  })
})

describe('what cannot be shown is said, and harms nothing', () => {
  test('no image, too little of it, too large a one', async () => {
    expect(await reader.readFrame('nobody', 0)).toMatchObject({ kind: 'cannot' })
    expect(await reader.readFrame(await stored(grey(100, 100, Buffer.alloc(50))), 0)).toMatchObject({ kind: 'cannot' })
    expect(await reader.readFrame(await stored(grey(65535, 65535, Buffer.alloc(50))), 0)).toMatchObject({
      kind: 'cannot',
    })
    expect(await reader.readFrame(await stored(grey(0, 0, Buffer.alloc(0))), 0)).toMatchObject({ kind: 'cannot' })
  })

  test('a compressed frame of noise, and the next good frame is read', async () => {
    const items = Buffer.concat([
      Buffer.from([0xfe, 0xff, 0, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0, 0xe0, 0x40, 0, 0, 0]),
      Buffer.alloc(0x40, 0x5a),
      Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]),
    ])
    const { dataSet, sopInstanceUid } = smallObject(grey(16, 16, Buffer.alloc(0)))
    const head = Buffer.from([0xe0, 0x7f, 0x10, 0, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff])
    const object = { sopInstanceUid, dataSet: Buffer.concat([dataSet.subarray(0, -12), head, items]) }
    const outcome = await give(room, object, { transferSyntaxUid: jpegBaseline })
    expect(await reader.readFrame((outcome as { instance: { id: string } }).instance.id, 0)).toMatchObject({
      kind: 'cannot',
    })
    expect(await reader.readFrame(await stored(grey(2, 2, Buffer.alloc(8))), 0)).toMatchObject({ kind: 'frame' })
  })
})

const folder = join(
  resolve(process.env.CORPUS_DIR ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus')),
  'transfer-syntaxes',
)

describe.skipIf(!existsSync(folder))('one CT slice in every transfer syntax (corpus)', () => {
  test('reads the same from every lossless one, and reads every lossy one', async () => {
    const names = readdirSync(folder).filter((name) => name.startsWith('CTImage'))
    const reference = names.find((name) => name.includes('LittleEndianExplicit'))!
    const byPath = createPixelReader({
      dataSetOf: (path) => {
        const bytes = readFileSync(path)
        const { dataSetOffset: offset, object } = readPart10Beginning(bytes)!
        return { path, offset, length: bytes.length - offset, transferSyntaxUid: object.transferSyntaxUid }
      },
    })
    const read = async (name: string) => (await byPath.readFrame(join(folder, name), 0)) as FrameImage
    const wanted = Buffer.from((await read(reference)).pixels)
    let lossless = 0
    for (const name of names) {
      const frame = await read(name)
      expect([name, frame.kind]).toEqual([name, 'frame'])
      if (!/Lossless|Endian|Process14|dcm$/.test(name) || /Lossy|Process(1|2_4|6_8|10_12)Transfer|4\.91/.test(name))
        continue
      expect([name, Buffer.from(frame.pixels).equals(wanted)]).toEqual([name, true])
      lossless++
    }
    await byPath.stop()
    console.log(`corpus: ${names.length} files decoded, ${lossless} of them lossless and equal`)
    expect(lossless).toBeGreaterThanOrEqual(8)
  })
})

describe.skipIf(!existsSync(folder))('pictures of the corpus', () => {
  describeWith(['dcmtk'], 'beside dcmj2pnm', () => {
    test('differ by less than one grey level', async () => {
      const temporary = mkdtempSync(join(tmpdir(), 'yingzhan-pictures-'))
      const byPath = createPixelReader({
        dataSetOf: (path) => {
          const bytes = readFileSync(path)
          const found = readPart10Beginning(bytes)
          if (!found) return undefined
          const { dataSetOffset: offset, object } = found
          return { path, offset, length: bytes.length - offset, transferSyntaxUid: object.transferSyntaxUid }
        },
      })
      let compared = 0
      for (const sub of [folder, join(folder, '..', 'pydicom', 'test_files')])
        for (const name of readdirSync(sub).filter((one) => one.endsWith('.dcm'))) {
          if (notComparable.has(name)) continue
          const path = join(sub, name)
          const frame = await byPath.readFrame(path, 0)
          const window = frame.kind === 'frame' && frame.samplesPerPixel === 1 && frame.windowWidth !== undefined
          const theirs = pnmOf(path, join(temporary, 'picture.pnm'), window ? ['+Wi', '1'] : ['+Wm'])
          if (!theirs) continue
          expect([name, frame.kind]).toEqual([name, 'frame'])
          const ours = drawFrame(frame as FrameImage, {}).pixels
          expect([name, ours.length]).toEqual([name, theirs.length])
          const mean = ours.reduce((sum, one, at) => sum + Math.abs(one - theirs[at]!), 0) / ours.length
          expect([name, mean < 1 ? 'the same' : mean]).toEqual([name, 'the same'])
          compared++
        }
      await byPath.stop()
      rmSync(temporary, { recursive: true, force: true })
      console.log(`corpus: ${compared} files look as dcmj2pnm draws them`)
      expect(compared).toBeGreaterThan(50)
    }, 60_000)
  })
})

/**
 * 32 bits in big endian OW: dcmtk swaps words of 16 bits only, and draws noise where the same dose in little endian is a dose.
 */
const notComparable = new Set(['rtdose_expb.dcm', 'rtdose_expb_1frame.dcm'])

function pnmOf(path: string, out: string, how: readonly string[]): Buffer | undefined {
  rmSync(out, { force: true })
  spawnSync('dcmj2pnm', ['+F', '1', ...how, path, out], { stdio: 'ignore' })
  if (!existsSync(out)) return undefined
  const bytes = readFileSync(out)
  const head = /^P[56]\s+(?:#[^\n]*\n)?\d+\s+\d+\s+\d+\s/.exec(bytes.subarray(0, 200).toString('latin1'))
  return bytes.subarray(head![0].length)
}

test('a stored file that somebody cut off is said to be unreadable', async () => {
  const id = await stored(grey(4, 4, Buffer.alloc(32)))
  const path = room.archive.fileOf(id)!
  writeFileSync(path, readFileSync(path).subarray(0, 400))
  expect(await reader.readFrame(id, 0)).toMatchObject({ kind: 'cannot' })
})
