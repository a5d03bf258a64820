/** Seconds before the next try: 1, 2, 5, 10, 30, then 60 for ever. A station that keeps dying must not keep the disk busy. */
const delaysInSeconds = [1, 2, 5, 10, 30, 60] as const

/** A station that lived this long starts again from the first delay. */
const healthyAfterMs = 60_000

export type RestartPlan = Readonly<{ failures: number; delayMs: number }>

export function planRestart(failuresBefore: number, livedMs: number): RestartPlan {
  const failures = livedMs >= healthyAfterMs ? 1 : failuresBefore + 1
  const seconds = delaysInSeconds[Math.min(failures, delaysInSeconds.length) - 1] ?? 60
  return { failures, delayMs: seconds * 1000 }
}
