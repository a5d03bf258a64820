/** A key image as documents print it: baseline or progressive JPEG of 8 bits, grey or colour, at most 1200 pixels a side and 180 KiB. */
export type KeyPicture = {
  readonly caption: string
  readonly jpeg: Uint8Array
  /** Pixels. */
  readonly width: number
  readonly height: number
}
