import type { FrameHead } from '../../../shared/api/views.ts'
import { windowed } from '../../../shared/dicom/voi-window.ts'
import type { ImageWindow, Range, Rescale } from './image-window.ts'

/** From a value after rescale to a grey: 0 black, 255 white, not rounded. */
export type VoiCurve = (value: number) => number

/**
 * How the file wants to be seen until a person chooses a window, where a window's straight line is not enough: its VOI LUT (PS3.3
 * C.11.2.1.1) or SIGMOID (C.11.2.1.3.1).
 */
export function ownCurve(head: FrameHead, window: ImageWindow): VoiCurve | undefined {
  if (!head.voiLut) return head.voiFunction === 'SIGMOID' ? windowed(window, 'SIGMOID') : undefined
  const { first, bits, entries } = head.voiLut
  const white = 2 ** bits - 1
  const last = entries.length - 1
  return (value) => ((entries[Math.min(last, Math.max(0, Math.round(value) - first))] ?? 0) / white) * 255
}

/** The grey of each stored value from the smallest to the largest of an image, as a canvas keeps it: alpha, blue, green, red. */
export function greyTable(
  { minimum, maximum }: Range,
  { slope, intercept }: Rescale,
  curve: VoiCurve,
  isInverse: boolean,
): Uint32Array {
  const table = new Uint32Array(maximum - minimum + 1)
  for (let at = 0; at < table.length; at++) {
    const level = curve((minimum + at) * slope + intercept)
    const grey = Math.round(isInverse ? 255 - level : level)
    table[at] = (0xff000000 | (grey << 16) | (grey << 8) | grey) >>> 0
  }
  return table
}
