import type { RawObject } from '../../electron/training/simulated-modality.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { newUid } from '../../shared/text/dicom-values.ts'

const explicitLittleEndian = '1.2.840.10008.1.2.1'
const [ctClass, dxClass, multiframeByteClass, multiframeColourClass] = [
  '1.2.840.10008.5.1.4.1.1.2',
  '1.2.840.10008.5.1.4.1.1.1.1',
  '1.2.840.10008.5.1.4.1.1.7.2',
  '1.2.840.10008.5.1.4.1.1.7.4',
]

type Picture = {
  readonly sopClassUid: string
  readonly studyInstanceUid: string
  readonly seriesInstanceUid: string
  readonly seriesNumber: number
  readonly number: number
  readonly modality: string
  readonly rows: number
  readonly columns: number
  readonly pixels: Buffer
  readonly bits: 8 | 16
  readonly samples?: 1 | 3
  readonly more: readonly ElementToWrite[]
}

function object(picture: Picture): RawObject {
  const { sopClassUid, bits, rows, columns, pixels, modality, samples = 1, more } = picture
  const sopInstanceUid = newUid()
  const elements: ElementToWrite[] = [
    { tag: 0x00080016, vr: 'UI', value: sopClassUid },
    { tag: 0x00080018, vr: 'UI', value: sopInstanceUid },
    { tag: 0x00080020, vr: 'DA', value: '20261120' },
    { tag: 0x00080030, vr: 'TM', value: '101500' },
    { tag: 0x00080060, vr: 'CS', value: modality },
    { tag: 0x00080080, vr: 'LO', value: 'EAST CLINIC' },
    { tag: 0x0008103e, vr: 'LO', value: `SERIES ${picture.seriesNumber}` },
    { tag: 0x00100010, vr: 'PN', value: '' },
    { tag: 0x00100020, vr: 'LO', value: '' },
    { tag: 0x0020000d, vr: 'UI', value: picture.studyInstanceUid },
    { tag: 0x0020000e, vr: 'UI', value: picture.seriesInstanceUid },
    { tag: 0x00200011, vr: 'IS', value: String(picture.seriesNumber) },
    { tag: 0x00200013, vr: 'IS', value: String(picture.number) },
    { tag: 0x00280002, vr: 'US', value: samples },
    { tag: 0x00280004, vr: 'CS', value: samples === 3 ? 'RGB' : 'MONOCHROME2' },
    ...(samples === 3 ? [{ tag: 0x00280006, vr: 'US', value: 0 }] : []),
    { tag: 0x00280010, vr: 'US', value: rows },
    { tag: 0x00280011, vr: 'US', value: columns },
    { tag: 0x00280100, vr: 'US', value: bits },
    { tag: 0x00280101, vr: 'US', value: bits },
    { tag: 0x00280102, vr: 'US', value: bits - 1 },
    { tag: 0x00280103, vr: 'US', value: 0 },
    ...more,
    { tag: 0x7fe00010, vr: bits === 8 ? 'OB' : 'OW', value: pixels },
  ]
  const dataSet = encodeDataSet(elements, { explicitVr: true, text: 'ascii' })
  return { sopClassUid, sopInstanceUid, transferSyntaxUid: explicitLittleEndian, dataSet }
}

/** CT slices of 100 × 80 pixels of 0.5 mm, `spacing` mm apart. Every pixel of slice n (from 1) is n × 10 HU, the square x, y from 20 to 39 is 100 HU more. */
export function ctSeries(setup: {
  readonly studyInstanceUid: string
  readonly frameOfReferenceUid: string
  readonly slices: number
  readonly spacing: number
}): readonly RawObject[] {
  const seriesInstanceUid = newUid()
  return Array.from({ length: setup.slices }, (_, at) => {
    const values = Uint16Array.from({ length: 80 * 100 }, (__, place) => {
      const [x, y] = [place % 100, Math.floor(place / 100)]
      const isIn = x >= 20 && x < 40 && y >= 20 && y < 40
      return 1024 + (at + 1) * 10 + (isIn ? 100 : 0)
    })
    return object({
      sopClassUid: ctClass,
      studyInstanceUid: setup.studyInstanceUid,
      seriesInstanceUid,
      seriesNumber: 1,
      number: at + 1,
      modality: 'CT',
      rows: 80,
      columns: 100,
      bits: 16,
      pixels: Buffer.from(values.buffer),
      more: [
        { tag: 0x00200032, vr: 'DS', value: `0\\0\\${at * setup.spacing}` },
        { tag: 0x00200037, vr: 'DS', value: '1\\0\\0\\0\\1\\0' },
        { tag: 0x00200052, vr: 'UI', value: setup.frameOfReferenceUid },
        { tag: 0x00280030, vr: 'DS', value: '0.5\\0.5' },
        { tag: 0x00281050, vr: 'DS', value: '50' },
        { tag: 0x00281051, vr: 'DS', value: '300' },
        { tag: 0x00281052, vr: 'DS', value: '-1024' },
        { tag: 0x00281053, vr: 'DS', value: '1' },
      ],
    })
  })
}

/** Two views of 200 × 300 pixels, 0.2 mm at the detector: a chest from the front and from the side. */
export function chestViews(studyInstanceUid: string): readonly RawObject[] {
  const seriesInstanceUid = newUid()
  return ['PA', 'LL'].map((view, at) => {
    const values = Uint16Array.from({ length: 300 * 200 }, (_, place) => ((place % 200) * 10 + at * 500) & 0x0fff)
    return object({
      sopClassUid: dxClass,
      studyInstanceUid,
      seriesInstanceUid,
      seriesNumber: 1,
      number: at + 1,
      modality: 'DX',
      rows: 300,
      columns: 200,
      bits: 16,
      pixels: Buffer.from(values.buffer),
      more: [
        { tag: 0x00181164, vr: 'DS', value: '0.2\\0.2' },
        { tag: 0x00185101, vr: 'CS', value: view },
        { tag: 0x00200020, vr: 'CS', value: 'L\\F' },
      ],
    })
  })
}

/** What every pixel of a frame (from 0) of the film is. */
export const filmValue = (frame: number) => (frame * 37 + 11) % 251

/** A film of 8 bits without compression, 25 frames a second: every frame is one grey, also where it is written in three colours. */
export function greyFilm(setup: {
  readonly studyInstanceUid: string
  readonly frames: number
  readonly rows: number
  readonly columns: number
  readonly samples?: 1 | 3
  readonly hasWindow?: boolean
}): RawObject {
  const { frames, rows, columns, studyInstanceUid, samples = 1, hasWindow = true } = setup
  const size = rows * columns * samples
  const pixels = Buffer.alloc(frames * size)
  for (let frame = 0; frame < frames; frame++) pixels.fill(filmValue(frame), frame * size, (frame + 1) * size)
  return object({
    sopClassUid: samples === 3 ? multiframeColourClass : multiframeByteClass,
    samples,
    studyInstanceUid,
    seriesInstanceUid: newUid(),
    seriesNumber: 1,
    number: 1,
    modality: 'OT',
    rows,
    columns,
    bits: 8,
    pixels,
    more: [
      { tag: 0x00181063, vr: 'DS', value: '40' },
      { tag: 0x00280008, vr: 'IS', value: String(frames) },
      { tag: 0x00280009, vr: 'AT', value: Buffer.from('18006310', 'hex') },
      ...(hasWindow
        ? [
            { tag: 0x00281050, vr: 'DS', value: '128' },
            { tag: 0x00281051, vr: 'DS', value: '256' },
          ]
        : []),
    ],
  })
}

/** What a pixel of slice n (from 1) of the sagittal slices is, in HU. */
export const sagittalValue = (slice: number, x: number, y: number) =>
  ((x * 37 + y * 91 + x * y) % 400) - 200 + slice * 5

export const sagittal = { rows: 100, columns: 120, rowSpacing: 1, columnSpacing: 0.5 } as const

/**
 * CT slices that are seen from the left side: the front to the left, the head above. Their pixels are twice as high as wide. Over the first
 * the device drew a white block, x from 10 to 19 and y from 60 to 69.
 */
export function sagittalSlices(studyInstanceUid: string, slices: number): readonly RawObject[] {
  const { rows, columns, rowSpacing, columnSpacing } = sagittal
  const [seriesInstanceUid, frameOfReference] = [newUid(), newUid()]
  const words = (...values: readonly number[]) => Buffer.from(Int16Array.from(values).buffer)
  const block: readonly ElementToWrite[] = [
    { tag: 0x60000010, vr: 'US', value: 10 },
    { tag: 0x60000011, vr: 'US', value: 10 },
    { tag: 0x60000040, vr: 'CS', value: 'G' },
    { tag: 0x60000050, vr: 'SS', value: words(61, 11) },
    { tag: 0x60000100, vr: 'US', value: 1 },
    { tag: 0x60000102, vr: 'US', value: 0 },
    { tag: 0x60003000, vr: 'OW', value: Buffer.alloc(14, 0xff) },
  ]
  return Array.from({ length: slices }, (_, at) => {
    const values = Uint16Array.from(
      { length: rows * columns },
      (__, place) => 1024 + sagittalValue(at + 1, place % columns, Math.floor(place / columns)),
    )
    return object({
      sopClassUid: ctClass,
      studyInstanceUid,
      seriesInstanceUid,
      seriesNumber: 1,
      number: at + 1,
      modality: 'CT',
      rows,
      columns,
      bits: 16,
      pixels: Buffer.from(values.buffer),
      more: [
        { tag: 0x00200032, vr: 'DS', value: `${at * 3}\\0\\0` },
        { tag: 0x00200037, vr: 'DS', value: '0\\1\\0\\0\\0\\-1' },
        { tag: 0x00200052, vr: 'UI', value: frameOfReference },
        { tag: 0x00280030, vr: 'DS', value: `${rowSpacing}\\${columnSpacing}` },
        { tag: 0x00281050, vr: 'DS', value: '0' },
        { tag: 0x00281051, vr: 'DS', value: '2000' },
        { tag: 0x00281052, vr: 'DS', value: '-1024' },
        { tag: 0x00281053, vr: 'DS', value: '1' },
        ...(at === 0 ? block : []),
      ],
    })
  })
}
