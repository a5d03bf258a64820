import type { Query, QueryClient } from '@tanstack/react-query'
import type { AnyRoute } from '../../shared/api/route.ts'
import type { StationQueryKey } from './query-key.ts'

/** Questions that are on their way and will be asked once more. */
const askedAgain = new WeakMap<Query, Promise<void>>()

/**
 * Answers that a change made stale: what is on the page is asked again, the rest when it is shown next. Resolves when that was answered.
 * A question on its way is left to come home and asked once more: its answer may be older than the change, and if every event broke it
 * off, it would never be answered while images stream in.
 */
export async function markStale(client: QueryClient, isStale: (key: StationQueryKey) => boolean): Promise<void> {
  const queries = client.getQueryCache().findAll({ predicate: ({ queryKey }) => isStale(queryKey as StationQueryKey) })
  await Promise.all(queries.map((query) => (query.state.fetchStatus === 'idle' ? ask(query) : askOnceMore(query))))

  function ask({ queryKey }: Query): Promise<void> {
    return client.invalidateQueries({ queryKey, exact: true })
  }

  function askOnceMore(query: Query): Promise<void> {
    const waiting = askedAgain.get(query)
    if (waiting) return waiting
    const isHome = Promise.resolve(query.promise).catch(() => undefined)
    const again = isHome.then(() => {
      askedAgain.delete(query)
      return ask(query)
    })
    askedAgain.set(query, again)
    return again
  }
}

/** All answers of these routes. */
export function markRoutesStale(client: QueryClient, routes: readonly AnyRoute[]): Promise<void> {
  const paths = new Set(routes.map((route) => route.path))
  return markStale(client, ([path]) => paths.has(path))
}
