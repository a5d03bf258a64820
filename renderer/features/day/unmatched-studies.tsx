import { Link } from 'react-router'
import type { DayPage } from '../../../shared/models/board.ts'
import { Moment } from '../../clinic/moment.tsx'
import { useText } from '../../text/use-text.tsx'
import { DayList } from './day-list.tsx'

export function UnmatchedStudies({ list }: { readonly list: DayPage['unmatched'] }) {
  const { day: text } = useText()
  return (
    <DayList
      name="unmatched"
      total={list.total}
      rows={list.rows}
      keyOf={(row) => row.studyInstanceUid}
      show={(row) => (
        <>
          <strong>{row.patientName || text.nameUnknown}</strong>
          <span>{row.modality}</span>
          <span className="mono">{text.images(row.imageCount)}</span>
          <Moment at={row.receivedAt} />
          <span className="day-why" />
          <Link to="/tray" aria-label={`${text.goTo.unmatched} ${row.patientName}`}>
            {text.goTo.unmatched}
          </Link>
        </>
      )}
    />
  )
}
