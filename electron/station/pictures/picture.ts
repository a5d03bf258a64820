/** What a person sees: 8 bits a sample, grey (0 black, 255 white) or red, green, blue pixel by pixel. */
export type Picture = {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: 1 | 3
  readonly pixels: Uint8Array
}
