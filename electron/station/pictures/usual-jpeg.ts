import type { ImageDescription } from '../archive/image-description.ts'

/** What the decoder is told of a JPEG of 8 bits that stands for itself: 1 sample a pixel is grey, 3 are colours. */
export const usualJpegDescription = (
  rows: number,
  columns: number,
  samplesPerPixel: number,
  isRgb: boolean,
): ImageDescription => ({
  rows,
  columns,
  numberOfFrames: 1,
  samplesPerPixel,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  pixelRepresentation: 0,
  planarConfiguration: 0,
  photometricInterpretation: samplesPerPixel === 1 ? 'MONOCHROME2' : isRgb ? 'RGB' : 'YBR_FULL_422',
  slope: 1,
  intercept: 0,
  windowCenter: undefined,
  windowWidth: undefined,
  voiFunction: 'LINEAR',
  isInverse: false,
  pixelSpacing: undefined,
})
