import { useState } from 'react'
import { lookupRoutes } from '../../../shared/api/lookup-routes.ts'
import type { LookupKind, PriorExam } from '../../../shared/models/lookup.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'

/** The prior exam that is being looked at. Looking is recorded at the platform, each time one is opened. */
export function useOpenedPrior(examId: string) {
  const [opened, setOpened] = useState<PriorExam>()
  const record = useStationMutation(lookupRoutes.callRecord)
  return {
    opened,
    open(exam: PriorExam, kind: LookupKind) {
      setOpened(exam)
      const { destinationId, cloudExamId, isOurs } = exam
      if (!isOurs && opened?.cloudExamId !== cloudExamId)
        record.mutate({ body: { examId, destinationId, cloudExamId, kind: 'view', searchType: kind } })
    },
    close: () => setOpened(undefined),
  }
}
