/** loop: from the last frame to the first; ping-pong: back the way it came. */
export type CineMode = 'loop' | 'ping-pong'

export const defaultCineRate = 10
export const cineRates = { least: 1, most: 60 } as const

/** Frames a second: as the file wishes, within what a screen shows. */
export function cineRateOf(wished: number | undefined): number {
  if (!wished || !Number.isFinite(wished) || wished <= 0) return defaultCineRate
  return Math.min(cineRates.most, Math.max(cineRates.least, Math.round(wished * 10) / 10))
}

/** Which frame a count of steps from the first leads to. */
export function frameOfStep(step: number, count: number, mode: CineMode): number {
  if (count <= 1) return 0
  if (mode === 'loop') return ((step % count) + count) % count
  const turn = 2 * (count - 1)
  const within = ((step % turn) + turn) % turn
  return within < count ? within : turn - within
}

/** Where the clock stands: steps since the beginning of the film, so that a late frame is left out and none comes late. */
export function stepAt(startStep: number, elapsedMs: number, rate: number): number {
  return startStep + Math.floor((elapsedMs * rate) / 1000)
}

/** Frames come slower than they are shown: then only every so-manieth is loaded, evenly. */
export function strideFor(rate: number, loadMs: number, parallel: number): number {
  return Math.max(1, Math.ceil((rate * loadMs) / 1000 / Math.max(1, parallel) - 0.25))
}

/** The frames that come next, in their order, each once. */
export function framesAhead(step: number, count: number, mode: CineMode, stride: number, most: number): number[] {
  const found = new Set<number>()
  const begin = step - (((step % stride) + stride) % stride)
  for (let ahead = 1; found.size < Math.min(most, count) && ahead <= 2 * count; ahead++)
    found.add(frameOfStep(begin + ahead * stride, count, mode))
  return [...found]
}
