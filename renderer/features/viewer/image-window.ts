import type { FrameHead } from '../../../shared/api/views.ts'
import { wholeWindow } from '../../../shared/dicom/voi-window.ts'

/** WindowWidth and WindowCenter, PS3.3 C.11.2: in the values after RescaleSlope and RescaleIntercept. */
export type ImageWindow = { readonly width: number; readonly center: number }

export type Rescale = { readonly slope: number; readonly intercept: number }
export type Range = { readonly minimum: number; readonly maximum: number }

/** All values that the image has, from black to white. */
export function fullWindow({ minimum, maximum }: Range, { slope, intercept }: Rescale, exact = false): ImageWindow {
  const [first, last] = [minimum * slope + intercept, maximum * slope + intercept]
  return wholeWindow(first, last, exact ? 'LINEAR_EXACT' : 'LINEAR')
}

/** Whether windows of this image count as LINEAR_EXACT (PS3.3 C.11.2.1.3.2): it says so, or its values are fractions. */
export function isExact({ voiFunction, windowWidth }: FrameHead): boolean {
  return voiFunction === 'LINEAR_EXACT' || (windowWidth > 0 && windowWidth < 1)
}

/** Whether the file says how it wants to be seen; otherwise the window that came with the frame was made of its values. */
export const namesWindow = ({ windows, voiLut }: FrameHead): boolean => windows !== undefined || voiLut !== undefined

/** The file's own window, or all values where it has none that means something. */
export function fileWindow(head: FrameHead, range: Range): ImageWindow {
  return head.windowWidth > 0 && Number.isFinite(head.windowCenter)
    ? { width: head.windowWidth, center: head.windowCenter }
    : fullWindow(range, head, isExact(head))
}

/** The smallest window in which all that either of them shows is shown. */
export function coveringWindow(one: ImageWindow, other: ImageWindow): ImageWindow {
  const first = Math.min(one.center - one.width / 2, other.center - other.width / 2)
  const last = Math.max(one.center + one.width / 2, other.center + other.width / 2)
  return { width: last - first, center: (first + last) / 2 }
}

/**
 * A drag with the left button: to the right is wider, down is a higher centre (darker). How far a pixel goes depends on how many
 * values the image has, so that 8 bits and 16 bits feel alike.
 */
export function dragWindow(from: ImageWindow, dx: number, dy: number, dynamicRange: number): ImageWindow {
  // Fractions: a value of 1 would be the whole image.
  const isFine = dynamicRange > 0 && dynamicRange < 4
  const [step, least] = isFine ? [dynamicRange / 256, dynamicRange / 256] : [Math.max(0.5, dynamicRange / 1024), 1]
  return { width: Math.max(least, from.width + dx * step), center: from.center + dy * step }
}
