import { Link } from 'react-router'
import type { DayPage } from '../../../shared/models/board.ts'
import { Moment } from '../../clinic/moment.tsx'
import { useLanguage, useText } from '../../text/use-text.tsx'
import { DayList } from './day-list.tsx'
import type { OpenListName } from './day-lists.ts'

type ExamListName = Exclude<OpenListName, 'unmatched'>
type Props = { readonly name: ExamListName; readonly list: NonNullable<DayPage[ExamListName]> }

/** Which side of the exam page the work is on. */
const tabs: Readonly<Record<ExamListName, string>> = {
  untold: 'report',
  unexamined: 'registration',
  unwritten: 'report',
  unaudited: 'report',
  undelivered: 'deliveries',
  unreconciled: 'deliveries',
}

export function OpenExams({ name, list }: Props) {
  const { day: text } = useText()
  const { language } = useLanguage()
  return (
    <DayList
      name={name}
      total={list.total}
      rows={list.rows}
      keyOf={(row) => row.examId}
      show={(row) => (
        <>
          <strong>{row.patientName}</strong>
          <span className="mono">{row.accessionNumber}</span>
          <span>{row.itemName}</span>
          <Moment at={row.registeredAt} />
          <span className="day-why">{language === 'en' ? row.whyInEnglish : row.why}</span>
          <Link to={`/exams/${row.examId}?tab=${tabs[name]}`} aria-label={`${text.goTo.other} ${row.patientName}`}>
            {text.goTo.other}
          </Link>
        </>
      )}
    />
  )
}
