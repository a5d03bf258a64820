import { useMemo } from 'react'
import { routes } from '../../shared/api/routes.ts'
import { type DeskLimit, limitsForDesk } from '../../shared/clouds/desk-limits.ts'
import { useStationQuery } from '../api/use-station-query.ts'

/** How much of a field the enabled clouds take; undefined where none of them has a limit. */
export function useDeskLimit(source: string): DeskLimit | undefined {
  const destinations = useStationQuery(routes.destinationList).data
  const limits = useMemo(
    () =>
      limitsForDesk(
        (destinations ?? [])
          .filter((one) => one.enabled)
          .map(({ kind, settings }) => ({
            kind,
            narrativeLimit: settings.narrativeLimit === 'block' ? 'block' : 'warn',
          })),
      ),
    [destinations],
  )
  return limits.find((limit) => limit.source === source)
}
