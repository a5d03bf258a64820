import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { markStale } from './mark-stale.ts'
import { type StaleKey, staleKeysOf } from './stale-routes.ts'
import { watchEvents } from './watch-events.ts'

/** Many events come at once while images arrive: the pages ask again at most so often. */
const gatherMilliseconds = 250

/** Keeps what the pages show fresh while someone is logged in. Answers whether the connection stands. */
export function useStationEvents(): boolean {
  const queryClient = useQueryClient()
  const [connected, setConnected] = useState(true)
  useEffect(() => {
    let gathered = new Map<string, StaleKey>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer = undefined
      const stale = [...gathered.values()]
      gathered = new Map()
      void markStale(queryClient, ([path, params]) =>
        stale.some((key) => key.path === path && (key.id === undefined || params?.id === key.id)),
      )
    }
    const stop = watchEvents({
      onEvent: (event) => {
        for (const key of staleKeysOf(event)) gathered.set(`${key.path} ${key.id ?? ''}`, key)
        timer ??= setTimeout(refresh, gatherMilliseconds)
      },
      onOpen: () => {
        setConnected(true)
        // Questions to the clouds are asked when a person asks them, not because a connection came back.
        void markStale(queryClient, ([path]) => !path.startsWith('/api/lookups/'))
      },
      onLost: () => setConnected(false),
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [queryClient])
  return connected
}
