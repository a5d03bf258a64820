import './register.css'
import { CheckCircleFilled } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { routes } from '../../../shared/api/routes.ts'
import type { RegisteredExam } from '../../../shared/models/registration.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { ExamFlags } from '../../clinic/exam-flags.tsx'
import { readIdentityCard } from '../../clinic/read-identity-card.ts'
import { usePrint } from '../../clinic/use-print.tsx'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useScanHandler } from '../../components/scan-handlers.ts'
import { useText } from '../../text/use-text.tsx'

type Props = {
  readonly exams: readonly RegisteredExam[]
  readonly patientName: string
  /** `card`: what a reader typed: the next patient's. */
  readonly onAnother: (card?: string) => void
}

/** What the patient walks to the device with. */
export function RegisteredPanel({ exams, patientName, onAnother }: Props) {
  const { common, exam: examText, register, words } = useText()
  const navigate = useNavigate()
  const user = useUser()
  const { print, isPrinting } = usePrint()
  const [asking, setAsking] = useState<RegisteredExam>()
  const [cancelled, setCancelled] = useState<readonly string[]>([])
  const [first] = exams
  const alive = exams.filter(({ id }) => !cancelled.includes(id))
  const cancel = useStationMutation(routes.examCancel, {
    stale: [routes.examRead, routes.examList],
    onDone: ({ exam }) => {
      setCancelled([...cancelled, exam.id])
      setAsking(undefined)
    },
  })
  useScanHandler({
    take: (text) => (readIdentityCard(text) ? () => onAnother(text) : undefined),
  })
  return (
    <div className="registered" data-exam-id={first?.id}>
      <CheckCircleFilled className="registered-mark" aria-hidden />
      <h2>{register.registered}</h2>
      <p className="registered-name">
        {patientName} · {register.patientId} <span className="mono">{first?.patientId}</span>
      </p>
      <ul className="registered-exams">
        {exams.map((exam) => (
          <li key={exam.id}>
            <span className="registered-what">
              <ExamFlags exam={exam} />
              {words.modality[exam.modality]} · {exam.itemName}
            </span>
            <span className="faint">{register.accessionNumber}</span>
            <span className="mono registered-number" data-accession-number={exam.accessionNumber}>
              {exam.accessionNumber}
            </span>
            {cancelled.includes(exam.id) ? (
              <Tag>{words.examState.cancelled}</Tag>
            ) : (
              <>
                <Button size="small" onClick={() => navigate(`/exams/${exam.id}`)}>
                  {register.openExam}
                </Button>
                {mayCall(user, routes.examCancel) ? (
                  <Button
                    size="small"
                    danger
                    aria-label={register.cancelThis(exam.accessionNumber)}
                    onClick={() => setAsking(exam)}
                  >
                    {common.cancel}
                  </Button>
                ) : null}
              </>
            )}
          </li>
        ))}
      </ul>
      <div className="registered-buttons">
        <Button
          type="primary"
          disabled={alive.length === 0}
          loading={isPrinting}
          onClick={() => print({ kind: 'card', examIds: alive.map(({ id }) => id) })}
        >
          {register.printCard}
        </Button>
        <Button onClick={() => onAnother()} autoFocus>
          {register.another}
        </Button>
      </div>
      <p className="faint">{register.sameSettings}</p>
      <ReasonDialog
        open={asking !== undefined}
        title={examText.cancelTitle}
        hint={examText.cancelHint}
        confirmText={examText.cancelExam}
        danger
        loading={cancel.isPending}
        onConfirm={(reason) => asking && cancel.mutate({ params: { id: asking.id }, body: { reason } })}
        onClose={() => setAsking(undefined)}
      />
    </div>
  )
}
