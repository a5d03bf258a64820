/** VOILUTFunction (0028,1056). */
export type VoiFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID'

/** WindowCenter and WindowWidth, PS3.3 C.11.2: in the values after the Modality LUT. */
export type VoiWindow = { readonly center: number; readonly width: number }

/**
 * What a window makes of a value, 0 black to 255 white, not rounded: PS3.3 C.11.2.1.2.1, C.11.2.1.3.1 and C.11.2.1.3.2. A LINEAR window of
 * width 1 is a threshold. Below 1 LINEAR is not defined: such windows stand in files whose values are fractions, and mean their own width.
 */
export function windowed({ center, width }: VoiWindow, how: VoiFunction): (value: number) => number {
  if (how === 'SIGMOID') return (value) => 255 / (1 + Math.exp((-4 * (value - center)) / width))
  if (how === 'LINEAR_EXACT' || width < 1) return (value) => clamped(((value - center) / width + 0.5) * 255)
  const middle = center - 0.5
  const span = width - 1
  if (span === 0) return (value) => (value <= middle ? 0 : 255)
  return (value) => clamped(((value - middle) / span + 0.5) * 255)
}

/** The window that shows values from the smallest, black, to the largest, white. One value alone is black. */
export function wholeWindow(least: number, most: number, how: VoiFunction = 'LINEAR'): VoiWindow {
  const [first, last] = [Math.min(least, most), Math.max(least, most)]
  const isExact = how === 'LINEAR_EXACT' && last > first
  return isExact
    ? { center: (first + last) / 2, width: last - first }
    : { center: (first + last + 1) / 2, width: last - first + 1 }
}

function clamped(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value
}
