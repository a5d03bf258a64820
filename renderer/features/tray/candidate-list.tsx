import { CheckOutlined, CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { TrayStudy } from '../../../shared/api/views.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'
import { contradictionsOf, mustConfirm, reasonIn } from './contradictions.ts'
import type { useAttach } from './use-attach.tsx'

type Props = {
  readonly candidates: TrayStudy['candidates']
  readonly attaching: ReturnType<typeof useAttach>
  readonly mayAttach: boolean
}

/** The exams that it may belong to, and why: every reason in words, agreeing or not. */
export function CandidateList({ candidates, attaching, mayAttach }: Props) {
  const { tray } = useText()
  const { language } = useLanguage()
  if (candidates.length === 0) return <p className="faint">{tray.noCandidates}</p>
  return (
    <ul className="candidates">
      {candidates.map((candidate) => (
        <li key={candidate.examId} data-candidate={candidate.examId}>
          <div className="candidate-head">
            <strong>{candidate.patientName}</strong>
            <span className="mono">{candidate.accessionNumber}</span>
            <span>{candidate.itemName}</span>
            <span className="faint mono">{tray.score(candidate.score)}</span>
            {mayAttach ? (
              <Button
                size="small"
                type="primary"
                aria-label={tray.attachTo(candidate.patientName, candidate.accessionNumber)}
                loading={attaching.busyExamId === candidate.examId}
                onClick={() =>
                  attaching.attach({
                    examId: candidate.examId,
                    mustConfirm: mustConfirm(candidate),
                    contradictions: contradictionsOf(candidate, language),
                  })
                }
              >
                {tray.attach}
              </Button>
            ) : null}
          </div>
          <ul className="reasons">
            {candidate.reasons.map((reason) => (
              <li key={reason.key} className={reason.agrees ? 'reason-agrees' : 'reason-contradicts'}>
                {reason.agrees ? <CheckOutlined title={tray.agrees} /> : <CloseOutlined title={tray.contradicts} />}{' '}
                {reasonIn(language, reason)}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
