/** Colour as the viewer draws it: red, green, blue, byte by byte. */

/** Samples of 16 or 32 bits, little endian, as their upper 8 of `bitsStored` bits. */
export function toBytes(wide: Uint8Array, bitsAllocated: number, bitsStored: number): Uint8Array {
  const step = bitsAllocated / 8
  const shift = Math.max(0, Math.min(bitsStored, bitsAllocated) - 8)
  const view = new DataView(wide.buffer, wide.byteOffset, wide.length)
  const bytes = new Uint8Array(Math.floor(wide.length / step))
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = (step === 2 ? view.getUint16(at * 2, true) : view.getUint32(at * 4, true)) >>> shift
  }
  return bytes
}

/** RRR…GGG…BBB… to RGBRGB…, PS3.3 C.7.6.3.1.3. `step`: bytes of a sample. */
export function interleaved(planes: Uint8Array, step = 1): Uint8Array {
  const plane = Math.floor(planes.length / 3 / step)
  const pixels = new Uint8Array(plane * 3 * step)
  for (let at = 0; at < plane; at++) {
    for (let channel = 0; channel < 3; channel++) {
      for (let byte = 0; byte < step; byte++) {
        pixels[(at * 3 + channel) * step + byte] = planes[(channel * plane + at) * step + byte]!
      }
    }
  }
  return pixels
}

/** YBR_FULL, PS3.3 C.7.6.3.1.2. */
export function ybrFullToRgb(pixels: Uint8Array): Uint8Array {
  const rgb = new Uint8ClampedArray(pixels.length)
  for (let at = 0; at + 2 < pixels.length; at += 3) putRgb(rgb, at, pixels[at]!, pixels[at + 1]!, pixels[at + 2]!)
  return new Uint8Array(rgb.buffer)
}

/** YBR_FULL_422: two luminances share a pair of colour differences. */
export function ybrFull422ToRgb(pixels: Uint8Array): Uint8Array {
  const rgb = new Uint8ClampedArray((pixels.length / 4) * 6)
  for (let from = 0, to = 0; from + 3 < pixels.length; from += 4, to += 6) {
    putRgb(rgb, to, pixels[from]!, pixels[from + 2]!, pixels[from + 3]!)
    putRgb(rgb, to + 3, pixels[from + 1]!, pixels[from + 2]!, pixels[from + 3]!)
  }
  return new Uint8Array(rgb.buffer)
}

function putRgb(rgb: Uint8ClampedArray, at: number, y: number, blue: number, red: number): void {
  rgb[at] = y + 1.402 * (red - 128)
  rgb[at + 1] = y - 0.344136 * (blue - 128) - 0.714136 * (red - 128)
  rgb[at + 2] = y + 1.772 * (blue - 128)
}

/** One channel of a palette: its first mapped value and its entries as bytes, PS3.3 C.7.6.3.1.5 and 6. */
export type PaletteChannel = { readonly first: number; readonly entries: Uint8Array }

export function paletteToRgb(
  indices: Uint8Array | Uint16Array,
  channels: readonly [PaletteChannel, PaletteChannel, PaletteChannel],
): Uint8Array {
  const rgb = new Uint8Array(indices.length * 3)
  for (const [channel, { first, entries }] of channels.entries()) {
    const last = entries.length - 1
    for (let at = 0; at < indices.length; at++) {
      rgb[at * 3 + channel] = entries[Math.min(last, Math.max(0, indices[at]! - first))]!
    }
  }
  return rgb
}

/** `descriptor`: number of entries (0 means 65536), first value, bits of an entry. */
export function paletteChannel(
  descriptor: readonly number[],
  data: Buffer,
  littleEndian: boolean,
): PaletteChannel | undefined {
  const [count, first = 0, bits = 16] = descriptor
  if (count === undefined) return undefined
  const length = count === 0 ? 65536 : count
  const isWide = bits > 8 || data.length >= length * 2
  if (data.length < (isWide ? length * 2 : length)) return undefined
  const shift = bits > 8 ? 8 : 0
  const entries = Uint8Array.from({ length }, (_, at) =>
    isWide ? (littleEndian ? data.readUInt16LE(at * 2) : data.readUInt16BE(at * 2)) >> shift : data[at]!,
  )
  return { first, entries }
}
