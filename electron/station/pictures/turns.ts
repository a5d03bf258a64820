export type Turns = ReturnType<typeof createTurns>

/** At most so many at once; who comes later waits, first come first served. */
export function createTurns(most: number) {
  let running = 0
  const waiting: (() => void)[] = []

  return {
    async take<T>(work: () => Promise<T>): Promise<T> {
      if (running >= most) await new Promise<void>((go) => waiting.push(go))
      else running++
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        // The turn is handed on: nobody who comes now slips in between.
        if (next) next()
        else running--
      }
    },
  }
}
