const minute = 60_000

export type Deadline =
  | { readonly kind: 'ahead'; readonly minutes: number }
  /** The last ten minutes: 'mm:ss'. */
  | { readonly kind: 'near'; readonly clock: string }
  | { readonly kind: 'over'; readonly minutes: number }

/** How the provincial hour stands. `left`: milliseconds to the deadline, negative when it is over. */
export function deadlineOf(left: number): Deadline {
  if (left <= 0) return { kind: 'over', minutes: Math.floor(Math.abs(left) / minute) }
  if (left >= 10 * minute) return { kind: 'ahead', minutes: Math.floor(left / minute) }
  const seconds = Math.ceil(left / 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  return { kind: 'near', clock: `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}` }
}

/** '25 分', '3 小时', '2 天' in the unit that a person would say. */
export function overUnit(minutes: number): { readonly value: number; readonly unit: 'minute' | 'hour' | 'day' } {
  if (minutes < 120) return { value: minutes, unit: 'minute' }
  if (minutes < 48 * 60) return { value: Math.floor(minutes / 60), unit: 'hour' }
  return { value: Math.floor(minutes / 1440), unit: 'day' }
}
