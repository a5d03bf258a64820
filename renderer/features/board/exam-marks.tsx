import { FlagFilled } from '@ant-design/icons'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { useText } from '../../text/use-text.tsx'

/** What everybody must see at once, each with letters of its own. Where there are several, the flag leaves its room to the name. */
export function ExamMarks({ row }: { readonly row: ExamRow }) {
  const { board } = useText()
  const isInfectious = row.exam.infectious || row.report?.infectious
  const isAlone = row.exam.category !== 'emergency' && !isInfectious
  return (
    <>
      {row.exam.category === 'emergency' ? (
        <span className="exam-mark exam-mark-emergency" title={board.emergencyTitle} data-mark="emergency">
          {board.emergency}
        </span>
      ) : null}
      {row.report?.critical ? (
        <span className="exam-mark exam-mark-critical" title={board.criticalTitle} data-mark="critical">
          {isAlone ? <FlagFilled aria-hidden /> : null}
          {board.critical}
        </span>
      ) : null}
      {isInfectious ? (
        <span className="exam-mark exam-mark-infectious" title={board.infectiousTitle} data-mark="infectious">
          {board.infectious}
        </span>
      ) : null}
    </>
  )
}
