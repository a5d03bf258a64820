import { describe, expect, test } from 'vitest'
import { frameFacts } from '../../electron/station/pictures/frame-facts.ts'
import { frameHead, throughModalityLut } from '../../electron/station/pictures/frame-head.ts'
import type { FrameImage } from '../../electron/station/pictures/read-pixels.ts'
import { frameHeadSchema } from '../../shared/api/views.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { valuesOf } from '../../shared/dicom/element-values.ts'
import { readElements } from '../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf } from '../../shared/dicom/transfer-syntax.ts'

const explicit = '1.2.840.10008.1.2.1'
const implicit = '1.2.840.10008.1.2'

function factsOf(elements: readonly ElementToWrite[], frame = 0, syntax = explicit) {
  const encoding = dataSetEncodingOf(syntax)
  const bytes = encodeDataSet(elements, { explicitVr: encoding.explicitVr, text: 'utf-8' })
  return frameFacts(valuesOf(bytes, readElements(bytes, encoding).elements, encoding), frame)
}

const text = (tag: number, vr: string, value: string): ElementToWrite => ({ tag, vr, value })
const group = (tag: number, ...elements: ElementToWrite[]): ElementToWrite => ({ tag, vr: 'SQ', value: [elements] })

describe('what an image says of itself', () => {
  test('is nothing where it is silent', () => {
    expect(factsOf([text(0x00080060, 'CS', 'DX')])).toEqual({})
  })

  test('names where a slice lies, and where a projection looks', () => {
    const slice = [
      text(0x00200032, 'DS', '-120.5\\-130\\42.25'),
      text(0x00200037, 'DS', '1\\0\\0\\0\\1\\0'),
      text(0x00200052, 'UI', '2.25.9'),
      text(0x00201041, 'DS', '42.25'),
      text(0x00180050, 'DS', '5'),
    ]
    expect(factsOf(slice)).toEqual({
      imagePosition: [-120.5, -130, 42.25],
      imageOrientation: [1, 0, 0, 0, 1, 0],
      frameOfReferenceUid: '2.25.9',
      sliceLocation: 42.25,
      sliceThickness: 5,
    })
    const chest = [
      text(0x00200020, 'CS', 'L\\F'),
      text(0x00200062, 'CS', 'U'),
      text(0x00185101, 'CS', 'PA'),
      text(0x00181114, 'DS', '1.1'),
    ]
    expect(factsOf(chest)).toEqual({
      patientOrientation: ['L', 'F'],
      laterality: 'U',
      viewPosition: 'PA',
      magnification: 1.1,
    })
  })

  test('is said by frame in enhanced objects, and shared where a frame is silent', () => {
    const enhanced = [
      group(0x52009229, group(0x00209116, text(0x00200037, 'DS', '1\\0\\0\\0\\1\\0'))),
      {
        tag: 0x52009230,
        vr: 'SQ',
        value: ['1\\2\\3', '1\\2\\8'].map((at) => [group(0x00209113, text(0x00200032, 'DS', at))]),
      },
    ]
    expect(factsOf(enhanced, 1)).toEqual({ imagePosition: [1, 2, 8], imageOrientation: [1, 0, 0, 0, 1, 0] })
  })

  test('plays a film as the device wishes, else by the time between its frames, else by the camera', () => {
    const vector = text(0x00181065, 'DS', '0\\50\\50\\50')
    expect(factsOf([text(0x00180040, 'IS', '25')]).framesPerSecond).toBe(25)
    expect(factsOf([text(0x00180040, 'IS', '25'), vector]).framesPerSecond).toBe(20)
    expect(factsOf([text(0x00181063, 'DS', '33.3333'), vector]).framesPerSecond).toBeCloseTo(30, 2)
    expect(factsOf([text(0x00082144, 'IS', '12'), text(0x00181063, 'DS', '40')]).framesPerSecond).toBe(12)
    expect(factsOf([text(0x00181063, 'DS', '0')]).framesPerSecond).toBe(undefined)
  })

  test('offers every window with its name', () => {
    const windows = [
      text(0x00080005, 'CS', 'ISO_IR 192'),
      text(0x00281050, 'DS', '40\\-600\\1'),
      text(0x00281051, 'DS', '400\\1500\\0'),
      text(0x00281055, 'LO', '纵隔窗\\肺窗'),
    ]
    expect(factsOf(windows).windows).toEqual([
      { center: 40, width: 400, explanation: '纵隔窗' },
      { center: -600, width: 1500, explanation: '肺窗' },
    ])
  })

  test.each([explicit, implicit])('measures ultrasound within its regions, in %s', (syntax) => {
    const region = (units: number, delta: number): ElementToWrite[] => [
      ...[10, 20, 500, 400].map((value, at) => ({ tag: 0x00186018 + at * 2, vr: 'UL', value })),
      { tag: 0x00186024, vr: 'US', value: units },
      { tag: 0x00186026, vr: 'US', value: units },
      { tag: 0x0018602c, vr: 'FD', value: delta },
      { tag: 0x0018602e, vr: 'FD', value: -delta },
    ]
    const found = factsOf([{ tag: 0x00186011, vr: 'SQ', value: [region(3, 0.025), region(4, 1)] }], 0, syntax)
    expect(found.ultrasoundRegions).toEqual([
      { left: 10, top: 20, right: 500, bottom: 400, millimetresPerColumn: 0.25, millimetresPerRow: 0.25 },
    ])
  })
})

const image: FrameImage = {
  kind: 'frame',
  frameIndex: 0,
  rows: 1,
  columns: 4,
  numberOfFrames: 1,
  samplesPerPixel: 1,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  pixelRepresentation: 0,
  photometricInterpretation: 'MONOCHROME2',
  slope: 1,
  intercept: 0,
  windowCenter: undefined,
  windowWidth: undefined,
  voiFunction: 'LINEAR',
  isInverse: false,
  pixelSpacing: undefined,
  minimum: 0,
  maximum: 3,
  modalityLut: undefined,
  voiLut: undefined,
  facts: {},
  overlays: [],
  pixels: Uint8Array.from([0, 1, 2, 3]),
}

describe('the head of a frame', () => {
  test('says of which plane its spacing is', () => {
    const spacingOf = (more: Partial<FrameImage>) => {
      const { rowPixelSpacing, spacingFrom } = frameHeadSchema.parse(frameHead({ ...image, ...more }))
      return [rowPixelSpacing, spacingFrom]
    }
    expect(spacingOf({})).toEqual([null, undefined])
    expect(spacingOf({ pixelSpacing: { row: 0.2, column: 0.2, at: 'detector' } })).toEqual([0.2, 'detector'])
    expect(spacingOf({ facts: { scannedSpacing: { row: 0.1, column: 0.1 } } })).toEqual([0.1, 'scanned'])
  })

  test('gives values that went through the Modality LUT, so that a viewer needs none', () => {
    const modalityLut = { first: 1, bits: 12, entries: Uint16Array.from([100, 4000]) }
    const through = throughModalityLut({ ...image, modalityLut })
    expect([...new Uint16Array(through.pixels.buffer)]).toEqual([100, 100, 4000, 4000])
    expect(frameHead(through)).toMatchObject({ bitsAllocated: 16, minimum: 100, maximum: 4000, slope: 1, intercept: 0 })
  })

  test('carries a VOI LUT, the shape of its window, and that it is inverse', () => {
    const voiLut = { first: 5, bits: 8, entries: Uint16Array.from([1, 2]) }
    const window = { windowCenter: 2, windowWidth: 4 }
    expect(
      frameHeadSchema.parse(frameHead({ ...image, ...window, voiLut, voiFunction: 'SIGMOID', isInverse: true })),
    ).toMatchObject({ voiLut: { first: 5, bits: 8, entries: [1, 2] }, voiFunction: 'SIGMOID', isInverse: true })
  })

  test('without a window of its own shows all values, and counts exactly where they are fractions', () => {
    expect(frameHead(image)).toMatchObject({ windowCenter: 2, windowWidth: 4 })
    const fractions = frameHead({ ...image, slope: 0.001 })
    expect(fractions).toMatchObject({ windowCenter: 0.0015, windowWidth: 0.003, voiFunction: 'LINEAR_EXACT' })
    expect(frameHead({ ...image, windowCenter: 1, windowWidth: 0 })).toMatchObject({ windowCenter: 2, windowWidth: 4 })
  })
})
