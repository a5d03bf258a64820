import { useMemo } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { useText } from '../../text/use-text.tsx'

/** What stands at the lamps of the destinations, in no order: the board needs the room that they take. */
export function useLampNames(): readonly string[] {
  const { board } = useText()
  const destinations = useStationQuery(routes.destinationList).data
  return useMemo(
    () =>
      (destinations ?? [{ kind: 'aimis', name: '' } as const, { kind: 'jilin', name: '' } as const]).map(
        ({ kind, name }) => board.lampOfCloud[kind] ?? name,
      ),
    [destinations, board],
  )
}
