/**
 * Pixels of one bit, packed from the least significant bit of each byte on (PS3.5 8.1.1 and D.2), to a byte each, 0 or 1. Frames
 * stand one after another without padding, so a frame may begin within a byte: `firstBit` from 0 to 7.
 */
export function unpackBits(packed: Uint8Array, firstBit: number, count: number): Uint8Array {
  const pixels = new Uint8Array(count)
  for (let at = 0; at < count; at++) {
    const bit = firstBit + at
    pixels[at] = (packed[bit >> 3]! >> (bit & 7)) & 1
  }
  return pixels
}

/** The other way: a frame that begins with a byte of its own. */
export function packBits(pixels: Uint8Array): Uint8Array {
  const packed = new Uint8Array(Math.ceil(pixels.length / 8))
  for (let at = 0; at < pixels.length; at++) if (pixels[at]) packed[at >> 3]! |= 1 << (at & 7)
  return packed
}
