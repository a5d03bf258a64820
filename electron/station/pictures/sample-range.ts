import type { ImageDescription } from '../archive/image-description.ts'

export type Samples = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array

/** Native little endian bytes as numbers, without copying where they lie aligned. */
export function samplesOf(
  pixels: Uint8Array,
  { bitsAllocated, pixelRepresentation }: Pick<ImageDescription, 'bitsAllocated' | 'pixelRepresentation'>,
): Samples {
  const isAligned = pixels.byteOffset % 4 === 0
  const own = isAligned ? pixels : new Uint8Array(pixels)
  const where = [own.buffer, own.byteOffset, own.length / (bitsAllocated / 8)] as const
  const isSigned = pixelRepresentation === 1
  if (bitsAllocated === 8) return isSigned ? new Int8Array(...where) : new Uint8Array(...where)
  if (bitsAllocated === 16) return isSigned ? new Int16Array(...where) : new Uint16Array(...where)
  return isSigned ? new Int32Array(...where) : new Uint32Array(...where)
}

export function rangeOf(samples: Samples): { readonly minimum: number; readonly maximum: number } {
  let minimum = samples[0] ?? 0
  let maximum = minimum
  // By index: a film's player waits for this loop thirty times a second.
  for (let at = 1; at < samples.length; at++) {
    const sample = samples[at]!
    if (sample < minimum) minimum = sample
    else if (sample > maximum) maximum = sample
  }
  return { minimum, maximum }
}

/**
 * Samples whose unused bits hold something else (an overlay, a sign that was not continued; PS3.5 8.1.1): only BitsStored bits up
 * to HighBit count. Undefined where nothing is to be changed.
 */
export function withoutUnusedBits(
  samples: Samples,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
  image: Pick<ImageDescription, 'bitsAllocated' | 'bitsStored' | 'highBit' | 'pixelRepresentation'>,
): Samples | undefined {
  const { bitsAllocated, bitsStored, highBit, pixelRepresentation } = image
  if (bitsStored < 1 || bitsStored >= bitsAllocated || highBit >= bitsAllocated || highBit < bitsStored - 1)
    return undefined
  const isSigned = pixelRepresentation === 1
  const { least, most } = storedRange(image)
  const below = highBit - bitsStored + 1
  if (below === 0 && minimum >= least && maximum <= most) return undefined
  const kept = samples.slice()
  const left = 31 - highBit
  const right = 32 - bitsStored
  for (let at = 0; at < kept.length; at++) {
    const high = kept[at]! << left
    kept[at] = isSigned ? high >> right : high >>> right
  }
  return kept
}

/**
 * Samples of a lossy codec, which may come out a little beyond the range of BitsStored: the end of the range, not its other end.
 * Undefined where nothing is to be changed.
 */
export function withinStoredBits(
  samples: Samples,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
  image: Pick<ImageDescription, 'bitsAllocated' | 'bitsStored' | 'pixelRepresentation'>,
): Samples | undefined {
  if (image.bitsStored < 1 || image.bitsStored >= image.bitsAllocated) return undefined
  const { least, most } = storedRange(image)
  if (minimum >= least && maximum <= most) return undefined
  const kept = samples.slice()
  for (let at = 0; at < kept.length; at++) kept[at] = Math.min(most, Math.max(least, kept[at]!))
  return kept
}

function storedRange({
  bitsStored,
  pixelRepresentation,
}: Pick<ImageDescription, 'bitsStored' | 'pixelRepresentation'>) {
  return pixelRepresentation === 1
    ? { least: -(2 ** (bitsStored - 1)), most: 2 ** (bitsStored - 1) - 1 }
    : { least: 0, most: 2 ** bitsStored - 1 }
}
