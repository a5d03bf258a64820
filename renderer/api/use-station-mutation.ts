import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { AnswerOf, AnyRoute } from '../../shared/api/route.ts'
import { type CallInput, callStation } from './call-station.ts'
import { markRoutesStale } from './mark-stale.ts'
import type { StationError } from './station-error.ts'
import { useFailureNotice } from './use-failure-notice.ts'

type Options<R extends AnyRoute> = {
  /** Routes whose answers are stale once this worked. Events say the same a moment later; the own click should not wait. */
  readonly stale?: readonly AnyRoute[]
  readonly onDone?: (answer: AnswerOf<R>) => void
  /** Absent: the failure is shown as a notice. */
  readonly onFailure?: (error: StationError) => void
}

export function useStationMutation<R extends AnyRoute>(
  route: R,
  options: Options<R> = {},
): UseMutationResult<AnswerOf<R>, StationError, CallInput<R>> {
  const queryClient = useQueryClient()
  const notice = useFailureNotice()
  return useMutation<AnswerOf<R>, StationError, CallInput<R>>({
    mutationFn: (input) => callStation(route, input),
    onSuccess: async (answer) => {
      options.onDone?.(answer)
      await markRoutesStale(queryClient, options.stale ?? [])
    },
    onError: (error) => (options.onFailure ? options.onFailure(error) : notice(error)),
  })
}
