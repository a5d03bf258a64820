import { Alert, Button, Tag } from 'antd'
import type { LookupAnswer, LookupKind, PriorExam } from '../../../shared/models/lookup.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useText } from '../../text/use-text.tsx'
import { useWhy } from '../../text/use-why.ts'
import { placeOf, timeOf, whatOf } from './prior-exams.ts'

type Props = {
  readonly kind: LookupKind
  readonly answers: readonly LookupAnswer[]
  readonly opened: PriorExam | undefined
  readonly onOpen: (exam: PriorExam, kind: LookupKind) => void
}

/** Destination by destination: what it found, or in words why it did not answer. */
export function PriorList({ kind, answers, opened, onOpen }: Props) {
  const { common, lookup } = useText()
  const whyOf = useWhy()
  const wordsOf = ({ code, message, action, english, englishAction }: LookupAnswer) => {
    const why = whyOf({ reason: message, reasonInEnglish: english, action, actionInEnglish: englishAction })
    return { message: why.reason ?? '', action: why.action ?? '', code: code ?? '' }
  }
  return (
    <div className="prior-list" data-prior-list={kind}>
      {answers.map((answer) => (
        <section key={answer.destinationId} aria-label={answer.destinationName}>
          <h4>{answer.destinationName}</h4>
          {answer.ok ? null : (
            <Alert
              type="warning"
              showIcon
              title={`${lookup.notAsked(answer.destinationName)}${common.colon}${wordsOf(answer).message}`}
              description={<FailureNotice words={wordsOf(answer)} />}
            />
          )}
          {answer.ok && answer.exams.length === 0 ? <p className="faint">{lookup.nothing[kind]}</p> : null}
          <ul>
            {answer.exams.map((exam) => (
              <li
                key={exam.cloudExamId}
                data-prior-exam={exam.cloudExamId}
                className={opened?.cloudExamId === exam.cloudExamId ? 'prior-row prior-open' : 'prior-row'}
              >
                <div>
                  <strong>{placeOf(exam) || lookup.unknownHospital}</strong>{' '}
                  {exam.isOurs ? <Tag>{lookup.ours}</Tag> : null}
                  <span className="mono faint">{timeOf(exam)}</span>
                  <div>{whatOf(exam)}</div>
                  {exam.impression ? <div className="prior-impression">{exam.impression}</div> : null}
                </div>
                <Button
                  size="small"
                  aria-label={lookup.openOf(placeOf(exam) || lookup.unknownHospital, timeOf(exam))}
                  onClick={() => onOpen(exam, kind)}
                >
                  {lookup.open}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
