import type { FrameHead } from '../../../shared/api/views.ts'

type Place = NonNullable<FrameHead['overlays']>[number]

/** What a device drew over its image: `bits` row by row without padding, from the least significant bit of each byte on. */
export type ImageOverlay = Place & { readonly bits: Uint8Array<ArrayBuffer> }

/** The planes that stand from a byte on; undefined where they are cut off. A copy: the bytes around them are another memory's. */
export function overlaysIn(
  answer: ArrayBuffer,
  from: number,
  places: readonly Place[],
): readonly ImageOverlay[] | undefined {
  let at = from
  const overlays: ImageOverlay[] = []
  for (const place of places) {
    const length = Math.ceil((place.rows * place.columns) / 8)
    if (at + length > answer.byteLength) return undefined
    overlays.push({ ...place, bits: new Uint8Array(answer.slice(at, at + length)) })
    at += length
  }
  return overlays
}

/** The plane in four samples of 8 bits a pixel, white where it is set and nothing elsewhere: what a canvas takes. */
export function rgbaOfOverlay({ rows, columns, bits }: ImageOverlay): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(rows * columns * 4)
  const pixels = new Uint32Array(rgba.buffer)
  for (let at = 0; at < pixels.length; at++) if (((bits[at >> 3] ?? 0) >> (at & 7)) & 1) pixels[at] = 0xffffffff
  return rgba
}
