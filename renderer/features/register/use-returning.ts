import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { ReturningPatient } from '../../../shared/models/registration.ts'
import { callStation } from '../../api/call-station.ts'
import { returningQueryOf } from './patient-values.ts'
import type { RegistrationValues } from './registration-values.ts'

const settleMilliseconds = 200

/** Who was here before, by what is typed; asked once the typing rests for a moment. */
export function useReturning(patient: RegistrationValues['patient'], enabled: boolean): readonly ReturningPatient[] {
  const asked = JSON.stringify((enabled && returningQueryOf(patient)) || null)
  const [settled, setSettled] = useState(asked)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(asked), settleMilliseconds)
    return () => clearTimeout(timer)
  }, [asked])
  const found = useQuery({
    queryKey: [routes.returningPatients.path, settled],
    queryFn: ({ signal }) => callStation(routes.returningPatients, { body: JSON.parse(settled), signal }),
    enabled: enabled && settled !== 'null',
    // An identity number is not kept longer than it is needed.
    gcTime: 0,
    retry: false,
  })
  return enabled && settled === asked && settled !== 'null' ? (found.data ?? []) : []
}
