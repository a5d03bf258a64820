/** How many steps of the history are remembered. */
const most = 50

const places = new Map<string, number>()

/** Where the list stood at a step of the browser's history, in pixels: Back shows the rows that were left. In memory only. */
export const keptPlaces = {
  read: (step: string): number => places.get(step) ?? 0,
  write(step: string, top: number): void {
    places.delete(step)
    places.set(step, top)
    const [oldest] = places.keys()
    if (places.size > most && oldest !== undefined) places.delete(oldest)
  },
}
