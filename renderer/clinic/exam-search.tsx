import { Button, Input, Spin } from 'antd'
import { useDeferredValue, useState } from 'react'
import { routes } from '../../shared/api/routes.ts'
import type { ExamRow } from '../../shared/models/exam.ts'
import { useStationQuery } from '../api/use-station-query.ts'
import { FailureAlert } from '../components/failure-alert.tsx'
import { useText } from '../text/use-text.tsx'
import { ExamFlags } from './exam-flags.tsx'
import { ExamStateTag } from './exam-state-tag.tsx'
import { Moment } from './moment.tsx'
import { SexAndAge } from './person-facts.tsx'

const shownAtMost = 8

type Props = {
  /** What the button beside an exam does, in one word, and in a sentence for who does not see the row. */
  readonly choose: string
  readonly chooseThis: (name: string, accessionNumber: string) => string
  readonly busyExamId: string | undefined
  /** The exam from which it is looked for: it is not its own answer. */
  readonly except?: string
  readonly onChoose: (row: ExamRow) => void
}

/** For what no rule could guess: a person looks the exam up. */
export function ExamSearch({ choose, chooseThis, busyExamId, except, onChoose }: Props) {
  const { board, tray } = useText()
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const exams = useStationQuery(routes.examList, {
    query: { text: search, page: 1 },
    enabled: search !== '',
    keepPrevious: true,
  })
  const found = search === '' ? [] : (exams.data?.rows ?? [])
  const rows = found.filter((row) => row.state !== 'cancelled' && row.exam.id !== except)
  return (
    <div className="other-exam">
      <Input.Search
        allowClear
        aria-label={tray.otherExam}
        placeholder={tray.searchPlaceholder}
        maxLength={64}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {exams.error ? <FailureAlert error={exams.error} /> : null}
      {search !== '' && exams.isPending ? <Spin /> : null}
      {search !== '' && exams.data && rows.length === 0 ? <p className="faint">{board.empty}</p> : null}
      <ul className="candidates">
        {rows.slice(0, shownAtMost).map((row) => (
          <li key={row.exam.id} className="candidate-head" data-other-exam={row.exam.id}>
            <strong>{row.patient.name}</strong>
            <SexAndAge patient={row.patient} at={row.exam.scheduledAt} />
            <span className="mono">{row.exam.accessionNumber}</span>
            <span>{row.exam.itemName}</span>
            <ExamFlags exam={row.exam} />
            <Moment at={row.exam.registeredAt} />
            <ExamStateTag state={row.state} />
            <Button
              size="small"
              aria-label={chooseThis(row.patient.name, row.exam.accessionNumber)}
              loading={busyExamId === row.exam.id}
              onClick={() => onChoose(row)}
            >
              {choose}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
