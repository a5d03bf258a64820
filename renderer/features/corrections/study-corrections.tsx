import { Alert, Button } from 'antd'
import { useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { StudyCorrection } from '../../../shared/models/study-move.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { useText } from '../../text/use-text.tsx'
import { CorrectionLetter } from './correction-letter.tsx'

type Props = { readonly examId: string; readonly corrections: readonly StudyCorrection[] }

/** Images of this exam that went out wrongly, where the receiving side cannot delete them: somebody must tell it. */
export function StudyCorrections({ examId, corrections }: Props) {
  const open = corrections.filter((one) => one.examId === examId && one.retractionId === null && one.doneAt === null)
  return open.map((correction) => <OneCorrection key={correction.id} correction={correction} />)
}

function OneCorrection({ correction }: { readonly correction: StudyCorrection }) {
  const { common, corrections } = useText()
  const user = useUser()
  const [writing, setWriting] = useState(false)
  const destinations = useStationQuery(routes.destinationList).data ?? []
  const done = useStationMutation(routes.correctionDone, { stale: [routes.examRead, routes.health] })
  const { id, examId, destinationId, reason } = correction
  const destination = destinations.find((one) => one.id === destinationId)
  const destinationName = destination?.name ?? ''
  return (
    <Alert
      banner
      type="warning"
      data-correction={destinationId}
      title={corrections.mustTell(destinationName)}
      description={
        <>
          <div>
            {common.reason}
            {common.colon}
            {reason}
          </div>
          {mayCall(user, routes.correctionDone) ? (
            <div className="row-actions actions-below">
              {destination?.kind === 'jilin' ? (
                <Button size="small" onClick={() => setWriting(true)}>
                  {corrections.letter}
                </Button>
              ) : null}
              <Button
                size="small"
                loading={done.isPending}
                onClick={() => done.mutate({ params: { id: examId, correctionId: id } })}
              >
                {corrections.told}
              </Button>
            </div>
          ) : null}
          {writing ? (
            <CorrectionLetter
              examId={examId}
              choice={{ kind: 'letter', destinationId, destinationName }}
              onClose={() => setWriting(false)}
            />
          ) : null}
        </>
      }
    />
  )
}
