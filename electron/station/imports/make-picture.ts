import type { ElementToWrite } from '../../../shared/dicom/data-set-writer.ts'
import { secondaryCaptureStorage } from '../../../shared/dicom/sop-class.ts'
import { explicitVrLittleEndian, jpegBaseline, jpegExtended } from '../../../shared/dicom/transfer-syntax.ts'
import { type BothWords, inBoth } from '../../../shared/problems/both-words.ts'
import { chinaCompactDay, chinaCompactTime } from '../../../shared/text/china-time.ts'
import { decodePng, mostPixels } from '../pictures/decode-png.ts'
import type { FrameDecoder } from '../pictures/frame-decoder.ts'
import { type JpegFacts, readJpeg } from '../pictures/read-jpeg.ts'
import { type PlainPixels, turnUpright } from '../pictures/turn-pixels.ts'
import { unreadableWords } from '../pictures/unreadable-words.ts'
import { usualJpegDescription } from '../pictures/usual-jpeg.ts'
import {
  commonElements,
  encodeMade,
  imageElements,
  type MadeObject,
  type MakingFor,
  madeSopInstanceUid,
  oneFragment,
} from './made-object.ts'

export type Made =
  | { readonly kind: 'made'; readonly object: MadeObject }
  | { readonly kind: 'cannot'; readonly reason: BothWords }

/** A PNG as Secondary Capture (PS3.3 A.8.1), its pixels as they are. */
export async function makeFromPng(bytes: Buffer, making: MakingFor, studyUid: string): Promise<Made> {
  const decoded = await decodePng(bytes)
  if (decoded.kind === 'cannot') return decoded
  return { kind: 'made', object: nativeObject(decoded, [], making, studyUid) }
}

/**
 * A JPEG as Secondary Capture. One that is sequential, of 8 bits and upright is kept byte by byte; a progressive or turned one is
 * decoded once and stored as it is to be seen.
 */
export async function makeFromJpeg(
  bytes: Buffer,
  making: MakingFor,
  studyUid: string,
  decoder: Pick<FrameDecoder, 'decode'>,
): Promise<Made> {
  const facts = readJpeg(bytes)
  if (facts.kind === 'cannot') return facts
  if (facts.components === 4) return cannot(inBoth('印刷用的 CMYK 颜色', 'its colours are CMYK, for print'))
  if (facts.components !== 1 && facts.components !== 3)
    return cannot(inBoth(`${facts.components} 个颜色分量`, `it has ${facts.components} colour components`))
  if (facts.precision !== 8 || facts.process === 'other')
    return cannot(inBoth('不是普通的 8 位 JPEG', 'no plain JPEG of 8 bits'))
  if (facts.rows === 0 || facts.columns === 0 || facts.rows * facts.columns > mostPixels)
    return cannot(inBoth(`${facts.columns} × ${facts.rows} 像素`, `${facts.columns} × ${facts.rows} pixels`))
  const isKept = facts.process !== 'progressive' && facts.orientation === 1
  if (isKept) return { kind: 'made', object: keptObject(bytes, facts, making, studyUid) }
  const usual = usualJpegDescription(facts.rows, facts.columns, facts.components, facts.isRgb)
  const decoded = await decoder.decode('jpeg', { ...usual, photometricInterpretation: photometricOf(facts) }, bytes)
  if (decoded.kind === 'cannot') return cannot(unreadableWords(decoded.reason))
  const samplesPerPixel = facts.components
  if (decoded.pixels.length < facts.rows * facts.columns * samplesPerPixel)
    return cannot(inBoth('JPEG 不完整', 'the JPEG is cut short'))
  const plain = {
    rows: facts.rows,
    columns: facts.columns,
    samplesPerPixel,
    bitsAllocated: 8,
    pixels: decoded.pixels,
  } as const
  const lossy = lossyElements(plain, bytes.length)
  return { kind: 'made', object: nativeObject(turnUpright(plain, facts.orientation), lossy, making, studyUid) }
}

const cannot = (reason: BothWords): Made => ({ kind: 'cannot', reason })

/** PS3.3 C.7.6.3.1.2: any horizontal subsampling is YBR_FULL_422, the stream itself tells the factors. */
function photometricOf(facts: JpegFacts): string {
  if (facts.components === 1) return 'MONOCHROME2'
  if (facts.isRgb) return 'RGB'
  return facts.isSubsampled ? 'YBR_FULL_422' : 'YBR_FULL'
}

function keptObject(bytes: Buffer, facts: JpegFacts, making: MakingFor, studyUid: string): MadeObject {
  const head = encodeMade([
    ...pictureElements(making),
    ...pixelElements({ ...facts, samplesPerPixel: facts.components, bitsAllocated: 8 }, photometricOf(facts)),
    ...lossyElements({ ...facts, samplesPerPixel: facts.components }, bytes.length),
  ])
  const fragment = oneFragment(bytes.length)
  return {
    ...uidsOf(making, studyUid),
    transferSyntaxUid: facts.process === 'extended' ? jpegExtended : jpegBaseline,
    bytes: () => [head, fragment.head, bytes, fragment.tail],
  }
}

function nativeObject(
  image: PlainPixels,
  lossy: readonly ElementToWrite[],
  making: MakingFor,
  studyUid: string,
): MadeObject {
  const elements = [
    ...pictureElements(making),
    ...pixelElements(image, image.samplesPerPixel === 1 ? 'MONOCHROME2' : 'RGB'),
    ...lossy,
  ]
  const vr = image.bitsAllocated === 16 ? 'OW' : 'OB'
  const pixels = Buffer.from(image.pixels.buffer, image.pixels.byteOffset, image.pixels.length)
  const dataSet = encodeMade([...elements, { tag: 0x7fe00010, vr, value: pixels }])
  return { ...uidsOf(making, studyUid), transferSyntaxUid: explicitVrLittleEndian, bytes: () => [dataSet] }
}

const uidsOf = (making: MakingFor, studyInstanceUid: string) => ({
  sopClassUid: secondaryCaptureStorage,
  sopInstanceUid: madeSopInstanceUid(making.dossier.exam.id, making.sha256),
  studyInstanceUid,
})

/** SC Equipment and SC Image, PS3.3 C.8.6.1 and C.8.6.2: it came as a file, DI. */
function pictureElements(making: MakingFor): ElementToWrite[] {
  const { modality } = making.dossier.exam
  return [
    ...commonElements(making, 'picture'),
    ...imageElements(making, 'DERIVED\\SECONDARY'),
    { tag: 0x00080016, vr: 'UI', value: secondaryCaptureStorage },
    { tag: 0x00080060, vr: 'CS', value: modality === 'SC' || modality === 'SR' ? 'OT' : modality },
    { tag: 0x00080064, vr: 'CS', value: 'DI' },
    { tag: 0x00181012, vr: 'DA', value: chinaCompactDay(making.now) },
    { tag: 0x00181014, vr: 'TM', value: chinaCompactTime(making.now) },
  ]
}

/** Image Pixel, PS3.3 C.7.6.3. */
export function pixelElements(
  image: Pick<PlainPixels, 'rows' | 'columns'> & { readonly samplesPerPixel: number; readonly bitsAllocated: number },
  photometricInterpretation: string,
  bitsStored = image.bitsAllocated,
): ElementToWrite[] {
  return [
    { tag: 0x00280002, vr: 'US', value: image.samplesPerPixel },
    { tag: 0x00280004, vr: 'CS', value: photometricInterpretation },
    ...(image.samplesPerPixel > 1 ? [{ tag: 0x00280006, vr: 'US', value: 0 }] : []),
    { tag: 0x00280010, vr: 'US', value: image.rows },
    { tag: 0x00280011, vr: 'US', value: image.columns },
    { tag: 0x00280100, vr: 'US', value: image.bitsAllocated },
    { tag: 0x00280101, vr: 'US', value: bitsStored },
    { tag: 0x00280102, vr: 'US', value: bitsStored - 1 },
    { tag: 0x00280103, vr: 'US', value: 0 },
  ]
}

/** PS3.3 C.7.6.1.1.5: that something was lost, how much and by which method stays with the object for good. */
function lossyElements(
  image: { readonly rows: number; readonly columns: number; readonly samplesPerPixel: number },
  compressed: number,
): ElementToWrite[] {
  const ratio = (image.rows * image.columns * image.samplesPerPixel) / compressed
  return [
    { tag: 0x00282110, vr: 'CS', value: '01' },
    { tag: 0x00282112, vr: 'DS', value: ratio.toFixed(2) },
    { tag: 0x00282114, vr: 'CS', value: 'ISO_10918_1' },
  ]
}
