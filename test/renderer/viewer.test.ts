import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rgbaOfOverlay } from '../../renderer/features/viewer/image-overlay.ts'
import { seriesOf } from '../../renderer/features/viewer/image-stack.ts'
import { dragWindow, fileWindow, fullWindow, isExact } from '../../renderer/features/viewer/image-window.ts'
import { otherObjectsOf } from '../../renderer/features/viewer/other-objects.ts'
import { FrameUnreadable, rangeOf, readFrame, rgbaOf } from '../../renderer/features/viewer/read-frame.ts'
import type { ExamPage, FrameHead } from '../../shared/api/views.ts'
import type { InstanceFacts } from '../../shared/models/study.ts'

const head: FrameHead = {
  rows: 2,
  columns: 2,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  pixelRepresentation: 0,
  photometricInterpretation: 'MONOCHROME2',
  slope: 1,
  intercept: -1024,
  windowCenter: 40,
  windowWidth: 400,
  minimum: 0,
  maximum: 4095,
  rowPixelSpacing: null,
  columnPixelSpacing: null,
  numberOfFrames: 1,
}

function answer(facts: FrameHead, pixels: ArrayBufferView): ArrayBuffer {
  const json = new TextEncoder().encode(JSON.stringify(facts))
  const bytes = new Uint8Array(4 + json.length + pixels.byteLength)
  new DataView(bytes.buffer).setUint32(0, json.length, true)
  bytes.set(json, 4)
  bytes.set(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength), 4 + json.length)
  return bytes.buffer
}

describe('a frame', () => {
  test('comes out as it was put in, whatever the length of its head', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -32768, max: 32767 }), { minLength: 4, maxLength: 4 }), (values) => {
        for (const photometricInterpretation of ['MONOCHROME1', 'MONOCHROME2', 'X']) {
          const facts = { ...head, pixelRepresentation: 1, photometricInterpretation }
          expect([...readFrame(answer(facts, Int16Array.from(values))).pixels]).toEqual(values)
        }
      }),
    )
  })

  test('keeps the sign that its head names', () => {
    const unsigned = Uint16Array.of(0, 1, 40_000, 65_535)
    expect([...readFrame(answer(head, unsigned)).pixels]).toEqual([0, 1, 40_000, 65_535])
    expect([...readFrame(answer({ ...head, pixelRepresentation: 1 }, unsigned)).pixels]).toEqual([0, 1, -25_536, -1])
    const bytes = Uint8Array.of(0, 1, 200, 255)
    expect([...readFrame(answer({ ...head, bitsAllocated: 8 }, bytes)).pixels]).toEqual([0, 1, 200, 255])
  })

  test('brings what the device drew over it, each plane in whole bytes', () => {
    const places = [
      { rows: 1, columns: 3, top: -1, left: 2 },
      { rows: 3, columns: 3, top: 0, left: 0 },
    ]
    const facts = { ...head, bitsAllocated: 8, overlays: places }
    const bytes = Uint8Array.of(1, 2, 3, 4, 0b101, 0b1, 0b1)
    const read = readFrame(answer(facts, bytes))
    expect([...read.pixels]).toEqual([1, 2, 3, 4])
    expect(read.overlays.map(({ bits, ...place }) => [place, [...bits]])).toEqual([
      [places[0], [0b101]],
      [places[1], [1, 1]],
    ])
    expect([...new Uint32Array(rgbaOfOverlay(read.overlays[0]!).buffer)]).toEqual([0xffffffff, 0, 0xffffffff])
    expect(() => readFrame(answer(facts, bytes.subarray(0, 6)))).toThrow(FrameUnreadable)
  })

  test('that is cut off is refused, not shown half', () => {
    expect(() => readFrame(answer(head, Uint16Array.of(1, 2, 3)))).toThrow(FrameUnreadable)
    expect(() => readFrame(new ArrayBuffer(2))).toThrow(FrameUnreadable)
    expect(() => readFrame(answer({ ...head, bitsAllocated: 64 }, new Float64Array(4)))).toThrow(FrameUnreadable)
  })

  test('of 32 bits keeps its values as far as 16 bits reach', () => {
    const wide = Uint32Array.of(0, 1000, 2_000_000_000, 4_000_000_000)
    const { head: read, pixels } = readFrame(answer({ ...head, bitsAllocated: 32, slope: 2 }, wide))
    const values = [...pixels].map((value) => value * read.slope + read.intercept)
    expect(values[0]).toBe(-1024)
    expect(values[3]).toBeCloseTo(8_000_000_000 - 1024, 3)
    expect(Math.abs((values[2] ?? 0) - 4_000_000_000)).toBeLessThan(200_000)
  })

  test('in colour becomes what a canvas takes', () => {
    expect([...rgbaOf(Uint8Array.of(1, 2, 3, 4, 5, 6))]).toEqual([1, 2, 3, 255, 4, 5, 6, 255])
    expect([...rgbaOf(Uint16Array.of(0, 256, 65_535))]).toEqual([0, 1, 255, 255])
  })
})

describe('the window', () => {
  const range = rangeOf(Int16Array.of(5, -7, 90, 3))
  test('is the file’s own, or all values where the file names none', () => {
    expect(range).toEqual({ minimum: -7, maximum: 90 })
    expect(fileWindow(head, range)).toEqual({ width: 400, center: 40 })
    expect(fileWindow({ ...head, windowWidth: 0 }, range)).toEqual(fullWindow(range, head))
    expect(fullWindow({ minimum: 0, maximum: 4095 }, { slope: 2, intercept: -1024 })).toEqual({
      width: 8191,
      center: 3071.5,
    })
  })

  test('grows to the right, darkens downwards and is never narrower than 1', () => {
    const from = { width: 400, center: 40 }
    expect(dragWindow(from, 10, 5, 4096)).toEqual({ width: 440, center: 60 })
    expect(dragWindow(from, -1000, 0, 4096).width).toBe(1)
  })

  test('of fractions counts exactly, is found whole and is dragged in fractions', () => {
    const fractions = { ...head, slope: 0.001, intercept: 0, windowWidth: 0.5, windowCenter: 0.25 }
    expect([isExact(fractions), isExact(head), isExact({ ...head, voiFunction: 'LINEAR_EXACT' })]).toEqual([
      true,
      false,
      true,
    ])
    expect(fileWindow(fractions, range)).toEqual({ width: 0.5, center: 0.25 })
    expect(fullWindow({ minimum: 0, maximum: 100 }, fractions, true)).toEqual({ width: 0.1, center: 0.05 })
    expect(dragWindow({ width: 0.5, center: 0.25 }, 10, 0, 0.256).width).toBeCloseTo(0.51, 5)
    expect(dragWindow({ width: 0.5, center: 0.25 }, -10_000, 0, 0.256).width).toBeCloseTo(0.001, 5)
  })
})

describe('the stack', () => {
  const instance = (facts: Partial<InstanceFacts>): InstanceFacts => ({
    id: 'i',
    sopInstanceUid: '1.2',
    sopClassUid: '1',
    seriesInstanceUid: 's1',
    studyInstanceUid: 't',
    transferSyntaxUid: '1',
    modality: 'CT',
    seriesNumber: 1,
    seriesDescription: '',
    instanceNumber: 1,

    bodyPart: '',
    protocolName: '',
    laterality: '',
    rows: 4,
    columns: 4,
    numberOfFrames: 1,
    sizeBytes: 1,
    versionId: '',
    receivedAt: 0,
    ...facts,
  })
  const studies = (instances: InstanceFacts[]) => [{ instances }] as unknown as ExamPage['studies']

  test('is in the order of series and instance numbers, however the images arrived', () => {
    const series = seriesOf(
      studies([
        instance({ id: 'b2', seriesInstanceUid: 's2', seriesNumber: 2 }),
        instance({ id: 'a10', instanceNumber: 10 }),
        instance({ id: 'a2', instanceNumber: 2 }),
        instance({ id: 'none', instanceNumber: null }),
      ]),
    )
    expect(series.map((one) => one.images.map((image) => image.instanceId))).toEqual([['a2', 'a10', 'none'], ['b2']])
  })

  test('spreads the frames of an instance and leaves out what has no pixels', () => {
    const series = seriesOf(
      studies([instance({ id: 'cine', numberOfFrames: 3 }), instance({ id: 'report', rows: 0, columns: 0 })]),
    )
    expect(series).toHaveLength(1)
    expect(series[0]?.images.map((image) => image.frame)).toEqual([0, 1, 2])
  })

  test('leaves films and papers to be opened beside it, each numbered among its kind in the order in which they came', () => {
    const brought = studies([
      instance({ id: 'picture' }),
      instance({ id: 'cine', transferSyntaxUid: '1.2.840.10008.1.2.4.50', numberOfFrames: 30 }),
      instance({ id: 'late', sopClassUid: '1.2.840.10008.5.1.4.1.1.104.1', rows: 0, columns: 0, receivedAt: 3 }),
      instance({ id: 'early', sopClassUid: '1.2.840.10008.5.1.4.1.1.104.1', rows: 0, columns: 0, receivedAt: 2 }),
      instance({ id: 'h264', transferSyntaxUid: '1.2.840.10008.1.2.4.102', numberOfFrames: 9000 }),
      instance({ id: 'mpeg2', transferSyntaxUid: '1.2.840.10008.1.2.4.100.1', numberOfFrames: 250 }),
      instance({ id: 'report', modality: 'SR', rows: 0, columns: 0 }),
    ])
    const shown = otherObjectsOf(brought).map((one) => `${one.kind} ${one.number} ${one.instance.id}`)
    expect(shown.filter((one) => one.startsWith('paper'))).toEqual(['paper 1 early', 'paper 2 late'])
    expect(shown.filter((one) => one.startsWith('film'))).toEqual(['film 1 h264', 'film 2 mpeg2'])
    expect(shown.filter((one) => one.startsWith('other'))).toEqual(['other 1 report'])
    expect(seriesOf(brought).flatMap((one) => one.images.map((image) => image.instanceId))).toHaveLength(31)
  })
})
