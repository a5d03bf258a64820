/** Seconds until the next try: 5 s, 15 s, 45 s, 2 min, 5 min, 10 min, 15 min, and then every 15 min for as long as it takes. */
const delays = [5, 15, 45, 120, 300, 600, 900] as const

/** An answer nobody knows is tried three times, then shown to staff. */
export const unknownAttempts = 3

/** Milliseconds to wait after `attempts` tries that failed. `chance` in 0…1 spreads stations and tasks over ±20 %. */
export function backoff(attempts: number, chance: number): number {
  const seconds = delays[Math.min(Math.max(attempts, 1), delays.length) - 1] ?? 900
  return Math.round(seconds * 1000 * (0.8 + 0.4 * chance))
}
