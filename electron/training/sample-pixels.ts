/** Pixels of an image as a device would have made it; no text in it, nothing of any person. */
export type SamplePixels = {
  readonly rows: number
  readonly columns: number
  readonly bitsStored: number
  readonly pixels: Uint16Array
  readonly windowCenter: number
  readonly windowWidth: number
  readonly rescaleIntercept: number
  /** Millimetres. */
  readonly pixelSpacing: number
}
