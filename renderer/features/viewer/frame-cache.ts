/** Keeps what was used last within a number of bytes. One thing that is larger than all of it is kept alone. */
export function createFrameCache<T>(mostBytes: number, sizeOf: (held: T) => number) {
  const held = new Map<string, T>()
  let bytes = 0

  function remove(key: string): void {
    const leaving = held.get(key)
    if (leaving === undefined) return
    held.delete(key)
    bytes -= sizeOf(leaving)
  }

  return {
    /** Looking makes it the newest. */
    get(key: string): T | undefined {
      const found = held.get(key)
      if (found === undefined) return undefined
      held.delete(key)
      held.set(key, found)
      return found
    },
    has: (key: string): boolean => held.has(key),
    put(key: string, value: T): void {
      remove(key)
      held.set(key, value)
      bytes += sizeOf(value)
      for (const oldest of held.keys()) {
        if (bytes <= mostBytes || oldest === key) break
        remove(oldest)
      }
    },
    clear(): void {
      held.clear()
      bytes = 0
    },
    bytes: (): number => bytes,
    count: (): number => held.size,
  }
}
