import { createFrameCache } from './frame-cache.ts'

/** Another picture was asked for meanwhile. */
export class Superseded extends Error {
  override readonly name = 'Superseded'
}

type Waiting<T> = { readonly resolve: (frame: T) => void; readonly reject: (error: unknown) => void }
type Running = { readonly controller: AbortController }

type Setup<T> = {
  readonly load: (id: string, signal: AbortSignal) => Promise<T>
  readonly sizeOf: (frame: T) => number
  readonly mostBytes: number
  readonly parallel: number
}

export type FrameSource<T> = ReturnType<typeof createFrameSource<T>>

/**
 * Frames by their ids, a few at a time. Whoever shows pictures is an owner: it has one picture that it waits for, which goes before
 * everything, and a list that it will need soon. A new list takes the place of the old one. A load that nobody wants any more is broken
 * off only where one that somebody waits for has no place: a film that runs ahead of its loads would never get any otherwise.
 */
export function createFrameSource<T>({ load, sizeOf, mostBytes, parallel }: Setup<T>) {
  const cache = createFrameCache<T>(mostBytes, sizeOf)
  const running = new Map<string, Running>()
  const urgent = new Map<object, { readonly id: string } & Waiting<T>>()
  const soon = new Map<object, readonly string[]>()
  let [loads, loadMs] = [0, 0]

  const isWanted = (id: string) =>
    [...urgent.values()].some((one) => one.id === id) || [...soon.values()].some((list) => list.includes(id))

  function next(): string | undefined {
    for (const { id } of urgent.values()) if (!running.has(id)) return id
    const lists = [...soon.values()]
    const longest = Math.max(0, ...lists.map((list) => list.length))
    for (let at = 0; at < longest; at++)
      for (const list of lists) {
        const id = list[at]
        if (id !== undefined && !running.has(id) && !cache.has(id)) return id
      }
    return undefined
  }

  function forget(id: string): void {
    for (const [owner, list] of soon)
      soon.set(
        owner,
        list.filter((one) => one !== id),
      )
  }

  function settle(id: string, done: (waiting: Waiting<T>) => void): void {
    for (const [owner, waiting] of urgent) {
      if (waiting.id !== id) continue
      urgent.delete(owner)
      done(waiting)
    }
  }

  function start(id: string): void {
    const controller = new AbortController()
    running.set(id, { controller })
    const since = performance.now()
    load(id, controller.signal)
      .then(
        (frame) => {
          loads++
          loadMs += (performance.now() - since - loadMs) / Math.min(loads, 8)
          cache.put(id, frame)
          settle(id, ({ resolve }) => resolve(frame))
        },
        (error: unknown) => {
          // Whoever asks for it since then waits for a load of its own.
          if (controller.signal.aborted) return
          forget(id)
          settle(id, ({ reject }) => reject(error))
        },
      )
      .finally(() => {
        if (running.get(id)?.controller === controller) running.delete(id)
        pump()
      })
  }

  function pump(): void {
    const waiting = [...urgent.values()].filter(({ id }) => !running.has(id)).length
    for (const [id, { controller }] of running) {
      if (waiting <= parallel - running.size) break
      if (isWanted(id)) continue
      controller.abort()
      running.delete(id)
    }
    while (running.size < parallel) {
      const id = next()
      if (id === undefined) return
      start(id)
    }
  }

  return {
    /** Rejects with Superseded when the owner asks for another one first. */
    read(owner: object, id: string): Promise<T> {
      urgent.get(owner)?.reject(new Superseded())
      urgent.delete(owner)
      const found = cache.get(id)
      if (found !== undefined) {
        pump()
        return Promise.resolve(found)
      }
      return new Promise<T>((resolve, reject) => {
        urgent.set(owner, { id, resolve, reject })
        pump()
      })
    },
    /** What is there already, without waiting. */
    peek: (id: string): T | undefined => cache.get(id),
    want(owner: object, ids: readonly string[]): void {
      soon.set(owner, ids)
      pump()
    },
    leave(owner: object): void {
      urgent.get(owner)?.reject(new Superseded())
      urgent.delete(owner)
      soon.delete(owner)
      pump()
    },
    clear: cache.clear,
    /** Milliseconds that a load took lately. */
    pace: (): number => loadMs,
    held: () => ({ bytes: cache.bytes(), frames: cache.count(), loads }),
  }
}
