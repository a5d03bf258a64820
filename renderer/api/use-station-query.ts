import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { AnswerOf, AnyRoute, QueryInputOf } from '../../shared/api/route.ts'
import { callStation } from './call-station.ts'
import { queryKeyOf } from './query-key.ts'
import type { StationError } from './station-error.ts'

type Options<R extends AnyRoute> = {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: QueryInputOf<R>
  readonly enabled?: boolean
  readonly refetchInterval?: number
  /** Show the last answer while the next one comes: for lists whose filter changes. */
  readonly keepPrevious?: boolean
}

export function useStationQuery<R extends AnyRoute>(
  route: R,
  options: Options<R> = {},
): UseQueryResult<AnswerOf<R>, StationError> {
  const { params, query, enabled = true, refetchInterval, keepPrevious } = options
  return useQuery<AnswerOf<R>, StationError>({
    queryKey: queryKeyOf(route, params, query as Record<string, unknown> | undefined),
    queryFn: ({ signal }) =>
      callStation(route, { params: params ?? {}, query, signal } as Parameters<typeof callStation<R>>[1]),
    enabled,
    refetchInterval: refetchInterval ?? false,
    ...(keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
  })
}
