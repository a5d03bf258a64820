import type { FrameHead } from '../../../shared/api/views.ts'

/** WindowWidth and WindowCenter, PS3.3 C.11.2: in the values after RescaleSlope and RescaleIntercept. */
export type ImageWindow = { readonly width: number; readonly center: number }

export type Rescale = { readonly slope: number; readonly intercept: number }
export type Range = { readonly minimum: number; readonly maximum: number }

/** All values that the image has, from black to white. */
export function fullWindow({ minimum, maximum }: Range, { slope, intercept }: Rescale): ImageWindow {
  const first = minimum * slope + intercept
  const last = maximum * slope + intercept
  return { width: Math.max(1, Math.abs(last - first)), center: (first + last) / 2 }
}

/** The file's own window; a width below 1 is none (PS3.3 C.11.2.1.2.1). */
export function fileWindow(head: FrameHead, range: Range): ImageWindow {
  return head.windowWidth >= 1 && Number.isFinite(head.windowCenter)
    ? { width: head.windowWidth, center: head.windowCenter }
    : fullWindow(range, head)
}

/**
 * A drag with the left button: to the right is wider, down is a higher centre (darker). How far a pixel goes depends on how many
 * values the image has, so that 8 bits and 16 bits feel alike.
 */
export function dragWindow(from: ImageWindow, dx: number, dy: number, dynamicRange: number): ImageWindow {
  const step = Math.max(0.5, dynamicRange / 1024)
  return { width: Math.max(1, from.width + dx * step), center: from.center + dy * step }
}
