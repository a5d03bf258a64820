import type { FrameHead } from '../../../shared/api/views.ts'
import { wholeWindow } from '../../../shared/dicom/voi-window.ts'
import { lookUp } from './lookup-table.ts'
import type { FrameImage } from './read-pixels.ts'
import { samplesOf } from './sample-range.ts'

/** Pure. An image that names no window is shown whole: from its smallest to its largest value. */
export function frameHead(image: FrameImage): FrameHead {
  const ends = [image.minimum, image.maximum].map((value) => value * image.slope + image.intercept)
  const own = image.windowWidth !== undefined && image.windowWidth > 0 ? image.windowCenter : undefined
  // A window of fractions cannot be LINEAR (PS3.3 C.11.2.1.2.1: at least 1).
  const usual = Number.isInteger(image.slope) ? 'LINEAR' : 'LINEAR_EXACT'
  const voiFunction = own === undefined ? usual : image.voiFunction
  const whole = wholeWindow(ends[0]!, ends[1]!, voiFunction)
  const { scannedSpacing, ...facts } = image.facts
  const { voiLut, overlays } = image
  const spacingFrom = image.pixelSpacing?.at ?? (scannedSpacing && 'scanned')
  return {
    rows: image.rows,
    columns: image.columns,
    samplesPerPixel: image.samplesPerPixel,
    bitsAllocated: image.bitsAllocated,
    pixelRepresentation: image.pixelRepresentation,
    photometricInterpretation: image.photometricInterpretation,
    slope: image.slope,
    intercept: image.intercept,
    windowCenter: own ?? whole.center,
    windowWidth: own === undefined ? whole.width : (image.windowWidth ?? whole.width),
    minimum: image.minimum,
    maximum: image.maximum,
    rowPixelSpacing: image.pixelSpacing?.row ?? scannedSpacing?.row ?? null,
    columnPixelSpacing: image.pixelSpacing?.column ?? scannedSpacing?.column ?? null,
    numberOfFrames: image.numberOfFrames,
    ...(spacingFrom && { spacingFrom }),
    ...facts,
    ...(voiFunction !== 'LINEAR' && { voiFunction }),
    ...(image.isInverse && { isInverse: true }),
    ...(voiLut && { voiLut: { first: voiLut.first, bits: voiLut.bits, entries: [...voiLut.entries] } }),
    ...(overlays.length > 0 && { overlays: overlays.map(({ bits: _, ...place }) => place) }),
  }
}

/** The values for which a Modality LUT stands, where there is one: a viewer then needs only slope and intercept. 16 bits, unsigned. */
export function throughModalityLut(image: FrameImage): FrameImage {
  const { modalityLut } = image
  if (!modalityLut || image.samplesPerPixel !== 1) return image
  const samples = samplesOf(image.pixels, image)
  const values = new Uint16Array(samples.length)
  let [minimum, maximum] = [0xffff, 0]
  for (let at = 0; at < samples.length; at++) {
    const value = lookUp(modalityLut, samples[at]!)
    values[at] = value
    if (value < minimum) minimum = value
    if (value > maximum) maximum = value
  }
  const { bits } = modalityLut
  return {
    ...image,
    bitsAllocated: 16,
    bitsStored: bits,
    highBit: bits - 1,
    pixelRepresentation: 0,
    slope: 1,
    intercept: 0,
    minimum,
    maximum,
    modalityLut: undefined,
    pixels: new Uint8Array(values.buffer),
  }
}
