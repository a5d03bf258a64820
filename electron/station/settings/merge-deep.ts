const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A new value in which objects are merged member by member and everything else is replaced. undefined changes nothing, null removes. */
export function mergeDeep(base: unknown, change: unknown): unknown {
  if (change === undefined) return base
  if (!isPlainObject(base) || !isPlainObject(change)) return change
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(change)) {
    if (key === '__proto__' || key === 'constructor' || value === undefined) continue
    if (value === null) delete merged[key]
    else merged[key] = mergeDeep(base[key], value)
  }
  return merged
}
