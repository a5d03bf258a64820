import { Button, Input, Spin } from 'antd'
import { useDeferredValue, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { ExamStateTag } from '../../clinic/exam-state-tag.tsx'
import { Moment } from '../../clinic/moment.tsx'
import { SexAndAge } from '../../clinic/person-facts.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'
import type { useAttach } from './use-attach.tsx'

const shownAtMost = 8

/** For what no rule could guess: a person looks the exam up. */
export function OtherExamSearch({ attaching }: { readonly attaching: ReturnType<typeof useAttach> }) {
  const { board, tray } = useText()
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const exams = useStationQuery(routes.examList, {
    query: { text: search, page: 1 },
    enabled: search !== '',
    keepPrevious: true,
  })
  const rows = search === '' ? [] : (exams.data?.rows ?? []).filter((row) => row.state !== 'cancelled')
  return (
    <div className="other-exam">
      <Input.Search
        allowClear
        aria-label={tray.otherExam}
        placeholder={tray.searchPlaceholder}
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
            <Moment at={row.exam.registeredAt} />
            <ExamStateTag state={row.state} />
            <Button
              size="small"
              aria-label={tray.attachTo(row.patient.name, row.exam.accessionNumber)}
              loading={attaching.busyExamId === row.exam.id}
              onClick={() => attaching.attach({ examId: row.exam.id, mustConfirm: false, contradictions: [] })}
            >
              {tray.attach}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
