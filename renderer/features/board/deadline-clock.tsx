import { ClockCircleOutlined, WarningFilled } from '@ant-design/icons'
import { useNow } from '../../components/use-now.ts'
import { useText } from '../../text/use-text.tsx'
import { deadlineOf, overUnit } from './deadline-words.ts'

/** The provincial hour of an exam, running: minutes, then 'mm:ss' in the last ten, then how late it is. */
export function DeadlineClock({ at }: { readonly at: number }) {
  const { board } = useText()
  const now = useNow(1000)
  const deadline = deadlineOf(at - now)
  const over = deadline.kind === 'over' ? overUnit(deadline.minutes) : undefined
  return (
    <span className={`deadline deadline-${deadline.kind}`} data-deadline={deadline.kind} title={board.deadlineTitle}>
      {deadline.kind === 'over' ? <WarningFilled aria-hidden /> : <ClockCircleOutlined aria-hidden />}
      {deadline.kind === 'ahead' ? board.deadlineAhead(deadline.minutes) : null}
      {deadline.kind === 'near' ? deadline.clock : null}
      {over ? board.deadlineOver(over.value, over.unit) : null}
    </span>
  )
}
