import type { VoiFunction } from '../archive/image-description.ts'
import { lookUp } from './lookup-table.ts'
import type { FrameImage } from './read-pixels.ts'

export type Window = { readonly center: number; readonly width: number; readonly function?: VoiFunction }

/**
 * From a stored value to what the screen shows, 0 black to 255 white (not yet rounded): modality LUT or rescale, then the window
 * asked for, else the file's own window or VOI LUT, else from the smallest to the largest value; MONOCHROME1 and an inverse
 * presentation are turned round. PS3.3 C.7.6.3.1.2, C.11.1, C.11.2.
 */
export function greyLevels(image: FrameImage, asked?: Window): (stored: number) => number {
  const { slope, intercept, modalityLut, voiLut } = image
  const modality = modalityLut
    ? (stored: number) => lookUp(modalityLut, stored)
    : (stored: number) => stored * slope + intercept
  const own =
    image.windowCenter !== undefined && image.windowWidth !== undefined && image.windowWidth > 0
      ? { center: image.windowCenter, width: image.windowWidth }
      : undefined
  const window = asked ?? own
  const voi = window
    ? windowed(window, asked?.function ?? (asked ? 'LINEAR' : image.voiFunction))
    : voiLut
      ? (value: number) => (lookUp(voiLut, value) / (2 ** voiLut.bits - 1)) * 255
      : between(...rangeAfter(modality, image))
  const isTurned = (image.photometricInterpretation === 'MONOCHROME1') !== image.isInverse
  return isTurned ? (stored) => 255 - voi(modality(stored)) : (stored) => voi(modality(stored))
}

/** PS3.3 C.11.2.1.2 and C.11.2.1.3. A LINEAR window of width 1 is a threshold. */
export function windowed({ center, width }: Window, how: VoiFunction): (value: number) => number {
  switch (how) {
    case 'SIGMOID':
      return (value) => 255 / (1 + Math.exp((-4 * (value - center)) / width))
    case 'LINEAR_EXACT':
      return (value) => clamped(((value - center) / width + 0.5) * 255)
    case 'LINEAR': {
      const middle = center - 0.5
      const span = width - 1
      if (span <= 0) return (value) => (value <= middle ? 0 : 255)
      return (value) => clamped(((value - middle) / span + 0.5) * 255)
    }
  }
}

/** A table may lie between its ends anyhow, a slope does not. */
function rangeAfter(
  modality: (stored: number) => number,
  { minimum, maximum, modalityLut }: FrameImage,
): readonly [number, number] {
  if (!modalityLut) return [modality(minimum), modality(maximum)]
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  const { first, entries } = modalityLut
  for (let stored = Math.max(minimum, first); stored <= Math.min(maximum, first + entries.length - 1); stored++) {
    least = Math.min(least, modality(stored))
    most = Math.max(most, modality(stored))
  }
  return least <= most ? [least, most] : [modality(minimum), modality(maximum)]
}

function between(one: number, other: number): (value: number) => number {
  const least = Math.min(one, other)
  const span = Math.abs(other - one)
  return span === 0 ? () => 0 : (value) => clamped(((value - least) / span) * 255)
}

function clamped(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value
}
