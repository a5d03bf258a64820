import { LoadingOutlined } from '@ant-design/icons'
import { memo } from 'react'
import { Link } from 'react-router'
import { routes } from '../../../shared/api/routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { useText } from '../../text/use-text.tsx'

/** Who is being sent at this moment. Its place is kept when nobody is: the list below does not jump. */
export const ReceivingLine = memo(function ReceivingLine() {
  const { board } = useText()
  const receiving = useStationQuery(routes.receivingNow)
  const now = receiving.data ?? []
  return (
    <div className="receiving-line" role="status" data-receiving={now.length}>
      {now.length > 0 ? (
        <>
          <LoadingOutlined aria-hidden />
          <span className="receiving-word">{board.receiving}</span>
        </>
      ) : null}
      {now.slice(0, 4).map((one) => {
        const words = board.receivingOne(
          one.patientName || board.receivingNobody,
          one.device || one.callingAeTitle,
          one.received,
        )
        const key = `${one.callingAeTitle} ${one.since}`
        if (one.received === 0)
          return <span key={key}>{board.receivingConnected(one.device || one.callingAeTitle)}</span>
        return one.examId ? (
          <Link key={key} to={`/exams/${one.examId}`}>
            {words}
          </Link>
        ) : (
          <span key={key}>{words}</span>
        )
      })}
    </div>
  )
})
