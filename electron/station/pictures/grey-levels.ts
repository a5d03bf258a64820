import { type VoiFunction, type VoiWindow, wholeWindow, windowed } from '../../../shared/dicom/voi-window.ts'
import { lookUp } from './lookup-table.ts'
import type { FrameImage } from './read-pixels.ts'

export type Window = VoiWindow & { readonly function?: VoiFunction }

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
  const isTable = voiLut && !asked
  const voi = isTable
    ? (value: number) => (lookUp(voiLut, value) / (2 ** voiLut.bits - 1)) * 255
    : windowed(
        window ?? wholeWindow(...rangeAfter(modality, image)),
        asked ? (asked.function ?? 'LINEAR') : own ? image.voiFunction : 'LINEAR',
      )
  const isTurned = (image.photometricInterpretation === 'MONOCHROME1') !== image.isInverse
  return isTurned ? (stored) => 255 - voi(modality(stored)) : (stored) => voi(modality(stored))
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
