import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { lookupRoutes } from '../../../shared/api/lookup-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import type { LookupAnswer, LookupKind } from '../../../shared/models/lookup.ts'
import type { Identity } from '../../../shared/models/patient.ts'
import { callStation } from '../../api/call-station.ts'
import { queryKeyOf } from '../../api/query-key.ts'
import type { StationError } from '../../api/station-error.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationQuery } from '../../api/use-station-query.ts'

/** An answer is good for so long: each question is a disclosure of who is examined here. */
const freshMilliseconds = 15 * 60_000

function useAnswers(examId: string, kind: LookupKind, about: string, enabled: boolean) {
  return useQuery<LookupAnswer[], StationError>({
    queryKey: queryKeyOf(lookupRoutes.priorExams, { examId }, { kind, about }),
    queryFn: ({ signal }) => callStation(lookupRoutes.priorExams, { body: { examId, kind }, signal }),
    enabled,
    staleTime: freshMilliseconds,
    gcTime: freshMilliseconds,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

type About = {
  readonly examId: string
  readonly patientName: string
  readonly itemCode: string
  readonly identity: Pick<Identity, 'kind' | 'number'> | undefined
  /** Ask at once: at registration, and while a report is written. */
  readonly atOnce: boolean
}

export type PriorLookup = ReturnType<typeof usePriorLookup>

/** What other institutions know of a patient. Asked again only when the person or the item is another one, or somebody wants it. */
export function usePriorLookup({ examId, patientName, itemCode, identity, atOnce }: About) {
  const user = useUser()
  const destinations = useStationQuery(routes.destinationList).data ?? []
  const [asked, setAsked] = useState(false)
  const mayAsk = mayCall(user, lookupRoutes.priorExams)
  const hasDestination = destinations.some((one) => one.kind === 'jilin' && one.enabled)
  const hasIdentity = identity?.kind === 'resident' && identity.number !== ''
  const enabled = mayAsk && hasDestination && hasIdentity && (atOnce || asked)
  const person = `${patientName} ${identity?.number ?? ''}`
  const history = useAnswers(examId, 'history', person, enabled)
  const duplicate = useAnswers(examId, 'duplicate', `${person} ${itemCode}`, enabled)
  return {
    examId,
    mayAsk,
    hasDestination,
    hasIdentity,
    enabled,
    history,
    duplicate,
    ask() {
      if (enabled) void Promise.all([history.refetch(), duplicate.refetch()])
      else setAsked(true)
    },
  }
}
