import { routes } from '../../shared/api/routes.ts'
import { fetchStation } from './call-station.ts'
import { createEventReader, type StationEvent } from './event-lines.ts'

/** Waits between attempts to reconnect, in milliseconds; the last one stays. */
const reconnectDelays = [500, 1000, 2000, 5000, 10_000] as const

export type EventWatcher = {
  readonly onEvent: (event: StationEvent) => void
  /** Connected, again or for the first time: whatever happened meanwhile was missed. */
  readonly onOpen: () => void
  readonly onLost: () => void
}

async function readStream(watcher: EventWatcher, signal: AbortSignal): Promise<void> {
  const response = await fetchStation(routes.events, { signal })
  if (!response.body) return
  watcher.onOpen()
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  const take = createEventReader(watcher.onEvent)
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    take(value)
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Follows the station's events until the returned function is called. EventSource cannot send the token, so it is a fetch that stays open. */
export function watchEvents(watcher: EventWatcher): () => void {
  const controller = new AbortController()
  const { signal } = controller
  const follow = async () => {
    let failures = 0
    while (!signal.aborted) {
      try {
        await readStream(
          {
            ...watcher,
            onOpen: () => {
              failures = 0
              watcher.onOpen()
            },
          },
          signal,
        )
      } catch {
        // Whatever broke the stream, the answer is the same: try again.
      }
      if (signal.aborted) return
      watcher.onLost()
      await pause(reconnectDelays[Math.min(failures, reconnectDelays.length - 1)] ?? 10_000, signal)
      failures += 1
    }
  }
  void follow()
  return () => controller.abort()
}
